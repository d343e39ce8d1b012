"""RTF documents of Word, LibreOffice and TextEdit: bold labels, tables, notes, revisions, characters of all kinds."""

import pytest

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import transcript_of


def read(text: str) -> Transcript:
    return transcript_of(text.encode("cp1252"), "a.rtf")


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def test_textedit() -> None:
    text = r"""{\rtf1\ansi\ansicpg1252\cocoartf2709
{\fonttbl\f0\fswiss\fcharset0 Helvetica-Bold;\f1\fswiss\fcharset0 Helvetica;}
{\colortbl;\red255\green255\blue255;}
\pard\pardirnatural\partightenfactor0

\f0\b\fs24 \cf0 Anna
\f1\b0  Com\'92\'e8?\
\
\f0\b Piero
\f1\b0  Bene.\
\f0\b Anna
\f1\b0  E poi?\
\f0\b Piero
\f1\b0  Basta.}"""
    assert said(read(text)) == [("Anna", "Com’è?"), ("Piero", "Bene."), ("Anna", "E poi?"), ("Piero", "Basta.")]


def test_word_characters_revisions_and_notes() -> None:
    text = (
        r"{\rtf1\ansi\ansicpg1252\uc1{\stylesheet{\s0 Normal;}}{\header Intervista n. 3\par}"
        r"\pard I: ciao \u-10179?\u-8704?\par R: citt\'e0 \u232\'e8 {\deleted mai }sempre {\v nascosto}cos\'ec"
        r"{\footnote \pard nota \'e8 questa\par}.{\*\annotation da rivedere}\line Gi\'e0\~mai.{\*\ignoto X}\par}"
    )
    transcript = read(text)
    assert said(transcript) == [("I", "ciao 😀"), ("R", "città è sempre così. Già mai.")]
    assert transcript.notes == ("nota è questa", "da rivedere")


def test_tables() -> None:
    text = (
        r"{\rtf1\trowd\cellx1000\cellx5000\pard\intbl I\cell Come va, sindaco?\cell\row"
        r"\trowd\pard\intbl R\cell Bene.\par Direi.\cell\row\pard I: Fine?\par}"
    )
    assert said(read(text)) == [("I", "Come va, sindaco?"), ("R", "Bene. Direi."), ("I", "Fine?")]


@pytest.mark.parametrize(
    ("text", "message"),
    [("I: Come va?", "RTF"), (r"{\rtf1 " + "{" * 100_000, "annidato"), (r"{\rtf1 {\pict 00}}", "vuota")],
)
def test_what_is_no_document_is_refused(text: str, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        read(text)
