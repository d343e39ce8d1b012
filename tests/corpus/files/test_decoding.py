"""One decoder for transcripts and tables: short files of Windows, Mac OS and DOS, and what is no text."""

from pathlib import Path

import pytest

from corpus.codebook.theme_codebook import read_codebook
from corpus.errors import StudyError
from corpus.files.decoding import decode, decode_exactly
from corpus.settings import read_settings
from corpus.tables.sheets import read_sheet
from corpus.transcripts import transcript_of

ENCODINGS = ("cp1252", "mac_roman", "cp850", "iso8859-15", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32")
WORDS = (
    "perché",
    "città",
    "più",
    "è",
    "così",
    "lunedì",
    "né",
    "PERCHÉ È COSÌ",
    "François Müller, José Peña",
    "Cantù sì",
)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("words", WORDS)
def test_one_word_tells_the_encoding_of_a_table_and_of_an_interview(tmp_path: Path, words: str, encoding: str) -> None:
    (tmp_path / "t.csv").write_bytes(f"id;nota\nS01;{words}\n".encode(encoding))
    assert read_sheet(tmp_path, "t.csv", ["id", "nota"]).rows[0]["nota"] == words
    interview = transcript_of(f"I: Come va?\nR: {words}\nI: Bene.\nR: Sì.\n".encode(encoding), "t.txt")
    assert words in interview.source


@pytest.mark.parametrize(
    ("encoding", "words"), [("cp1252", "Allora… l’anno – “bene”"), ("mac_roman", "l’anno «sì» € 3")]
)
def test_typographic_signs_alone_tell_the_encoding(encoding: str, words: str) -> None:
    assert decode(words.encode(encoding), "t.txt") == (words, encoding)


def test_a_table_keeps_line_ends_inside_its_cells() -> None:
    assert decode_exactly(b"a;b\x0bc\r\n", "t.csv")[0] == "a;b\x0bc\r\n"
    assert decode(b"a\x0bc\r\n", "t.txt")[0] == "a\nc\n"


@pytest.mark.parametrize("data", [b"PK\x03\x04\0\0\0\xff", b"testo con zeri \0\0\0\0\0 in mezzo a lettere"])
def test_what_is_no_text_is_refused_by_both(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    for read in (lambda: read_sheet(tmp_path, "t.csv", ["id"]), lambda: transcript_of(data, "t.txt")):
        with pytest.raises(StudyError, match="non contiene testo leggibile"):
            read()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_settings_and_a_codebook_in_yaml_are_read_alike(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "study.toml").write_bytes('[study]\ntitle = "La città che sarà"\n'.encode(encoding))
    (tmp_path / "codebook.yaml").write_bytes("- {code: p, label: Perché, definition: Così è}\n".encode(encoding))
    assert read_settings(tmp_path).study.title == "La città che sarà"
    themes, problems = read_codebook(tmp_path)
    assert (themes[0].label, themes[0].definition, problems) == ("Perché", "Così è", ())
