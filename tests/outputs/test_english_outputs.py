"""The page, the document and the slides of an English run say nothing of ours in Italian."""

import html
import re
from string import Formatter

import pytest
from docx import Document
from pptx import Presentation

from outputs.document import write_document
from outputs.page import write_page
from outputs.run.record import RunRecord
from outputs.slides import write_slides
from outputs.tables.glossary import glossary
from outputs.words.sentences import sentences
from tests.outputs.own_words import material_of
from tests.tiny_study import make_study

_A_FEW_WORDS = 3


def _italian_texts() -> tuple[set[str], set[str]]:
    """Whole Italian texts of the word files, and parts of sentences a few words long; none that English has."""
    pairs = [(sentence.it, sentence.en) for sentence in sentences().values()]
    for entry in glossary().values():
        pairs += [(entry["it"], entry["en"]), (entry["meaning_it"], entry["meaning_en"])]
    english = {text for _, text in pairs}
    whole = {text for text, _ in pairs if "{" not in text} - english
    parts = set()
    for text, _ in pairs:
        parts |= {literal.strip() for literal, *_ in Formatter().parse(text) if len(literal.split()) >= _A_FEW_WORDS}
    all_english = "\n".join(english)
    return whole, {part for part in parts if part not in all_english}


def _document_texts(run: RunRecord, folder) -> list[str]:
    document = Document(str(write_document(run, folder / "report.docx", None, (), with_profiles=True)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        texts += [cell.text for row in table.rows for cell in row.cells]
    return texts


def _slide_texts(run: RunRecord, folder) -> list[str]:
    texts = []
    for slide in Presentation(str(write_slides(run, folder / "slides.pptx"))).slides:
        texts += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        texts.append(slide.notes_slide.notes_text_frame.text)
    return texts


def _page_texts(run: RunRecord, folder) -> list[str]:
    study, results = make_study()
    page = write_page(study, results, run.tables, folder / "page.html", "en").read_text("utf-8")
    return [html.unescape(text).strip() for text in re.split(r"<[^>]*>", page)]


def _italian_in(texts: list[str]) -> list[str]:
    whole, parts = _italian_texts()
    material = material_of(*make_study(), ())
    ours = [text for text in texts if text in whole and text not in material]
    for part in parts:
        ours += [text for text in texts if part in text]
    return ours


@pytest.mark.parametrize("texts_of", [_document_texts, _slide_texts, _page_texts])
def test_an_english_output_says_nothing_of_ours_in_italian(texts_of, english_run, tmp_path):
    texts = texts_of(english_run, tmp_path)
    assert len(texts) > 20 and not _italian_in(texts)


@pytest.mark.parametrize("texts_of", [_document_texts, _slide_texts])
def test_italian_would_be_seen(texts_of, run, tmp_path):
    assert len(_italian_in(texts_of(run, tmp_path))) > 10
