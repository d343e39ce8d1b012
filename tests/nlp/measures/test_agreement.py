"""Agreement of coders: figures of published examples, and words where a figure cannot be had."""

import math

import krippendorff
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from corpus.codings.human_labels import HumanLabels
from corpus.records import Theme
from nlp.cross_coding import decide_unread
from nlp.measures.agreement import ALL_THEMES, compare_group, compare_pair, human_decisions, machine_decisions
from nlp.measures.agreement_measures import group_measures, group_sums, pair_measures
from nlp.measures.trust import trust


def table(both: int, first: int, second: int, neither: int) -> dict[str, float]:
    return {name: float(value) for name, value in pair_measures(np.array([both, first, second, neither])).items()}


@pytest.mark.parametrize(("cells", "agreement", "kappa"), [((40, 9, 6, 45), 0.85, 0.70), ((80, 10, 5, 5), 0.85, 0.32)])
def test_kappa_of_feinstein_and_cicchetti(cells, agreement, kappa):
    # Feinstein & Cicchetti 1990, J Clin Epidemiol 43:543-549: the same raw agreement, two very different kappas.
    found = table(*cells)
    assert found["agreement"] == pytest.approx(agreement)
    assert found["kappa"] == pytest.approx(kappa, abs=0.005)


def test_ac1_of_gwet():
    # Gwet 2002, Statistical Methods for Inter-Rater Reliability Assessment 1: kappa -0.0234, AC1 0.9408, one table.
    found = table(118, 5, 2, 0)
    assert found["kappa"] == pytest.approx(-0.0234, abs=5e-5)
    assert found["ac1"] == pytest.approx(0.9408, abs=5e-5)


