"""Word documents: labelled paragraphs, tables, tracked changes, notes, and files that are no documents at all."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import transcript_of


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document: Any) -> Transcript:
    data = document if isinstance(document, bytes) else saved(document)
    return transcript_of(data, "a.docx")


def said(transcript: Transcript) -> list[tuple[str, str]]:
    for turn in transcript.turns:
        for at, source, length in turn.alignment.pieces:
            assert transcript.source[source : source + length] == turn.text[at : at + length]
            assert turn.start <= source and source + length <= turn.end
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def test_labelled_paragraphs() -> None:
    document = docx.Document()
    for text in ["INTERVISTA N. 3", "Intervistatrice: Come va?", "Sindaco: Bene.", "Direi di sì."]:
        document.add_paragraph(text)
    transcript = read(document)
    assert said(transcript) == [("Intervistatrice", "Come va?"), ("Sindaco", "Bene. Direi di sì.")]
    assert transcript.notes == ("INTERVISTA N. 3",)
    turn = transcript.turns[1]
    assert transcript.source[turn.start : turn.end] == "Bene.\nDirei di sì."


def test_bold_labels_and_line_breaks() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("Mario Rossi:").bold = True
    paragraph.add_run(" Come va?\nSindaco: Bene.")
    own_line = document.add_paragraph()
    own_line.add_run("Mario Rossi").bold = True
    document.add_paragraph("E poi?")
    assert said(read(document)) == [("Mario Rossi", "Come va?"), ("Sindaco", "Bene."), ("Mario Rossi", "E poi?")]


@pytest.mark.parametrize("header", [("Tempo", "Parlante", "Testo"), None])
def test_table_of_speaker_and_text(header: tuple[str, ...] | None) -> None:
    rows = [
        ("00:01", "I", "Come va, sindaco?"),
        ("00:03:12", "R", "Bene."),
        ("", "", "Direi."),
        ("00:05:00", "I", "Ah."),
    ]
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for row in [header, *rows] if header else rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    transcript = read(document)
    assert said(transcript) == [("I", "Come va, sindaco?"), ("R", "Bene. Direi."), ("I", "Ah.")]
    assert [turn.start_ms for turn in transcript.turns] == [1_000, 192_000, 300_000]


def test_tracked_changes_as_if_accepted() -> None:
    document = docx.Document()
    document.add_paragraph("I: Come va?")
    paragraph = document.add_paragraph("R: Siamo ")
    for change in (
        f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:delText>quattro</w:delText></w:r></w:del>',
        f'<w:ins {nsdecls("w")} w:id="2" w:author="a"><w:r><w:t>in tre</w:t></w:r></w:ins>',
    ):
        paragraph._p.append(parse_xml(change))
    paragraph.add_run(" adesso.")
    assert said(read(document))[1] == ("R", "Siamo in tre adesso.")


def test_comments_are_notes() -> None:
    document = docx.Document()
    document.add_paragraph("I: Come va?")
    paragraph = document.add_paragraph("R: Bene.")
    document.add_comment(paragraph.runs, text="da ricontrollare", author="Anna")
    transcript = read(document)
    assert transcript.notes == ("Anna: da ricontrollare",)
    assert said(transcript)[1] == ("R", "Bene.")


QUESTIONS = [("Come va", "Bene."), ("E poi", "Poi basta."), ("Altro", "No.")]


@pytest.mark.parametrize("style", ["Heading 3", "List Number", "corsivo", "sottolineato"])
def test_questions_known_by_their_look_alone(style: str) -> None:
    document = docx.Document()
    document.add_paragraph("Intervista n. 3")
    for question, answer in QUESTIONS:
        paragraph = document.add_paragraph(style=style if " " in style else None)
        run = paragraph.add_run(question)
        run.italic = style == "corsivo" or None
        run.underline = style == "sottolineato" or None
        document.add_paragraph(answer)
    transcript = read(document)
    assert said(transcript) == [pair for q, a in QUESTIONS for pair in (("Domanda", q), ("Risposta", a))]
    assert transcript.notes == ("Intervista n. 3",)
    assert [problem.severity for problem in transcript.problems] == ["warning"]


def test_headings_of_parts_are_no_speakers() -> None:
    document = docx.Document()
    for text in ("Personale", "I: Come va?", "R: Bene.", "Digitale", "I: E poi?", "R: Basta."):
        document.add_paragraph(text, style="Heading 2" if text[-1] == "e" else None)
    assert {speaker for speaker, _ in said(read(document))} == {"I", "R"}


def test_text_boxes_are_notes() -> None:
    document = docx.Document()
    document.add_paragraph("I: Come va?")
    paragraph = document.add_paragraph("R: Bene")
    box = "<w:txbxContent><w:p><w:r><w:t>riquadro</w:t></w:r></w:p></w:txbxContent>"
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:pict>{box}</w:pict></w:r>"))
    paragraph.add_run(", direi.")
    transcript = read(document)
    assert said(transcript)[1] == ("R", "Bene, direi.")
    assert transcript.notes == ("riquadro",)


@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_footnotes_and_endnotes_are_notes(kind: str) -> None:
    document = docx.Document()
    document.add_paragraph("I: Come va?")
    document.add_paragraph("R: Bene.")
    singular = kind[:-1]
    note = f'<w:{singular} w:id="2"><w:p><w:r><w:t>da rivedere</w:t></w:r></w:p></w:{singular}>'
    blob = f"<w:{kind} {nsdecls('w')}>{note}</w:{kind}>"
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    part = Part(PackURI(f"/word/{kind}.xml"), f"{office}.{kind}+xml", blob.encode(), document.part.package)
    document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")
    document.sections[0].header.paragraphs[0].text = "Progetto: piccoli comuni"
    transcript = read(document)
    assert transcript.notes == ("da rivedere",)
    assert len(transcript.turns) == 2


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"not a zip", "rovinato"),
        (archive(a=b"x"), "Word leggibile"),
        (archive(**{"word/document.xml": b" " * 20_000_000}), "oltre il limite"),
        (archive(**{"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "entità"),
        (saved(docx.Document())[:-400], "rovinato"),
        (saved(docx.Document()), "vuota"),
    ],
)
def test_hostile_documents_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        read(data)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(["Come va?", "Bene: si fa (poco).", "Alle 10:30.", "È l'IMU."]), min_size=1, max_size=8)
)
def test_round_trip(texts: list[str]) -> None:
    document = docx.Document()
    turns = [(f"{'IR'[number % 2]}", text) for number, text in enumerate(texts)]
    for speaker, text in turns:
        document.add_paragraph(f"{speaker}: {text}")
    assert said(read(document)) == turns
