"""`trama gc` frees what no kept run needs, and nothing that one needs."""

import json

import pandas as pd
import pytest

from corpus.store import Store
from flows.garbage import collect_garbage
from outputs.run.folder import MANIFEST, latest_run, new_run

FRAME = pd.DataFrame({"segment": ["S01:0001"] * 100})


@pytest.fixture
def study(tmp_path):
    """Two runs: the first used the keys a1 and b2, the second b2 and c3; nobody uses d4."""
    store = Store(tmp_path / ".trama" / "store")
    for key in ("a1", "b2", "c3", "d4"):
        store.write(key, FRAME)
    for keys in (["a1", "b2"], ["b2", "c3"]):
        with new_run(tmp_path) as run:
            (run.folder / MANIFEST).write_text(json.dumps({"store": keys}))
    return tmp_path


def _kept(study):
    return sorted(path.stem for path in (study / ".trama" / "store").rglob("*.parquet"))


def test_what_no_run_uses_goes(study):
    removed = collect_garbage(study)
    assert removed.runs == ()
    assert removed.freed > 0
    assert _kept(study) == ["a1", "b2", "c3"]


def test_old_runs_go_only_when_asked_and_with_them_their_files(study):
    newest = latest_run(study)
    removed = collect_garbage(study, keep=1)
    assert len(removed.runs) == 1
    assert _kept(study) == ["b2", "c3"]
    assert latest_run(study) == newest
    assert collect_garbage(study, keep=1) == type(removed)((), 0)
