"""A "no" to one theme in one segment: it decides on that theme alone, whoever else decided what there."""

import numpy as np
import pandas as pd
import pytest

from corpus.codings.disagreements import find_disagreements
from corpus.codings.human_labels import label_segments
from corpus.codings.settled_codings import settle_codings
from corpus.records import Theme
from corpus.schemas import HumanCodings
from nlp.coding import code_unread, given_themes
from tests.tiny_study import segments

THEMES = (Theme("a", "A"), Theme("b", "B"))
SAID = segments({"S01": ["Siamo in tre qui.", "I sacchi passano il lunedì.", "Poi si vedrà, dicono.", "E basta così."]})
COLUMNS = list(HumanCodings.to_schema().columns)


def people(*rows):
    """HumanCodings from (segment's number, theme, coder, given), each the whole segment, shown alone."""
    made = []
    for number, theme, coder, given in rows:
        place = SAID.iloc[number]
        passage = (place["transcript"], place["start"], place["end"], place["text"])
        made.append((*passage, theme, "", coder, True, given))
    return HumanCodings.validate(pd.DataFrame(made, columns=COLUMNS))


def test_a_no_decides_on_its_theme_alone():
    labels = label_segments(SAID, people((1, "a", "Anna", False)), THEMES)
    assert labels.coders == ("Anna",)
    assert np.argwhere(labels.asked[0]).tolist() == [[1, 0]]
    assert not labels.yes.any() and labels.passages.empty


def test_the_machine_does_not_give_what_somebody_refused_and_learns_from_it():
    labels = label_segments(SAID, people((1, "a", "Anna", False)), THEMES)
    given = given_themes(np.ones((len(SAID), 2)), labels, 0.5)
    cells = set(zip(given["row"], given["theme"], strict=True))
    assert (1, 0) not in cells and (1, 1) in cells and len(cells) == 2 * len(SAID) - 1
    assert labels.decided[1, 0] and labels.share[1, 0] == 0  # what learning takes for a negative


@pytest.mark.parametrize("order", [1, -1])
def test_a_coding_of_the_same_person_weighs_more_and_a_reading_says_no_to_all(order):
    rows = [(1, "a", "Anna", False), (1, "a", "Anna", True), (2, "b", "Anna", False), (2, "", "Anna", True)]
    labels = label_segments(SAID, people(*rows[::order]), THEMES)
    assert np.argwhere(labels.yes[0]).tolist() == [[1, 0]]
    assert np.argwhere(labels.asked[0]).tolist() == [[1, 0], [1, 1], [2, 0], [2, 1]]


def test_a_colleague_who_refuses_disagrees_on_that_theme():
    labels = label_segments(SAID, people((1, "a", "Anna", True), (1, "a", "Bruno", False)), THEMES)
    (disagreement,) = find_disagreements(labels)
    assert (disagreement.row, disagreement.theme, disagreement.on_theme) == (1, 0, True)
    assert [(side.coder, side.given) for side in disagreement.sides] == [("Anna", True), ("Bruno", False)]


def test_a_no_never_counts_for_the_rest_of_an_interview():
    labels = label_segments(SAID, people(*((number, "a", "Anna", False) for number in range(3))), THEMES)
    assert labels.asked.sum() == 3


def test_a_no_beside_words_that_the_same_person_coded_is_told():
    coded = people((1, "a", "Anna", True)).assign(start=lambda frame: frame["start"] + 2)
    frame = pd.concat([people((1, "a", "anna", False), (1, "b", "Anna", False), (1, "a", "Bo", False)), coded])
    settled, problems = settle_codings(frame.reset_index(drop=True), "codings")
    kept = settled[["theme", "coder", "given"]].to_numpy().tolist()
    assert kept == [["a", "Bo", False], ["b", "Anna", False], ["a", "Anna", True]]
    assert ["one person" in problems[0].say("en"), "the coding counts" in problems[1].say("en")] == [True, True]


def test_a_segment_in_another_language_with_a_no_alone_was_read_by_nobody():
    coded, read = code_unread(SAID, people((1, "a", "Anna", False), (2, "a", "Anna", True)), THEMES)
    assert coded["segment"].tolist() == ["S01:0003"] and read.tolist() == [False, False, True, False]
