"""What every declared frame is made of: pandera for frames of pandas alone. Declares no frame, checks nothing itself.

Pandera imports each dataframe library that it knows and finds installed, and hypothesis to make data up: two seconds of
every process where the extra `scale` or the packages for developing are there, for which no frame of ours has a use.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_UNUSED = ("dask.dataframe", "geopandas", "hypothesis", "modin.pandas", "pyspark.pandas")


@contextmanager
def _as_if_not_installed(*modules: str) -> Iterator[None]:
    """Importing one of `modules` fails inside the block; those imported before stay what they are."""
    hidden = [module for module in modules if module not in sys.modules]
    nothing: Any = None  # the import system's own sign for what is not to be found
    sys.modules.update(dict.fromkeys(hidden, nothing))
    try:
        yield
    finally:
        for module in hidden:
            del sys.modules[module]


with _as_if_not_installed(*_UNUSED):
    import pandera.backends.pandas.builtin_checks  # noqa: F401  what the first check of a frame would import
    import pandera.pandas as pa
    from pandera.pandas import Field
    from pandera.typing import get_index_types, get_series_types
    from pandera.typing.pandas import Series

    get_index_types()  # where pandera looks for the other libraries; it remembers what it found
    get_series_types()

__all__ = ["Field", "FrameModel", "Series"]


class FrameModel(pa.DataFrameModel):
    """A frame with exactly the declared columns, in their order, each made into its type."""

    class Config:
        """Pandera's options."""

        strict = True
        coerce = True
        ordered = True
