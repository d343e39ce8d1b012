"""A transcript that is saved while a study is read never ends up half in a run."""

import shutil
from pathlib import Path

import pytest

from corpus.errors import StudyError
from corpus.input_files import input_hashes
from corpus.store import Store
from corpus.study import read_study
from flows import study_reading
from flows.host import PlainHost

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "studio"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("S0[3-9].txt", "S1*.txt"))
    return folder


def _read(study, monkeypatch, replacements):
    """Read the study while somebody saves each of `replacements` as S01.txt, one at each reading."""
    saved = iter(replacements)

    def read(folder, store):
        found = read_study(folder)
        if text := next(saved, ""):
            (folder / "transcripts" / "S01.txt").write_text(text, encoding="utf-8")
        return found

    monkeypatch.setattr(study_reading, "read_study", read)
    return study_reading.read_whole(study, Store(study.parent / "store"), PlainHost())


def test_what_was_saved_meanwhile_is_what_is_read_and_recorded(study, monkeypatch):
    found, hashes = _read(study, monkeypatch, ["INTERVISTATORE: Allora?\nSINDACO: Ho cambiato idea sul personale.\n"])
    assert "Ho cambiato idea sul personale." in set(found.turns.loc[found.turns["transcript"] == "S01", "text"])
    assert hashes == input_hashes(study)


def test_a_study_that_never_stands_still_is_not_analysed(study, monkeypatch):
    with pytest.raises(StudyError, match="aspetta che siano salvati"):
        _read(study, monkeypatch, [f"SINDACO: Versione {number}.\n" for number in range(9)])
