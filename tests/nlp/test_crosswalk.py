"""Links proposed from wording: how good they are on the sample, and that nobody's decision is forgotten."""

from pathlib import Path

import numpy as np
import pytest

from corpus.records import Item, Theme
from corpus.study import read_study
from nlp.crosswalk import PROPOSED, contrast, propose_links, worded_items, wording_similarity
from nlp.embeddings import load_encoder

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
THEMES = (
    Theme(
        "personale", "Personale", definition="Quanti dipendenti ha il comune e chi manca", questionnaire_items=("Q1",)
    ),
    Theme("rifiuti", "Rifiuti", definition="Raccolta della spazzatura e isola ecologica"),
)
ITEMS = (
    Item("Q1", "Quanti dipendenti mancano?", "number"),
    Item("Q2", "Come giudica la raccolta della spazzatura?", "likert"),
    Item("Q3", "In che giorno ha risposto?", "date"),
)


def ranking_quality(order: np.ndarray, linked: np.ndarray) -> tuple[float, float]:
    """Mean reciprocal rank of a theme's first true item, and the share of true links among the first three.

    `order` (themes, items) is higher for the nearer; `linked` is a boolean array of the same shape. Themes without a
    true item do not count. NaN when there is no true link.
    """
    ranks = (-order).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable") + 1
    firsts = [ranks[row][linked[row]].min() for row in range(len(order)) if linked[row].any()]
    if not firsts:
        return float("nan"), float("nan")
    return float(np.mean([1 / first for first in firsts])), float((ranks[linked] <= PROPOSED).mean())


@pytest.fixture(scope="module")
def encoder():
    return load_encoder("use-multilingual")


def test_hidden_links_of_the_sample_are_found_again(encoder):
    study = read_study(SAMPLE)
    items = worded_items(study.items)
    linked = np.array([[item.code in theme.questionnaire_items for item in items] for theme in study.themes])
    similarity = wording_similarity(study.themes, items, encoder)
    reciprocal, among_three = ranking_quality(contrast(similarity), linked)
    plain = ranking_quality(similarity, linked)
    assert (reciprocal, among_three) == pytest.approx((1.0, 1.0), abs=0.01)  # by chance .28 and .22
    assert plain == pytest.approx((0.96, 0.89), abs=0.01)


def test_only_what_is_silent_gets_proposals(encoder):
    found = propose_links(THEMES, ITEMS, set(), encoder)
    assert set(found["item"]) <= {"Q1", "Q2"}
    assert found.loc[found["side"] == "theme", "theme"].unique().tolist() == ["rifiuti"]
    assert found.loc[found["side"] == "item", "item"].unique().tolist() == ["Q2"]
    first = found[(found["side"] == "theme") & (found["rank"] == 1)].iloc[0]
    assert (first["theme"], first["item"]) == ("rifiuti", "Q2")


def test_what_a_person_decided_does_not_come_back(encoder):
    found = propose_links(THEMES, ITEMS, {("rifiuti", "Q2")}, encoder)
    assert not ((found["theme"] == "rifiuti") & (found["item"] == "Q2")).any()
    assert propose_links((), ITEMS, set(), encoder).empty


def test_ranks_count_from_one():
    order = np.array([[3.0, 2.0, 1.0, 0.0]])
    linked = np.array([[False, True, False, True]])
    assert ranking_quality(order, linked) == (0.5, 0.5)
