"""Which quotations stand for a theme, and where they stand."""

from dataclasses import replace

import pandas as pd
import pytest

from outputs.quotations import place_of, quotations


def changed(run, **frames):
    return replace(run, results=replace(run.results, **frames))


def test_the_machines_stance_neither_chooses_nor_is_told(run):
    codings = run.results.codings
    machine = changed(run, codings=codings.assign(how="learned", stance="problem"))
    neutral = changed(run, codings=codings.assign(how="learned", stance="neutral"))
    assert quotations(machine, 3) == quotations(neutral, 3)
    assert {one.stance for told in quotations(machine, 3).values() for one in told} == {""}
    people = quotations(changed(run, codings=codings.assign(how="human", stance="problem")), 1)
    assert people["personale"][0].stance == "criticità"


def test_a_readable_quotation_goes_before_a_short_one_with_a_higher_score(run):
    codings = run.results.codings.assign(how="learned")
    personale = codings["theme"] == "personale"
    first, second = codings.loc[personale, "segment"].iloc[:2]
    segments = run.results.segments.copy()
    segments["words"] = segments["segment"].map({second: 20}).fillna(3).astype("int64")
    codings["score"] = codings["segment"].map({first: 0.99}).fillna(0.6)
    told = quotations(changed(run, codings=codings, segments=segments), 3)
    assert [one.respondent for one in told["personale"]] == [segments.set_index("segment").loc[second, "respondent"]]


def test_a_passage_stands_for_one_theme_where_the_other_has_more(run):
    codings = run.results.codings
    both = codings[codings["theme"] == "rifiuti"].assign(theme="personale", coding=lambda frame: frame["coding"] + "2")
    told = quotations(changed(run, codings=pd.concat([both, codings], ignore_index=True)), 1)
    assert told["personale"][0].text != told["rifiuti"][0].text


def test_a_run_without_codings_or_themes_has_no_quotations(run):
    assert not any(quotations(changed(run, codings=run.results.codings.iloc[:0]), 3).values())
    assert quotations(replace(run, data=()), 3) == {}


@pytest.mark.parametrize(("transcript", "start", "place"), [
    ("R01", pd.NA, "turno 1"),
    ("R01", 62_000, "0:01:02"),
    ("gruppo A", pd.NA, "gruppo A, turno 1"),
    ("questionario:R01", pd.NA, "risposta scritta"),
])  # fmt: skip
def test_a_quotation_says_where_it_stands(run, transcript, start, place):
    segment = run.results.segments.iloc[0].copy()
    segment["transcript"] = transcript
    segment["start_ms"] = start
    assert (segment["respondent"], place_of(run, segment)) == ("R01", place)
