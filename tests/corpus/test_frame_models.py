import subprocess
import sys

import pandas as pd
import pytest

from corpus.frame_models import FrameModel, Series


class _Pairs(FrameModel):
    name: Series[str]
    number: Series[int]


def test_a_frame_gets_the_declared_types_and_order():
    made = _Pairs.validate(pd.DataFrame({"name": ["a"], "number": ["3"]}))
    assert made["number"].tolist() == [3]
    with pytest.raises(Exception, match="other"):
        _Pairs.validate(pd.DataFrame({"name": ["a"], "number": [3], "other": [1]}))


def test_checking_frames_imports_neither_dask_nor_hypothesis_and_leaves_both_importable():
    pytest.importorskip("dask.dataframe")
    code = """
import sys
from corpus.schemas import Turns, empty
empty(Turns)
print(*(name in sys.modules for name in ("pandera", "dask.dataframe", "hypothesis")))
import hypothesis, dask.dataframe
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "False", "False"]
