"""Slides for the people interviewed and for colleagues: what each may say, and how it looks."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from pptx import Presentation
from pptx.util import Pt

from outputs.slides import write_slides
from outputs.slides.deck import fit
from tests.tiny_study import make_run

AUDIENCES = ("respondents", "colleagues")


@pytest.fixture(scope="module", params=AUDIENCES)
def path(request, run, tmp_path_factory):
    return write_slides(run, tmp_path_factory.mktemp("pptx") / "a.pptx", request.param)


def shown(path):
    """The texts of each slide, title first."""
    return [_texts(slide) for slide in Presentation(str(path)).slides]


def _texts(slide):
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]


def text_of(path):
    return "\n".join("\n".join(texts) for texts in shown(path))


def coded_by(run, how="human", **columns):
    """The run as if all its codings were so."""
    codings = run.results.codings.assign(how=how, **columns)
    return replace(run, results=replace(run.results, codings=codings))


def test_at_most_twelve_slides_with_titles_notes_and_alternative_texts(path):
    deck = Presentation(str(path))
    assert 5 <= len(deck.slides) <= 12
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


def test_no_slide_is_empty(path):
    assert all(len(texts) > 1 for texts in shown(path))


def test_the_people_interviewed_see_counts_alone_and_no_words_of_the_method(run, tmp_path):
    told = text_of(write_slides(coded_by(run), tmp_path / "a.pptx", "respondents"))
    assert "10 persone su 12" in told
    assert not re.search(r"%|\bIC\b|Wilson|\bp =|odds|n =|segment|codebook|rispondent|divergenza", told)


def test_the_machines_codings_are_said_to_be_unchecked_to_everybody(path):
    assert "codifiche della macchina, non ancora controllate" in text_of(path).lower()


def test_the_people_interviewed_see_only_quotations_that_a_person_read(run, tmp_path):
    machine = write_slides(coded_by(run, "learned"), tmp_path / "a.pptx", "respondents")
    assert not any("Con le vostre parole" in texts[0] for texts in shown(machine))
    read = text_of(write_slides(coded_by(run, stance="proposal"), tmp_path / "b.pptx", "respondents"))
    assert "Con le vostre parole" in read and "R01" not in read
    complaints = text_of(write_slides(coded_by(run, stance="problem"), tmp_path / "c.pptx", "respondents"))
    assert "Con le vostre parole" not in complaints


@pytest.mark.parametrize("words", [
    ("Mia madre lavora con noi in municipio da tanto tempo ormai.", False),
    ("Siamo in 45 e nessuno ha voglia di andare via da qui.", False),
    ("Con quarantacinque persone in ufficio si lavora davvero bene.", False),
    ("Con tante persone in ufficio si lavora davvero bene.", True),
])  # fmt: skip
def test_relatives_and_figures_lead_to_people(run, tmp_path, words):
    text, harmless = words
    segments = run.results.segments.assign(text=text)
    run = coded_by(replace(run, results=replace(run.results, segments=segments)), stance="proposal")
    assert (text in text_of(write_slides(run, tmp_path / "a.pptx", "respondents"))) == harmless


def test_nobody_is_named_in_a_quotation(run, tmp_path):
    named = run.results.entities.iloc[[0]].assign(label="PER")
    frames = [named.assign(segment=segment) for segment in run.results.segments["segment"]]
    masked = coded_by(replace(run, results=replace(run.results, entities=pd.concat(frames, ignore_index=True))))
    for audience in AUDIENCES:
        titles = [texts[0] for texts in shown(write_slides(masked, tmp_path / f"{audience}.pptx", audience))]
        assert not {"Con le vostre parole", "Citazioni"} & set(titles)


def test_a_quotation_says_of_its_theme_what_a_person_said(run, tmp_path):
    machine = shown(write_slides(coded_by(run, "learned"), tmp_path / "a.pptx", "colleagues"))
    heads = [text.split("\n")[0] for texts in machine if texts[0] == "Citazioni" for text in texts if "«" in text]
    assert heads and set(heads) <= set(run.themes.values())  # the theme alone: the machine's stance is not told
    people = shown(write_slides(coded_by(run, stance="proposal"), tmp_path / "b.pptx", "colleagues"))
    quoted = [text for texts in people if texts[0] == "Citazioni" for text in texts if "«" in text]
    assert quoted
    texts = run.results.segments.set_index("segment")["text"]
    codings = run.results.codings
    for each in quoted:
        theme, stance = each.split("\n")[0].split(", ")
        words = re.search("«(.*)»", each)[1]
        code = next(code for code, label in run.themes.items() if label == theme)
        assert stance == "proposta" and words in set(texts[codings.loc[codings["theme"] == code, "segment"]])


def test_quotations_of_a_deck_are_of_different_people(run, tmp_path):
    texts = text_of(write_slides(coded_by(run, stance="proposal"), tmp_path / "a.pptx", "colleagues"))
    people = re.findall(r"» \((\w+)\)", texts)
    assert len(people) > 1 and len(set(people)) == len(people)


@pytest.mark.parametrize(("language", "one", "many"), [
    ("it", r"\b1 (persone|interviste|temi|codifiche)\b", r"\b([02-9]|\d\d+) (persona|intervista|tema|codifica)\b"),
    ("en", r"\b1 (people|interviews|themes|codings)\b", r"\b([02-9]|\d\d+) (person|interview|theme|coding)\b"),
])  # fmt: skip
@pytest.mark.parametrize("audience", AUDIENCES)
def test_one_and_many(language, one, many, audience, tmp_path):
    run = make_run(language)
    told = text_of(write_slides(run, tmp_path / "a.pptx", audience))
    assert not re.search(one, told.replace("of 1 person", "")) and not re.search(many, told)
    assert re.search(r"10 (persone )?su 12|10 of 12", told)
    assert run.words("slides.theme_by", theme="T", n=1) == {"it": "T: 1 persona", "en": "T: 1 person"}[language]
    assert run.words("slides.spoken", n=1, of=6) == {"it": "1 persona su 6", "en": "1 of 6 people"}[language]


def test_colleagues_see_intervals(run, tmp_path):
    assert re.search(r"10 su 12 \[\d+%; \d+%\]", text_of(write_slides(run, tmp_path / "a.pptx", "colleagues")))


def test_study_toml_says_for_whom(run, tmp_path):
    manifest = {**run.manifest, "options": {**run.manifest["options"], "outputs": {"slides_for": "colleghi"}}}
    told = replace(run, manifest=manifest)
    assert text_of(write_slides(told, tmp_path / "a.pptx")) == text_of(
        write_slides(run, tmp_path / "b.pptx", "colleagues")
    )


def test_the_same_run_gives_the_same_bytes(run, tmp_path):
    for audience in AUDIENCES:
        made = [write_slides(run, tmp_path / name, audience).read_bytes() for name in ("a.pptx", "b.pptx")]
        assert made[0] == made[1]


def test_long_texts_get_smaller_letters():
    assert fit(["breve"], 10, 5, 24, 12) == 24
    assert 12 <= fit(["parola " * 200], 10, 4, 24, 12) < 24
