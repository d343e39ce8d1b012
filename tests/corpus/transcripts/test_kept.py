"""A transcript is read once: kept, it comes back as it was, and is read anew when anything about it changed."""

import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from corpus.errors import StudyError
from corpus.store import Store
from corpus.study import read_study
from corpus.transcripts import kept, read_transcript, registry

SAMPLE = Path(__file__).resolve().parents[3] / "corpus" / "sample"
SAID = "INT: Com’è andata?\nROSSI: Bene ((ride)), però – co:sa – manca [00:03:12] il personale.\nINT: Eh.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "transcripts" / "S01.txt").write_text(SAID, encoding="cp1252")
    return tmp_path


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def readings(monkeypatch):
    """The names of the files that were really read."""
    read = registry.transcript_of
    done = []
    monkeypatch.setattr(
        registry, "transcript_of", lambda data, file, known: done.append(file) or read(data, file, known)
    )
    return done


def _read(folder, store, known=()):
    return read_transcript(folder / "transcripts" / "S01.txt", folder, known, store)


def test_a_kept_transcript_comes_back_as_it_was_read(folder, store, readings):
    first = _read(folder, store)
    again = _read(folder, store)
    assert len(readings) == 1
    assert again == first == _read(folder, None)
    assert {type(part) for part in (again.turns, again.turns[1].units, again.turns[1].alignment.pieces[0])} == {tuple}


def test_a_study_read_again_has_the_same_transcripts_and_problems(tmp_path, store, readings):
    study = shutil.copytree(SAMPLE, tmp_path / "studio")
    (study / "transcripts" / "S99.txt").write_text("senza etichette\n", encoding="utf-8")
    (study / "transcripts" / "S98.docx").write_bytes(b"no word file")
    bare = read_study(study)
    read_study(study, store=store)
    files = len(readings)
    again = read_study(study, store=store)
    assert (again.transcripts, again.problems) == (bare.transcripts, bare.problems)
    assert set(readings[files:]) <= {"transcripts/S98.docx", "transcripts/S99.txt"}  # what was refused is tried again


def test_a_changed_file_other_labels_and_another_reader_are_read_anew(folder, store, readings, monkeypatch):
    _read(folder, store)
    _read(folder, store, ["Rossi"])
    (folder / "transcripts" / "S01.txt").write_text(SAID.replace("Bene", "Male"), encoding="cp1252")
    assert "Male" in _read(folder, store).turns[1].text
    monkeypatch.setattr(kept, "code_of", lambda _read: "another reader")
    assert _read(folder, store).source == SAID.replace("Bene", "Male")
    assert len(readings) == 4


def test_a_damaged_kept_transcript_is_made_anew_and_reported(folder, store, readings):
    first = _read(folder, store)
    (key,) = store.used
    data = bytearray(store.path(key).read_bytes())
    data[len(data) // 3] ^= 0xFF
    store.path(key).write_bytes(data)
    assert _read(folder, store) == first
    store.write_table(key, pa.table({"transcript": ['{"id": 7}']}))  # whole, but no transcript
    assert _read(folder, store) == first
    assert store.damaged == [key, key]
    assert _read(folder, store) == first
    assert len(readings) == 3


def test_what_cannot_be_read_says_so_every_time(folder, store):
    (folder / "transcripts" / "S01.txt").write_text(" \n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(StudyError, match="vuota"):
            _read(folder, store)


def test_half_a_character_in_json_can_be_kept(folder, store):
    said = '{"segments": [{"start": 0, "end": 1, "speaker": "A", "text": "ciao \\ud83d amici"}]}'
    path = folder / "transcripts" / "S02.json"
    path.write_text(said, encoding="utf-8")
    assert read_transcript(path, folder, (), store).turns[0].text == "ciao \ufffd amici"


def test_names_that_are_to_go_are_not_kept(tmp_path, store):
    study = shutil.copytree(SAMPLE, tmp_path / "studio")
    with (study / "study.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[privacy]\npseudonyms = true\n")
    read_study(study, store=store)
    assert not store.used
