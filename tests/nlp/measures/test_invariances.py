"""What must not matter does not matter: order of rows, names of people, classes and options, a column held twice."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.records import Item, Option, Theme
from nlp.measures import association
from nlp.measures.association import k_groups, r_by_c, two_groups
from nlp.measures.crosstabs import theme_group_tests
from nlp.measures.item_tests import item_group_tests
from nlp.measures.items import item_frequencies, item_summaries
from nlp.measures.linking import declared_links, link_themes
from nlp.measures.prevalence import theme_prevalence
from nlp.measures.said_and_ticked import said_and_ticked
from tests.tiny_study import answers

ITEMS = (
    Item("L", "Scala", "likert", tuple(Option(str(v), str(v), v) for v in range(1, 6))),
    Item("N", "Numero", "number"),
    Item("S", "Una", "single", tuple(Option(v, v.upper(), k) for k, v in enumerate("xyz"))),
    Item("Y", "Sì o no", "yesno", (Option("no", "No", 0), Option("si", "Sì", 1)), yes=("si",)),
    Item("M", "Più d'una", "multi", (Option("acqua", "Acqua", 1), Option("strade", "Strade", 2))),
)
CODES = tuple(item.code for item in ITEMS)
THEMES = (Theme("acqua", "Acqua", questionnaire_items=CODES), Theme("scuola", "Scuola", questionnaire_items=CODES))
FEW = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
EFFECT = ["n", "test", "effect_name", "effect", "low", "high", "haldane", "p", "reason"]


@pytest.fixture(autouse=True)
def _few_resamples(monkeypatch):
    monkeypatch.setattr(association, "RESAMPLES", 99)  # so that sixteen respondents already need drawn arrangements


@st.composite
def studies(draw, classes=3):
    """Mentions, answers and classes of up to eighteen respondents, anything missing."""
    n = draw(st.integers(1, 18))
    people = [f"R{number:02d}" for number in range(n)]
    column = lambda values: draw(st.lists(values, min_size=n, max_size=n))  # noqa: E731
    rows = []
    for theme in THEMES:
        for person, segments in zip(people, column(st.integers(0, 3)), strict=True):
            rows.append((theme.code, person, segments > 0, segments, 10 * segments, segments / 10, 10))
    mentions = pd.DataFrame(
        rows, columns=["theme", "respondent", "mentioned", "segments", "words", "share", "spoken"]
    )  # fmt: skip
    said = []
    for item in ITEMS:
        for option in item.options if item.type == "multi" else (None,):
            values = st.sampled_from([o.value for o in item.options]) if item.options else st.integers(0, 4).map(str)
            for person, value in zip(
                people, column(st.none() | (st.sampled_from("01") if option else values)), strict=True
            ):
                number = {"no": 0.0, "si": 1.0, "x": 0.0, "y": 1.0, "z": 2.0}.get(value or "") if value else None
                number = float(value) if value and number is None else number
                status = "dont_know" if value is None else "answered"
                said.append((person, item.code, option.value if option else "", value or "", number, status))
    groups = column(st.sampled_from(["", *(f"{k}. classe" for k in range(1, classes + 1))]))
    return (
        mentions,
        answers(said),
        pd.Series(groups, index=pd.Index(people, name="respondent"), name="classe", dtype="str"),
    )


LINKS = declared_links(THEMES, ITEMS)
FRAMES = {
    "prevalence": lambda mentions, said, groups: theme_prevalence(mentions),
    "themes": lambda mentions, said, groups: theme_group_tests(mentions, groups, 5),
    "links": lambda mentions, said, groups: link_themes(mentions, said, ITEMS, LINKS, 5),
    "items": lambda mentions, said, groups: item_group_tests(said, ITEMS, groups, 5),
    "pairs": lambda mentions, said, groups: said_and_ticked(mentions, said, THEMES, ITEMS),
    "frequencies": lambda mentions, said, groups: item_frequencies(said, ITEMS, groups),
    "summaries": lambda mentions, said, groups: item_summaries(said, ITEMS, groups),
}


def same(first, second, names=tuple(FRAMES)):
    for name in names:
        one = FRAMES[name](*first)
        other = FRAMES[name](*second)
        pd.testing.assert_frame_equal(one, other, check_exact=False, rtol=1e-9, obj=name)


@FEW
@given(studies(), st.integers(0, 99))
def test_neither_the_order_of_rows_nor_the_names_of_respondents_change_anything(study, seed):
    mentions, said, groups = study
    order = np.random.default_rng(seed).permutation(len(groups))
    names = {person: f"P{place:02d}" for person, place in zip(groups.index, order, strict=True)}
    mixed = mentions.sample(frac=1, random_state=seed).sort_values("theme", kind="stable", ignore_index=True)
    renamed = [frame.assign(respondent=frame["respondent"].map(names)) for frame in (mixed, said)]
    same(study, (renamed[0], renamed[1].sample(frac=1, random_state=seed), groups.rename(index=names).sort_index()))


@FEW
@given(studies(), st.permutations([1, 2, 3]))
def test_the_names_of_three_classes_change_nothing(study, order):
    mentions, said, groups = study
    groups = groups.where(groups != "", "1. classe")
    groups.iloc[:3] = ["1. classe", "2. classe", "3. classe"][: len(groups)]
    if len(groups) < 3:
        return  # with two classes the effect is that of the first: see the next test
    names = {f"{k}. classe": f"{new}. gruppo" for k, new in enumerate(order, start=1)}
    for name in ("themes", "items"):
        one, other = (FRAMES[name](mentions, said, labels) for labels in (groups, groups.map(names)))
        three = ~one["test"].isin(["fisher", "mann-whitney"])  # an item may be answered in two classes alone
        pd.testing.assert_frame_equal(one[three], other[three], check_exact=False, rtol=1e-9)


@FEW
@given(studies(classes=2))
def test_swapping_two_classes_turns_the_effect_round(study):
    mentions, said, groups = study
    swapped = groups.replace({"1. classe": "3. classe"})
    for name in ("themes", "items"):
        one, other = (FRAMES[name](mentions, said, labels) for labels in (groups, swapped))
        assert one["p"].tolist() == pytest.approx(other["p"].tolist(), nan_ok=True)
        delta = one["effect_name"] == "cliff delta"
        ratio = one["effect_name"] == "odds ratio"
        for end, mirrored in (("effect", "effect"), ("low", "high"), ("high", "low")):
            assert (-one.loc[delta, end]).tolist() == pytest.approx(other.loc[delta, mirrored].tolist(), nan_ok=True)
            with np.errstate(divide="ignore"):
                inverse = 1 / one.loc[ratio, end].to_numpy()
            assert inverse.tolist() == pytest.approx(other.loc[ratio, mirrored].tolist(), rel=1e-4, nan_ok=True)


@FEW
@given(studies(), st.permutations("xyz"))
def test_the_names_of_options_change_nothing(study, order):
    mentions, said, groups = study
    names = dict(zip("xyz", order, strict=True))
    chosen = said["value"].map(lambda value: names.get(value, value))
    same(
        study,
        (mentions, said.assign(value=said["value"].where(said["item"] != "S", chosen)), groups),
        ["links", "items"],
    )


@FEW
@given(studies())
def test_a_theme_held_twice_has_its_numbers_twice_and_counts_in_the_family(study):
    mentions, _, groups = study
    twin = mentions[mentions["theme"] == "acqua"].assign(theme="gemello")
    once = theme_group_tests(mentions, groups, 5).set_index("theme")
    twice = theme_group_tests(pd.concat([mentions, twin]), groups, 5).set_index("theme")
    pd.testing.assert_frame_equal(twice.loc[["acqua", "scuola"], EFFECT], once[EFFECT])
    pd.testing.assert_series_equal(twice.loc["gemello"], twice.loc["acqua"], check_names=False)
    assert (twice["family"] - once["family"].iloc[0] == int(pd.notna(once.loc["acqua", "p"]))).all()
    p = twice["p"].dropna().sort_values()
    stepped = (p * len(p) / np.arange(1, len(p) + 1))[::-1].cummin().clip(upper=1)  # Benjamini & Hochberg (1995)
    assert twice["q"].dropna().sort_index().tolist() == pytest.approx(stepped.sort_index().tolist())


@FEW
@given(studies(), st.sampled_from(ITEMS))
def test_an_item_held_twice_has_its_numbers_twice(study, item):
    _, said, groups = study
    twin = replace(item, code="T")
    both = pd.concat([said, said[said["item"] == item.code].assign(item="T")])
    once = item_group_tests(said, ITEMS, groups, 5).set_index("item")
    twice = item_group_tests(both, (*ITEMS, twin), groups, 5).set_index("item")
    pd.testing.assert_frame_equal(twice.loc[list(CODES), EFFECT], once[EFFECT])
    pd.testing.assert_frame_equal(twice.loc[["T"], EFFECT].rename({"T": item.code}), once.loc[[item.code], EFFECT])


samples = st.lists(st.integers(0, 5), min_size=2, max_size=9)


@FEW
@given(samples, samples)
def test_two_samples_swapped_turn_the_sign_alone(x, y):
    one = two_groups(x, y, 3)
    other = two_groups(y, x, 3)
    assert (one.p, one.effect, one.low, one.high) == pytest.approx(
        (other.p, -other.effect, -other.high, -other.low), nan_ok=True
    )


@FEW
@given(st.lists(samples, min_size=2, max_size=4), st.randoms())
def test_the_order_of_groups_and_a_stretched_scale_change_nothing(groups, random):
    mixed = random.sample(groups, len(groups))
    stretched = [[value**3 + 7 for value in group] for group in groups]  # ranks stay as they are
    assert str(k_groups(groups, 3)) == str(k_groups(mixed, 3)) == str(k_groups(stretched, 3))


@FEW
@given(
    st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=4),
    st.permutations(range(3)),
    st.randoms(),
)
def test_the_order_of_rows_and_columns_of_a_table_changes_nothing(table, columns, random):
    mixed = [[row[column] for column in columns] for row in random.sample(table, len(table))]
    first = r_by_c(table, 3)
    assert str(first) == str(r_by_c(mixed, 3))
    if not first.reason:
        assert 0 <= first.low <= first.effect + 1e-12 and first.effect <= first.high + 1e-12 and first.high <= 1
