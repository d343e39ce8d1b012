from dataclasses import replace

import pandas as pd
import pytest
from pptx import Presentation
from pptx.util import Pt

from outputs.slides import write_slides
from outputs.slides.deck import fit


@pytest.fixture(scope="module")
def path(run, tmp_path_factory):
    return write_slides(run, tmp_path_factory.mktemp("pptx") / "a.pptx")


def test_eight_to_twelve_slides_with_titles_notes_and_alternative_texts(path):
    deck = Presentation(str(path))
    assert 8 <= len(deck.slides) <= 12
    for slide in deck.slides:
        assert slide.shapes.title.text and slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.shape_type == 13:
                assert shape._element.nvPicPr.cNvPr.get("descr")


def test_nothing_leaves_the_slide_or_is_too_small(path):
    deck = Presentation(str(path))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                assert all(run.font.size >= Pt(12) for run in paragraph.runs)


def test_quotations_name_nobody(path, run, tmp_path):
    text = "\n".join(
        shape.text_frame.text for slide in Presentation(str(path)).slides for shape in slide.shapes
        if shape.has_text_frame
    )  # fmt: skip
    assert "«Qui siamo in tre e non basta mai.»" in text and "R01" not in text
    named = run.results.entities.iloc[[0]].assign(label="PER")
    frames = [named.assign(segment=segment) for segment in run.results.segments["segment"]]
    masked = replace(run, results=replace(run.results, entities=pd.concat(frames, ignore_index=True)))
    again = Presentation(str(write_slides(masked, tmp_path / "b.pptx")))
    shown = "".join(s.text_frame.text for slide in again.slides for s in slide.shapes if s.has_text_frame)
    assert "«" not in shown and "Nessuna citazione" in shown


def test_the_same_run_gives_the_same_bytes(path, run, tmp_path):
    assert write_slides(run, tmp_path / "b.pptx").read_bytes() == path.read_bytes()


def test_long_texts_get_smaller_letters():
    assert fit(["breve"], 10, 5, 24, 12) == 24
    assert 12 <= fit(["parola " * 200], 10, 4, 24, 12) < 24
