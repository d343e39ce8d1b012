"""A file on which a library fails in a way that nobody foresaw is left out and named; the rest of the study is read."""

import errno
import os
import shutil
from pathlib import Path

import pytest

import corpus.codings.every_coding
import corpus.codings.opened_codings
import corpus.study
from corpus.errors import as_study_error
from corpus.input_files import input_hashes
from corpus.store import content_key
from corpus.study import read_study
from corpus.transcripts import registry
from outputs.run.manifest import read_manifest, write_manifest

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
SPOKEN = "quello che è stato detto"


class StrangeError(Exception):
    """An exception that no reader of Trama's knows."""


def _fail(*_arguments, **_options):
    raise StrangeError(SPOKEN)


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "studio"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("S0[4-9].txt", "S1?.txt"))
    (folder / "codings").mkdir(exist_ok=True)
    return folder


def _problems_of(study, file):
    read = read_study(study)
    told = [problem for problem in read.problems if problem.file == file and "StrangeError" in problem.say("it")]
    assert len(told) == 1, [problem.say("it") for problem in read.problems]
    assert told[0].severity == "error"
    assert "test_unforeseen.py:" in told[0].say("en")
    assert SPOKEN not in told[0].say("it") + told[0].say("en")
    return read


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".eaf", ".json"])
def test_a_transcript(study, monkeypatch, ending):
    monkeypatch.setitem(registry.READERS, ending, _fail)
    (study / "transcripts" / f"S90{ending}").write_bytes(b"x")
    read = _problems_of(study, f"transcripts/S90{ending}")
    assert {"S01", "S02"} <= {transcript.id for transcript in read.interviews}


@pytest.mark.parametrize("step", ["read_labels", "build_transcript"])
def test_what_follows_the_reading_of_a_transcript(study, monkeypatch, step):
    real = getattr(registry, step)

    def fail_once(*arguments, **options):
        monkeypatch.setattr(registry, step, real)
        raise StrangeError(SPOKEN)

    monkeypatch.setattr(registry, step, fail_once)
    assert {"S02"} <= {transcript.id for transcript in _problems_of(study, "transcripts/S01.txt").interviews}


@pytest.mark.parametrize(
    ("module", "reader", "file"),
    [
        (corpus.study, "read_respondents", "respondents.csv"),
        (corpus.study, "read_questionnaire_codebook", "questionnaire_codebook.csv"),
        (corpus.study, "read_answers", "questionnaire.csv"),
        (corpus.study, "read_codebook", "codebook.csv"),
        (corpus.codings.every_coding, "read_human_codings", "codings.csv"),
        (corpus.study, "read_link_decisions", "collegamenti.csv"),
        (corpus.codings.opened_codings, "read_all_sheets", "codings/foglio.xlsx"),
        (corpus.codings.opened_codings, "read_project", "codings/progetto.qdpx"),
    ],
)
def test_a_table(study, monkeypatch, module, reader, file):
    (study / file).open("a").close()
    monkeypatch.setattr(module, reader, _fail)
    assert len(_problems_of(study, file).interviews) == 3


def test_what_the_system_refuses_is_no_fault_of_the_file():
    with pytest.raises(OSError, match="28"), as_study_error("S01.txt"):
        raise OSError(errno.ENOSPC, "28")
    with pytest.raises(MemoryError), as_study_error("S01.txt"):
        raise MemoryError


def test_a_name_in_bytes_that_are_no_utf_8(study):
    shutil.copyfile(study / "transcripts" / "S01.txt", study / "transcripts" / os.fsdecode(b"Per\xf9.txt"))
    told = [problem for problem in read_study(study).problems if problem.file == "transcripts/Per?.txt"]
    assert "rinominalo" in told[0].say("it")
    hashes = input_hashes(study)
    assert content_key("run", hashes)
    assert read_manifest(write_manifest(study, {"inputs": hashes}).parent)["inputs"] == hashes
