"""The coder made of what a language model read: its passages and stances, people first, no "no" where it failed."""

import numpy as np
import pytest

from corpus.codings.human_labels import label_segments
from corpus.schemas import Codings, HumanCodings, empty
from nlp.annotation import annotate
from nlp.coders import open_coder
from nlp.coders.ask import code_text, read_text
from nlp.cross_coding import cross_code, decide_as_reader
from nlp.italian import load_pipeline
from nlp.italian.loading import MODEL
from nlp.llm.prompt import Passage, Reading
from nlp.llm.readings import Readings, gather
from nlp.measures.agreement import MACHINE, READER
from tests.nlp.coders.test_coders import SAID, THEMES
from tests.nlp.test_theme_coding import Letters, human, spoken_text, talk

pytestmark = pytest.mark.skipif(not (MODEL / "meta.json").is_file(), reason="the bundled model is not in this checkout")
SEGMENTS = talk(SAID)
READ = {
    "A:0001": Reading((Passage("personale", "proposal", 0, 17), Passage("risorse", "neutral", 20, 30)), 0),
    "A:0003": Reading((Passage("risorse", "advantage", 3, 10),), 2),
    "B:0003": Reading((Passage("personale", "problem", 3, 11),), 1),
}


@pytest.fixture(scope="module")
def text():
    return spoken_text(SEGMENTS, annotate(SEGMENTS, load_pipeline())[0], Letters())


def _readings(lacking=()) -> Readings:
    read = {segment: reading for segment, reading in READ.items() if segment not in lacking}
    return gather(SEGMENTS["segment"].tolist(), read, dict.fromkeys(lacking, "late"))


def _coder(lacking=()):
    return open_coder("llm", Letters(), readings=_readings(lacking))


def _coded(text, people=None, lacking=()):
    coder = _coder(lacking)
    people = empty(HumanCodings) if people is None else people
    return code_text(coder, read_text(coder, text, THEMES), text, THEMES, people, 0.5)


def test_it_gives_what_the_model_gave_with_its_passage_and_stance(text):
    codings = Codings.validate(_coded(text)).set_index("coding")
    assert codings["stance"].to_dict() == {
        "A:0001/personale": "proposal", "A:0001/risorse": "neutral", "A:0003/risorse": "advantage",
        "B:0003/personale": "problem",
    }  # fmt: skip
    assert codings.loc["A:0001/personale", "evidence"] == SAID["A"][0][:17]
    assert set(codings["how"]) == {"llm"} and set(codings["score"]) == {1.0}


def test_a_person_stands_before_it_with_a_stance_of_their_own(text):
    people = human(text.segments, [("A:0003", "personale", "anna")]).assign(stance="problem")
    codings = _coded(text, people).set_index("coding")
    assert "A:0003/risorse" not in codings.index
    assert codings.loc["A:0003/personale", ["how", "stance"]].tolist() == ["human", "problem"]
    assert codings.loc["B:0003/personale", ["how", "stance"]].tolist() == ["llm", "problem"]


def test_what_it_could_not_read_is_no_decision(text):
    assert "A:0003" not in set(_coded(text, lacking=["A:0003"])["segment"])
    people = human(text.segments, [("A:0001", "personale", "anna"), ("A:0003", "risorse", "anna")])
    coder = _coder(lacking=["A:0003"])
    decisions = cross_code(coder, coder.read(text, THEMES), text.segments, THEMES, people, 0.5)
    machine = decisions[decisions["coder"] == MACHINE]
    assert "A:0001" in set(machine["segment"]) and "A:0003" not in set(machine["segment"])
    scores = coder.scores(coder.read(text, THEMES), label_segments(text.segments, people, THEMES))
    assert np.isnan(scores[2]).all() and np.isnan(scores).sum() == len(THEMES)


def test_a_second_reader_decides_where_people_did_and_it_read(text):
    people = human(text.segments, [("A:0001", "personale", "anna"), ("A:0003", "risorse", "anna")])
    trama = open_coder("keywords", Letters())
    decisions = cross_code(trama, trama.read(text, THEMES), text.segments, THEMES, people, 0.5)
    mine = decide_as_reader(_readings(lacking=["A:0003"]), decisions)
    assert set(mine["coder"]) == {READER} and set(mine["transcript"]) == {"A"}
    value = mine.set_index(["segment", "theme"])["value"]
    assert value["A:0001", "personale"] == value["A:0001", "risorse"] == 1 and value["A:0002", "risorse"] == 0
    assert "A:0003" not in value.index.get_level_values("segment")


def test_somebody_who_signs_as_the_model_is_told_apart(text):
    people = human(text.segments, [("A:0001", "personale", "llm")])
    trama = open_coder("keywords", Letters())
    decisions = cross_code(trama, trama.read(text, THEMES), text.segments, THEMES, people, 0.5)
    assert "llm (persona)" in set(decisions["coder"]) and READER not in set(decisions["coder"])


def test_other_readings_are_another_coder():
    assert _coder().fingerprint != _coder(lacking=["A:0003"]).fingerprint
