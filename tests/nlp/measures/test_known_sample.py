"""What was drawn at random and read, laid over the segments as they stand: who was in the sample, how likely."""

import numpy as np
import pandas as pd
import pytest

from corpus.codings.human_labels import label_segments
from corpus.records import Theme
from corpus.schemas import HumanCodings, SampledPassages
from nlp.measures.known_sample import sample_of

THEMES = (Theme("personale", "P"), Theme("rifiuti", "R"))
SEGMENTS = pd.DataFrame(
    {"transcript": "S1", "start": range(0, 60, 10), "end": range(9, 69, 10), "text": "abcdefghi", "respondent": "R1"}
)


def passage(row: int, draw: str = "campione-01", **cells: object) -> dict[str, object]:
    place = {"draw": draw, "transcript": "S1", "start": 10 * row, "end": 10 * row + 9, "respondent": "R1"}
    read = {"coder": "Anna", "read": True, "drawn": True, "themes": "personale|rifiuti", "flaw": ""}
    return {**place, "stratum": "R1", "unit": "segment", "probability": 0.5, **read, **cells}


def sampled(*rows: dict[str, object]) -> pd.DataFrame:
    return SampledPassages.validate(pd.DataFrame(list(rows)))


def labels_of(themes_by_row: dict[int, str], segments: pd.DataFrame = SEGMENTS):
    rows = [
        {"transcript": "S1", "start": 10 * row, "end": 10 * row + 9, "quote": "abcdefghi", "theme": theme}
        for row, theme in themes_by_row.items()
    ]
    codings = pd.DataFrame(rows).assign(stance="", coder="Anna", alone=True, given=True)
    return label_segments(segments, HumanCodings.validate(codings), THEMES)


def test_what_was_read_for_other_reasons_is_not_in_the_sample():
    known = sample_of(SEGMENTS, labels_of({0: "personale", 1: "", 2: "personale"}), sampled(passage(0), passage(1)))
    assert known.reason == "" and known.reasons == ("", "")
    assert known.read.tolist() == [True, True, False, False, False, False]
    np.testing.assert_array_equal(known.probability, [0.5, 0.5, *[np.nan] * 4])
    np.testing.assert_array_equal(known.people[:, 0], [1, 0, *[np.nan] * 4])
    assert known.unit.tolist() == ["segment", "segment", "", "", "", ""]


def test_two_draws_are_one_with_the_probability_of_their_union():
    second = [
        passage(0, "campione-02", drawn=False, read=False, probability=0.2),
        passage(2, "campione-02", probability=0.2),
    ]
    first = [passage(0), passage(2, drawn=False, read=False)]
    known = sample_of(SEGMENTS, labels_of({0: "personale", 2: ""}), sampled(*first, *second))
    np.testing.assert_allclose(known.probability[[0, 2]], 0.6)


def test_a_theme_added_after_the_draw_is_absent_and_no_no():
    known = sample_of(SEGMENTS, labels_of({0: "personale"}), sampled(passage(0, themes="personale")))
    assert known.reasons == ("", "theme not in sample")
    assert np.isnan(known.people[:, 1]).all() and known.people[0, 0] == 1
    later = passage(2, "campione-02", probability=0.25)
    earlier = passage(2, drawn=False, read=False, themes="personale")
    both = sampled(passage(0, themes="personale"), earlier, later)
    known = sample_of(SEGMENTS, labels_of({0: "personale", 2: "rifiuti"}), both)
    np.testing.assert_allclose(known.probabilities[2], [1 - 0.5 * 0.75, 0.25])
    assert np.isnan(known.people[0, 1]) and known.people[2, 1] == 1


def test_of_segments_cut_anew_the_one_that_is_mostly_the_passage_was_drawn():
    """The passage's words are now a whole segment, and a few signs of another's."""
    cut = SEGMENTS.assign(start=[0, 14, 20, 30, 40, 50], end=[13, 19, 29, 39, 49, 59])
    known = sample_of(cut, labels_of({1: "personale"}, cut), sampled(passage(1)))
    assert known.read.tolist() == [False, True, False, False, False, False]


@pytest.mark.parametrize("flaw", ["sample unread", "sample with gaps", "sample edited", "sample outdated"])
def test_a_draw_with_a_flaw_is_no_sample_and_says_why(flaw):
    known = sample_of(SEGMENTS, labels_of({0: "personale"}), sampled(passage(0, flaw=flaw)))
    assert known.reason == flaw and set(known.reasons) == {flaw}
    assert np.isnan(known.probability).all() and not known.read.any()


def test_without_a_draw_or_with_everything_read_there_is_nothing_to_estimate():
    labels = labels_of(dict.fromkeys(range(6), "personale"))
    assert sample_of(SEGMENTS, labels, sampled(passage(0))).reason == "all read"
    assert sample_of(SEGMENTS, labels, sampled(passage(0)).iloc[:0]).reason == "no sample"


def test_words_that_are_gone_are_no_segment():
    known = sample_of(SEGMENTS, labels_of({0: "personale"}), sampled(passage(0), passage(3, start=-1, end=-1)))
    assert known.read.sum() == 1