def test_alpha_of_krippendorff():
    # Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, A: two observers, ten articles, alpha 0.095.
    anna = np.array([0, 1, 0, 0, 0, 0, 0, 0, 1, 0])
    bruno = np.array([1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
    cells = (anna & bruno, anna & ~bruno & 1, ~anna & bruno & 1, 1 - (anna | bruno))
    assert table(*(int(cell.sum()) for cell in cells))["alpha"] == pytest.approx(0.095, abs=5e-4)


def test_precision_and_recall_are_of_the_second_against_the_first():
    found = table(6, 2, 4, 8)
    assert (found["precision"], found["recall"]) == (0.6, 0.75)
    assert found["f1"] == pytest.approx(2 * 0.6 * 0.75 / (0.6 + 0.75))


def test_alpha_of_several_coders_with_gaps_is_that_of_the_package():
    random = np.random.default_rng(0)
    data = random.integers(0, 2, (4, 60)).astype(float)
    data[1:] = np.where(random.random((3, 60)) < 0.7, data[0], data[1:])
    data[random.random((4, 60)) < 0.3] = np.nan
    ones = np.nansum(data, axis=0)
    coders = (~np.isnan(data)).sum(axis=0)
    pairable = coders >= 2
    sums = group_sums(ones[pairable], coders[pairable].astype(float)).sum(axis=0)
    expected = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    assert float(group_measures(sums)["alpha"]) == pytest.approx(expected)


def test_two_coders_as_a_group_agree_as_a_pair():
    first = np.array([1, 1, 0, 0, 1, 0, 0])
    second = np.array([1, 0, 0, 0, 1, 1, 0])
    sums = group_sums((first + second).astype(float), np.full(7, 2.0)).sum(axis=0)
    pair = table(2, 1, 1, 3)
    group = group_measures(sums)
    for measure in ("agreement", "alpha", "ac1"):
        assert float(group[measure]) == pytest.approx(pair[measure])


def decisions(values: dict[str, list[int]], theme: str = "personale", per_interview: int = 10) -> pd.DataFrame:
    """Decisions of each coder in a row, ten segments an interview."""
    rows = [
        (f"I{place // per_interview}:{place:04d}", f"I{place // per_interview}", theme, coder, value)
        for coder, row in values.items()
        for place, value in enumerate(row)
    ]
    return pd.DataFrame(rows, columns=["segment", "transcript", "theme", "coder", "value"])


def figure(frame: pd.DataFrame, measure: str, theme: str = "personale") -> pd.Series:
    return frame[(frame["theme"] == theme) & (frame["measure"] == measure)].iloc[0]


ANNA = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0] * 5
TRAMA = [1, 1, 0, 0, 0, 0, 0, 0, 0, 1] * 3 + ANNA[:20]


def test_the_interval_is_over_interviews_and_holds_the_figure():
    frame = compare_pair(decisions({"Anna": ANNA, "Trama": TRAMA}), "Anna", "Trama")
    f1 = figure(frame, "f1")
    assert f1["value"] == pytest.approx(12 / 15)
    assert f1["low"] <= f1["value"] <= f1["high"] and f1["low"] < f1["high"]
    assert (f1["n"], f1["interviews"]) == (50, 5)
    # F1 of the other four, by hand: 10 of 12 without one that agrees in 2 of 3, 9 of 12 without one that agrees fully.
    left = np.array([10 / 12] * 3 + [9 / 12] * 2)
    logits = np.log(left / (1 - left))
    half = stats.t.ppf(0.975, 4) * math.sqrt(4 / 5 * ((logits - logits.mean()) ** 2).sum())
    for end, side in (("low", -1), ("high", 1)):
        assert f1[end] == pytest.approx(1 / (1 + math.exp(-(math.log(4) + side * half))))


def test_interviews_that_all_agree_have_no_interval():
    same = compare_pair(decisions({"Anna": ANNA, "Trama": ANNA}), "Anna", "Trama")
    assert figure(same, "alpha")["value"] == 1 and pd.isna(figure(same, "alpha")["low"])
    assert figure(same, "alpha")["reason"] == "alike"


def test_the_interval_of_alpha_is_the_jackknife_of_the_package():
    # krippendorff on the raw decisions, each interview left out in turn; Tukey's (1958) error on Fisher's scale.
    rows = decisions({"Anna": ANNA, "Trama": TRAMA})
    data = rows.pivot_table(index="coder", columns="segment", values="value")
    interview = np.array([segment[:2] for segment in data.columns])
    left = [krippendorff.alpha(data.loc[:, interview != name].to_numpy(), level_of_measurement="nominal")
            for name in np.unique(interview)]  # fmt: skip
    scale = np.arctanh(left)
    half = stats.t.ppf(0.975, 4) * math.sqrt(4 / 5 * ((scale - scale.mean()) ** 2).sum())
    centre = np.arctanh(krippendorff.alpha(data.to_numpy(), level_of_measurement="nominal"))
    alpha = figure(compare_pair(rows, "Anna", "Trama"), "alpha")
    assert (alpha["low"], alpha["high"]) == pytest.approx((np.tanh(centre - half), np.tanh(centre + half)))


def test_neither_the_order_of_rows_nor_a_second_run_changes_anything():
    rows = decisions({"Anna": ANNA, "Trama": TRAMA})
    once = compare_pair(rows, "Anna", "Trama")
    again = compare_pair(rows.sample(frac=1, random_state=2), "Anna", "Trama")
    pd.testing.assert_frame_equal(once, again)


def test_only_segments_that_both_decided_on_are_compared():
    rows = decisions({"Anna": ANNA, "Trama": TRAMA})
    half = rows[(rows["coder"] == "Anna") | (rows["transcript"] < "I3")]
    assert figure(compare_pair(half, "Anna", "Trama"), "kappa")["n"] == 30


def test_what_cannot_be_calculated_is_empty_and_says_why():
    never = compare_pair(decisions({"Anna": [0] * 50, "Trama": [0] * 50}), "Anna", "Trama")
    assert pd.isna(figure(never, "f1")["value"]) and figure(never, "f1")["reason"] == "never given"
    assert pd.isna(figure(never, "kappa")["value"]) and figure(never, "kappa")["reason"] == "always same"
    assert figure(never, "agreement")["value"] == 1
    apart = compare_pair(decisions({"Anna": ANNA}), "Anna", "Bruno")
    assert apart["value"].isna().all() and apart["reason"].eq("no segments").all()
    one = compare_pair(decisions({"Anna": ANNA, "Trama": TRAMA}, per_interview=50), "Anna", "Trama")
    assert one["low"].isna().all() and one["reason"].eq("few interviews").all()
    for frame in (never, apart, one):
        assert (frame["value"].notna() | (frame["reason"] != "")).all()


def test_all_themes_are_the_mean_of_the_themes():
    both = pd.concat(
        [decisions({"Anna": ANNA, "Trama": TRAMA}), decisions({"Anna": TRAMA, "Trama": TRAMA}, theme="risorse")]
    )
    frame = compare_pair(both, "Anna", "Trama")
    assert figure(frame, "f1", ALL_THEMES)["n"] == 100
    for measure in ("f1", "alpha", "prevalence_first"):
        each = [figure(frame, measure, theme)["value"] for theme in ("personale", "risorse")]
        assert figure(frame, measure, ALL_THEMES)["value"] == pytest.approx(sum(each) / 2)
    low, high = (figure(frame, "alpha", ALL_THEMES)[end] for end in ("low", "high"))
    assert low < figure(frame, "alpha", ALL_THEMES)["value"] < high


def test_frequent_themes_beside_rare_ones_are_no_agreement():
    # two coders who answer each theme without looking at the segment: one theme nearly always, one nearly never
    random = np.random.default_rng(3)
    rows = [
        decisions({coder: (random.random(200) < share).astype(int).tolist() for coder in ("Anna", "Trama")}, theme)
        for theme, share in (("sempre", 0.95), ("mai", 0.05))
    ]
    frame = compare_pair(pd.concat(rows), "Anna", "Trama")
    together = pd.concat(rows)
    pooled = together.assign(segment=together["segment"] + together["theme"], theme="tutti")
    assert figure(compare_pair(pooled, "Anna", "Trama"), "alpha", "tutti")["value"] > 0.75
    assert abs(figure(frame, "alpha", ALL_THEMES)["value"]) < 0.1
    assert set(trust(frame)["theme"]) == {"sempre", "mai"} and "reliable" not in set(trust(frame)["level"])


def test_a_theme_that_cannot_be_calculated_stays_out_of_the_mean():
    never = decisions({"Anna": [0] * 50, "Trama": [0] * 50}, theme="mai")
    frame = compare_pair(pd.concat([never, decisions({"Anna": ANNA, "Trama": TRAMA})]), "Anna", "Trama")
    assert figure(frame, "alpha", ALL_THEMES)["value"] == figure(frame, "alpha")["value"]
    assert figure(frame, "agreement", ALL_THEMES)["value"] == pytest.approx(
        (1 + figure(frame, "agreement")["value"]) / 2
    )
    nothing = figure(compare_pair(never, "Anna", "Trama"), "alpha", ALL_THEMES)
    assert pd.isna(nothing["value"]) and nothing["reason"]


def test_three_people_are_compared_together_where_at_least_two_decided():
    rows = decisions({"Anna": ANNA, "Bruno": TRAMA, "Carla": ANNA})
    rows = rows[(rows["coder"] != "Carla") | (rows["transcript"] == "I0")]
    frame = compare_group(rows, ["Anna", "Bruno", "Carla"])
    assert figure(frame, "alpha")["n"] == 50
    data = rows.pivot_table(index="coder", columns="segment", values="value")
    expected = krippendorff.alpha(reliability_data=data.to_numpy(), level_of_measurement="nominal")
    assert figure(frame, "alpha")["value"] == pytest.approx(expected)


def test_the_note_tells_reliable_rare_and_unreliable_themes_apart():
    flipped = [1 - value for value in ANNA]
    rare = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    frame = pd.concat(
        [
            decisions({"Anna": ANNA, "Trama": ANNA}, "sicuro"),
            decisions({"Anna": ANNA, "Trama": flipped}, "opposto"),
            decisions({"Anna": rare * 5, "Trama": rare * 5}, "raro"),
        ]
    )
    levels = trust(compare_pair(frame, "Anna", "Trama")).set_index("theme")["level"]
    assert levels[["sicuro", "opposto", "raro"]].tolist() == ["reliable", "check", "unknown"]


@pytest.mark.parametrize(
    ("people", "machine", "note"), [([0] * 50, ANNA, "trust_note.adds"), (ANNA, [0] * 50, "trust_note.misses")]
)
def test_a_theme_that_one_side_never_gives_is_added_or_missed(people, machine, note):
    frame = decisions({"Anna": people, "Trama": machine}, "tema")
    (judgement,) = trust(compare_pair(frame, "Anna", "Trama")).to_dict("records")
    assert judgement["level"] == "check"
    assert note in {part.key for part in judgement["note"].facts["notes"]}


def test_decisions_of_people_and_machine_on_the_same_segments():
    segments = pd.DataFrame({"segment": ["A:1", "A:2"], "transcript": ["A", "A"]})
    themes = (Theme("personale", "Personale"), Theme("risorse", "Risorse"))
    yes = np.array([[[True, False], [False, False]]])
    asked = np.array([[[True, True], [True, False]]])
    people = human_decisions(segments, HumanLabels(("Anna",), yes, asked, pd.DataFrame()), themes)
    assert list(map(tuple, people[["segment", "theme", "value"]].to_numpy())) == [
        ("A:1", "personale", 1),
        ("A:1", "risorse", 0),
        ("A:2", "personale", 0),
    ]
    machine = machine_decisions(segments, pd.DataFrame({"segment": ["A:2"], "theme": ["personale"]}), themes)
    assert machine["value"].tolist() == [0, 0, 1, 0]
    assert compare_pair(pd.concat([people, machine]), "Anna", "Trama")["n"].max() == 3


def test_people_agree_or_not_in_any_language():
    german = pd.DataFrame(
        {
            "segment": ["G:1", "G:2"],
            "transcript": "G",
            "start": [0, 20],
            "end": [10, 30],
            "text": ["Zehn Worte", "Noch zehnx"],
        }
    )
    passages = [("anna", "a", 0), ("bruno", "a", 0), ("anna", "b", 20), ("Trama", "", 20)]
    codings = pd.DataFrame(passages, columns=["coder", "theme", "start"]).assign(transcript="G", stance="", alone=False)
    codings = codings.assign(end=codings["start"] + 10, quote="", given=True)
    frame = decide_unread(german, [Theme("a", "A"), Theme("b", "B")], codings)
    assert set(frame["coder"]) == {"anna", "bruno", "Trama (persona)"}
    rows = compare_pair(frame, "anna", "bruno").query("theme != '' and measure == 'agreement'").set_index("theme")
    assert rows["value"].to_dict() == {"a": 1.0, "b": 0.5} and rows["n"].tolist() == [2, 2]
