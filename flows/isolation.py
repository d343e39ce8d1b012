"""Nothing of the folder that Trama is called from, nor of a study, is imported or taken for a library's settings.

Python looks for modules in the current folder when it is started with `-m` or `-c`, or with a blank entry in
PYTHONPATH; Prefect and matplotlib look there for settings (`.env`, prefect.toml, pyproject.toml, matplotlibrc). A
folder of interviews may come from anybody.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

# `-P`: what the current folder holds is no module. The variable below says the same to processes that libraries start.
PYTHON = (sys.executable, "-P")
SAFE_PATH = {"PYTHONSAFEPATH": "1"}
_MODULES = "PYTHONPATH"


@contextmanager
def isolated() -> Iterator[None]:
    """Do the block, and the processes it starts, in a folder where only root may write. Its paths must be absolute.

    What was set before is set again afterwards.
    """
    paths = sys.path[:]
    environment = os.environ.copy()
    sys.path[:] = [entry for entry in sys.path if Path(entry).is_absolute()]
    os.environ.update(SAFE_PATH)
    if modules := os.environ.pop(_MODULES, ""):
        os.environ[_MODULES] = absolute_entries(modules)
    try:
        with chdir("/"):
            yield
    finally:
        sys.path[:] = paths
        os.environ.clear()
        os.environ.update(environment)


def absolute_entries(modules: str) -> str:
    """The entries of a PYTHONPATH that do not depend on the current folder; a blank one is that folder."""
    return os.pathsep.join(entry for entry in modules.split(os.pathsep) if Path(entry).is_absolute())
