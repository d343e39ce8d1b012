"""A small study with a random sample: drawn, run unread, filled in, run again; what the report then says and shows."""

from pathlib import Path

import openpyxl
from docx import Document
from pptx import Presentation

from corpus.codings.sample_design import SHEET
from flows.host import PlainHost
from flows.sheet_wish import SheetWish
from flows.suggestion import suggest_segments
from outputs.export import export_study
from outputs.run.folder import REPORT
from outputs.run.record import RunRecord, read_run
from tests.acceptance.small_studies import SmallStudy
from tests.acceptance.whole_studies import check_trails, run_in_process
from tests.filled_sheet import answer, rows_of_sheet

UNCHECKED = "codifiche della macchina, non ancora controllate"
TRUTH = 3 / 30  # the answers that speak of work, of six people with five answers each


def test_a_sample_is_told_to_be_unread_then_corrects_and_leads_then_is_told_to_be_edited(tmp_path):
    folder = SmallStudy(interviews=6, turns=5, questionnaire="answers").write(tmp_path / "studio")
    sheet = suggest_segments(folder, PlainHost(), SheetWish(number=24, at_random=True))
    unread = read_run(run_in_process(folder))
    assert "nessuno ha compilato il campione" in unread.table("cifre_corrette").lead
    assert unread.table("temi").warning == UNCHECKED

    rows = rows_of_sheet(sheet)
    there = {number for number, row in enumerate(rows, start=1) if "lavoro" in row["source"]}
    answer(sheet, {number: "Personale" if number in there else "— nessun tema —" for number in range(1, 25)})
    read = read_run(run_in_process(folder))
    check_trails(read)
    figure = read.table("cifre_corrette").frame.loc["personale|segments"]
    assert figure["read"] == 24 and figure["corrected_low"] <= TRUTH <= figure["corrected_high"]
    assert read.table("temi").frame.loc["personale", "corrected"] == figure["corrected"]
    assert (
        "nessuno ha detto la posizione" in read.table("posizioni_corrette").frame.loc["personale|stance", "corrected"]
    )
    assert "in tutto il rapporto" in read.table("cifre_corrette").lead
    assert "estratto a caso" in read.table("errori_macchina").lead
    _shown_everywhere(folder, read)

    book = openpyxl.load_workbook(sheet)
    del book[SHEET]  # in which the draw's probabilities are
    book.save(sheet)
    edited = read_run(run_in_process(folder))
    assert "è stato modificato" in edited.table("cifre_corrette").lead
    assert edited.table("cifre_corrette").frame.empty and edited.table("temi").warning.startswith(UNCHECKED)


def _shown_everywhere(folder: Path, read: RunRecord) -> None:
    """The same figure leads on the page, in Word and on a slide, here in English."""
    files = export_study(folder, ("docx", "pptx"), output=folder / "export", language="en", slides_for="colleagues")
    deck, word = sorted(files)
    page = (folder / "runs" / "latest" / REPORT).read_text(encoding="utf-8")
    assert "quota corretta" in page
    share = f"{100 * read.table('cifre_corrette').frame.loc['personale|segments', 'corrected']:.1f}%"
    assert share in "\n".join(paragraph.text for paragraph in Document(str(word)).paragraphs)
    slides = Presentation(str(deck)).slides
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    assert any(share in text for text in texts)
