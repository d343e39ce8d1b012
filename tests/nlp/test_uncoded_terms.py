"""A term of the codebook that stands in the text gives a coding or a reason."""

import pandas as pd
import pytest

from corpus.records import Theme
from corpus.schemas import HumanCodings, empty
from nlp.annotation import annotate
from nlp.coders import open_coder
from nlp.coders.ask import code_text, read_text
from nlp.embeddings import embed_texts, load_encoder, share_texts
from nlp.italian import load_pipeline
from nlp.italian.loading import MODEL
from nlp.spoken_text import coded_by_machine, put_in_order
from nlp.uncoded_terms import uncoded_terms
from tests.tiny_study import segments

pytestmark = pytest.mark.skipif(not (MODEL / "meta.json").is_file(), reason="the bundled model is not in this checkout")

SAID = {
    "A": [
        "Il personale non basta: siamo rimasti in quattro e il lavoro ricade su chi resta.",
        "Il personale.",
        "Il personale di bordo della nave era gentile con tutti i passeggeri.",
    ],
    "B": ["The personale is missing and nobody knows why.", "E il personale, basta o non basta?"],
}
THEMES = (
    Theme(
        "personale",
        "Personale",
        definition="Chi lavora nel comune, quanti sono e chi manca",
        include_terms=("personale",),
        exclude_terms=("personale di bordo",),
    ),
    Theme("feste", "Feste", definition="Sagre, feste e tempo libero", include_terms=("sagra", "quadro")),
)


@pytest.fixture(scope="module")
def spoken() -> pd.DataFrame:
    frame = segments(SAID)
    frame.loc[frame["segment"] == "B:0002", "role"] = "interviewer"
    return frame


def _languages(frame: pd.DataFrame) -> pd.DataFrame:
    spoken_in = ["en" if name == "B:0001" else "it" for name in frame["segment"]]
    return frame[["segment"]].assign(language=spoken_in)


def _found(frame: pd.DataFrame, people: pd.DataFrame, min_score: float) -> set[tuple[str, str, str]]:
    spoken = coded_by_machine(frame, _languages(frame))
    tokens = annotate(spoken, load_pipeline())[0]
    encoder = load_encoder()
    questions = share_texts(spoken["question"], encoder)
    text = put_in_order(spoken, tokens, embed_texts(spoken["text"], encoder), questions)
    coder = open_coder("trama", encoder)
    read = read_text(coder, text, THEMES)
    codings = code_text(coder, read, text, THEMES, people, min_score)
    found = uncoded_terms(coder.terms(read), text.segments, frame, _languages(frame), codings, THEMES, people)
    coded = set(zip(codings["segment"], codings["theme"], strict=True))
    assert not coded & set(zip(found["segment"], found["theme"], strict=True))
    return {(row.segment, row.term, row.reason) for row in found.itertuples() if row.theme == "personale"}


def test_every_term_that_gave_no_coding_has_its_reason(spoken):
    """With a threshold that no score reaches."""
    assert _found(spoken, empty(HumanCodings), 1.0) == {
        ("A:0001", "personale", "score"),
        ("A:0002", "personale", "short"),
        ("A:0003", "personale", "excluded"),
        ("B:0001", "personale", "language"),
        ("B:0002", "personale", "speaker"),
    }


def test_a_term_that_gave_a_coding_needs_no_reason(spoken):
    found = _found(spoken, empty(HumanCodings), 0.5)
    assert "A:0001" not in {segment for segment, *_ in found}


def test_people_who_read_and_gave_nothing_are_the_reason(spoken):
    text = SAID["A"][0]
    read = pd.DataFrame([("A", 0, len(text), text, "", "", "anna", False, True)], columns=list(empty(HumanCodings)))
    assert ("A:0001", "personale", "people") in _found(spoken, HumanCodings.validate(read), 0.5)


def test_without_a_respondent_in_italian_what_others_say_is_told(spoken):
    codings = pd.DataFrame({"segment": [], "theme": []}, dtype="str")
    foreign = spoken[spoken["transcript"] == "B"].reset_index(drop=True)
    found = uncoded_terms(None, foreign, foreign, _languages(foreign), codings, THEMES, empty(HumanCodings))
    assert found.to_numpy().tolist() == [
        ["B:0001", "personale", "personale", "language"],
        ["B:0002", "personale", "personale", "speaker"],
    ]


def test_a_study_without_themes_has_none(spoken):
    codings = pd.DataFrame({"segment": [], "theme": []}, dtype="str")
    assert uncoded_terms(None, spoken, spoken, _languages(spoken), codings, (), empty(HumanCodings)).empty
