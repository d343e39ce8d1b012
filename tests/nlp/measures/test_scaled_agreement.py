"""Agreement on more than two values, on stances and on the extent of passages: published examples, and the package."""

import krippendorff
import numpy as np
import pandas as pd
import pytest

from corpus.codings.human_labels import label_segments
from corpus.records import Theme
from corpus.schemas import HumanCodings
from corpus.words.stances import STANCES
from nlp.measures.agreement import ALL_THEMES, human_decisions
from nlp.measures.agreement_measures import coincidences, scaled_alpha
from nlp.measures.passage_agreement import ORDER, compare_passages, compare_stances, passage_measures
from tests.tiny_study import segments

NAN = np.nan
# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, C: four observers, twelve units, values 1 to 5.
OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815)])
def test_alpha_of_krippendorffs_four_observers(level, published):
    found = float(scaled_alpha(coincidences(OBSERVERS.T - 1, 5).sum(axis=0), level))
    assert found == pytest.approx(published, abs=5e-4)
    assert found == pytest.approx(krippendorff.alpha(OBSERVERS, level_of_measurement=level))


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
@pytest.mark.parametrize("coders", [2, 3, 5])
def test_alpha_is_that_of_the_package_whoever_left_what_out(level, coders):
    random = np.random.default_rng(coders)
    values = random.integers(0, 4, (coders, 80)).astype(float)
    values[1:] = np.where(random.random((coders - 1, 80)) < 0.6, values[0], values[1:])
    values[random.random(values.shape) < 0.25] = NAN
    halves = [coincidences(values.T[part], 4).sum(axis=0) for part in (slice(0, 33), slice(33, 80))]
    expected = krippendorff.alpha(values, level_of_measurement=level, value_domain=[0, 1, 2, 3])
    assert float(scaled_alpha(sum(halves), level)) == pytest.approx(expected)


def test_what_cannot_be_calculated_is_nothing():
    assert np.isnan(scaled_alpha(coincidences(np.array([[1.0, 1.0], [NAN, 2.0]]), 3).sum(axis=0), "nominal"))
    assert not coincidences(np.array([[1.0, NAN], [NAN, NAN]]), 3).any()


def test_alpha_of_passages_is_that_of_signs():
    # The continuum of Krippendorff 2004, Content Analysis, p. 254, category c: 225-295 and 370-400 against 220-300,
    # 355-375 and 400-420, of 150-450.
    one = np.zeros(300)
    other = np.zeros(300)
    for row, spans in ((one, ((225, 295), (370, 400))), (other, ((220, 300), (355, 375), (400, 420)))):
        for start, end in spans:
            row[start - 150 : end - 150] = 1
    sums = np.array([(one * other).sum(), (one * (1 - other)).sum(), ((1 - one) * other).sum(), 155])
    found = passage_measures(sums)
    assert float(found["iou"]) == pytest.approx(75 / 145)
    expected = krippendorff.alpha(np.array([one, other]), level_of_measurement="nominal")
    assert float(found["alpha_passages"]) == pytest.approx(expected)


THEMES = (Theme("mense", "Mense"), Theme("strade", "Strade"))


TALK = segments({f"R0{number}": ["Una frase lunga così.", "E un'altra frase così"] for number in range(1, 5)})
PLACES = TALK[["transcript", "start", "end"]].to_numpy().tolist()


def decided(rows):
    """People's decisions on `TALK` and their codings, of rows transcript, start, end, theme, stance, coder."""
    full = [(transcript, start, end, "", *others, False, True) for transcript, start, end, *others in rows]
    codings = HumanCodings.validate(pd.DataFrame(full, columns=list(HumanCodings.to_schema().columns)))
    return human_decisions(TALK, label_segments(TALK, codings, THEMES), THEMES), codings


def value(frame, measure, theme="mense"):
    return frame[(frame["measure"] == measure) & (frame["theme"] == theme)].iloc[0]


def test_passages_are_compared_sign_by_sign_where_both_decided():
    rows = [(*place, "mense", "", "Anna") for place in PLACES]
    rows += [(transcript, start, end - 6, "mense", "", "Bo") for transcript, start, end in PLACES]
    decisions, codings = decided(rows)
    frame = compare_passages(decisions, TALK, codings, "Anna", "Bo")
    signs = sum(end - start for _, start, end in PLACES)
    assert value(frame, "iou")["value"] == pytest.approx((signs - 6 * len(PLACES)) / signs)
    assert value(frame, "alpha_passages")["value"] < 0.1  # where nothing is left unmarked by both there is no agreement
    assert value(frame, "iou", ALL_THEMES)["value"] == value(frame, "iou")["value"]
    never = value(frame, "iou", "strade")
    assert pd.isna(never["value"]) and never["reason"] == "never given"


def test_what_one_of_two_did_not_read_is_not_compared():
    rows = [(*place, "mense", "", "Anna") for place in PLACES] + [(*PLACES[0], "mense", "", "Bo")]
    decisions, codings = decided(rows)
    frame = compare_passages(decisions, TALK, codings, "Anna", "Bo")
    assert value(frame, "iou")["interviews"] == 1 and value(frame, "iou")["value"] == pytest.approx(0.5, abs=0.02)


ANNA = ["problem", "problem", "neutral", "advantage", "advantage", "proposal", "neutral", ""]
BO = ["problem", "neutral", "neutral", "advantage", "problem", "proposal", "advantage", "neutral"]


def test_stances_are_compared_where_both_give_the_theme():
    rows = [(*place, "mense", stance, "Anna") for place, stance in zip(PLACES, ANNA, strict=True)]
    rows += [(*place, "mense", stance, "Bo") for place, stance in zip(PLACES, BO, strict=True)]
    decisions, codings = decided(rows)
    frame = compare_stances(decisions, TALK, codings, THEMES, "Anna", "Bo")
    assert value(frame, "stance_same")["value"] == pytest.approx(4 / 7) and value(frame, "stance_same")["n"] == 7
    pairs = [pair for pair in zip(ANNA, BO, strict=True) if all(pair)]
    named = np.array([[STANCES.index(name) for name in pair] for pair in pairs]).T
    expected = krippendorff.alpha(named, level_of_measurement="nominal")
    assert value(frame, "alpha_stance")["value"] == pytest.approx(expected)
    ordered = [[ORDER.index(name) for name in pair] for pair in pairs if "proposal" not in pair]
    expected = krippendorff.alpha(np.array(ordered).T, level_of_measurement="ordinal")
    assert value(frame, "alpha_stance_order")["value"] == pytest.approx(expected)
    nothing = value(frame, "alpha_stance", "strade")
    assert pd.isna(nothing["value"]) and nothing["reason"] == "no stances"
