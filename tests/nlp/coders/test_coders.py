"""Coders by name: the codebook's terms alone on a small study, and a coder that a stranger might write."""

import numpy as np
import pytest

from corpus.codings.human_labels import label_segments
from corpus.errors import StudyError
from corpus.records import Theme
from corpus.schemas import Codings, HumanCodings, empty
from nlp.annotation import annotate
from nlp.coders import CODERS, Coder, TermPlaces, open_coder
from nlp.coders.ask import code_text, read_text
from nlp.coding import given_themes, make_codings
from nlp.cross_coding import cross_code
from nlp.italian import load_pipeline
from nlp.italian.loading import MODEL
from nlp.measures.agreement import MACHINE
from nlp.themes.evidence import pattern_evidence
from nlp.themes.network import read_stances
from nlp.uncoded_terms import uncoded_terms
from tests.nlp.test_theme_coding import Letters, human, spoken_text, talk

THEMES = (
    Theme("personale", "Personale", include_terms=("geometra", "personale"), exclude_terms=("trattamento personale",)),
    Theme("risorse", "Risorse", definition="I soldi del comune", include_terms=("soldi", "mutuo")),
)
SAID = {
    "A": ("Manca il geometra e manca tutto.", "I soldi per il mutuo non bastano mai.", "Lo paghiamo di tasca nostra."),
    "B": ("Il trattamento personale dei dati è a posto.", "Geometra.", "Il geometra costa troppi soldi."),
}
pytestmark = pytest.mark.skipif(not (MODEL / "meta.json").is_file(), reason="the bundled model is not in this checkout")


@pytest.fixture(scope="module")
def text():
    segments = talk(SAID)
    return spoken_text(segments, annotate(segments, load_pipeline())[0], Letters())


def _coded(text, name="keywords", people=None, themes=THEMES):
    people = empty(HumanCodings) if people is None else people
    coder = open_coder(name, Letters())
    return code_text(coder, read_text(coder, text, themes), text, themes, people, 0.5)


def test_keywords_give_a_theme_where_a_term_stands_and_nowhere_else(text):
    codings = _coded(text)
    assert codings["coding"].tolist() == [
        "A:0001/personale", "A:0002/risorse", "B:0002/personale", "B:0003/personale", "B:0003/risorse",
    ]  # fmt: skip
    assert set(codings["how"]) == {"pattern"} and set(codings["score"]) == {1.0}
    terms = codings.set_index("coding")["terms"]
    assert terms["A:0002/risorse"] == "soldi; mutuo"


def test_a_persons_decision_stands_before_a_keyword(text):
    said = [("A:0003", "risorse", "anna"), ("A:0001", "", "anna")]
    codings = _coded(text, people=human(text.segments, said)).set_index("coding")
    assert "A:0001/personale" not in codings.index
    assert codings.loc["A:0003/risorse", ["how", "coder"]].tolist() == ["human", "anna"]


def test_a_term_that_an_exclusion_term_touches_gives_none_and_says_why(text):
    coder = open_coder("keywords", Letters())
    read = coder.read(text, THEMES)
    languages = text.segments[["segment"]].assign(language="it")
    uncoded = uncoded_terms(
        coder.terms(read), text.segments, text.segments, languages, _coded(text), THEMES, empty(HumanCodings)
    )
    assert uncoded.to_numpy().tolist() == [["B:0001", "personale", "personale", "excluded"]]


def test_keywords_are_compared_with_people_and_learn_nothing(text):
    coder = open_coder("keywords", Letters())
    people = human(text.segments, [("A:0001", "personale", "anna"), ("A:0003", "risorse", "anna")])
    decisions = cross_code(coder, coder.read(text, THEMES), text.segments, THEMES, people, 0.5)
    machine = decisions[decisions["coder"] == MACHINE].set_index(["segment", "theme"])["value"]
    assert machine["A:0001", "personale"] == 1 and machine["A:0003", "risorse"] == 0
    labels = label_segments(text.segments, people, THEMES)
    unaided = label_segments(text.segments, empty(HumanCodings), THEMES)
    read = coder.read(text, THEMES)
    assert np.array_equal(coder.scores(read, labels), coder.scores(read, unaided))


@pytest.mark.parametrize("name", list(CODERS))
def test_every_coder_gives_codings_and_nothing_where_there_is_nothing(text, name):
    Codings.validate(_coded(text, name))
    assert _coded(text, name, themes=()).empty


def test_an_unknown_coder_is_told_with_those_there_are():
    with pytest.raises(StudyError) as caught:
        open_coder("keyword", Letters())
    assert "scrivi coder = " in caught.value.say("it") and "keywords" in caught.value.say("it")
    assert '"trama" or "keywords"' in caught.value.say("en")


class FirstTheme:
    """What docs/coding.md shows: a coder that gives the first theme to every segment of more than five words."""

    name = "first"
    fingerprint = "first 1"

    def __init__(self, encoder, network):
        self.encoder = encoder
        self.network = network

    def read(self, text, themes):
        return text, themes

    def scores(self, read, people):
        text, themes = read
        scores = np.zeros((len(text.segments), len(themes)))
        scores[:, 0] = np.where(text.segments["words"] > 5, 0.9, 0.1)
        return scores

    def terms(self, read):
        nowhere = CODERS["keywords"](self.encoder, self.network).read(*read).terms.matches.iloc[:0]
        return TermPlaces(nowhere, nowhere[["row", "theme", "term"]])

    def code(self, read, people, min_score):
        text, themes = read
        pairs = given_themes(self.scores(read, people), people, min_score)
        pairs = pairs.assign(how=pairs["how"].replace("", "similarity"))
        by_machine = pairs[pairs["how"] != "human"]
        whole = text.segments["text"].str.len().iloc[by_machine["row"]].to_numpy()
        evidence = pattern_evidence(by_machine, self.terms(read).matches).assign(start=0, end=whole, terms="")
        odds = read_stances(pairs, text, themes, self.network, self.encoder)
        return make_codings(pairs, evidence, text, themes, people, odds)


def test_a_strangers_coder_needs_one_class_and_one_line(text, monkeypatch):
    monkeypatch.setitem(CODERS, "first", FirstTheme)
    coder: Coder = open_coder("first", Letters())
    codings = code_text(coder, read_text(coder, text, THEMES), text, THEMES, empty(HumanCodings), 0.5)
    assert set(codings["theme"]) == {"personale"} and "B:0002" not in set(codings["segment"])
    assert codings["evidence"].iloc[0] == SAID["A"][0]
