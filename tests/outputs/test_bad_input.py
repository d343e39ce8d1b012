"""Studies that leave little to compute: every table is still there, and says why where there is no number."""

import math
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from nlp.measures import association
from outputs.tables.all_tables import build_tables
from tests.nlp.measures.studied import PEOPLE, study

STUDY, RESULTS = study()


@pytest.fixture(autouse=True, scope="module")
def _few_resamples():
    # These tests look at what is said, not at p: fewer draws keep them short.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(association, "RESAMPLES", 99)
        yield


def _only(people):
    kept = RESULTS.segments[RESULTS.segments["respondent"].isin(people)]
    codings = RESULTS.codings[RESULTS.codings["segment"].isin(kept["segment"])]
    members = RESULTS.topic_members[RESULTS.topic_members["segment"].isin(kept["segment"])]
    languages = RESULTS.languages[RESULTS.languages["segment"].isin(kept["segment"])]
    answers = STUDY.answers[STUDY.answers["respondent"].isin(people)]
    respondents = STUDY.respondents[STUDY.respondents["respondent"].isin(people)]
    results = replace(RESULTS, segments=kept, codings=codings, topic_members=members, languages=languages)
    return replace(STUDY, answers=answers, respondents=respondents), results


def _alone():
    classes = ["da sola" if person == "R01" else "altri" for person in PEOPLE]
    return replace(STUDY, respondents=STUDY.respondents.assign(classe=classes)), RESULTS


def _alike():
    number = STUDY.answers["number"].where(STUDY.answers["number"].isna(), 1.0)
    value = STUDY.answers["item"].map({"Q4": "si"}).fillna("1")  # the code that says yes
    return replace(STUDY, answers=STUDY.answers.assign(number=number, value=value)), RESULTS


def _missing():
    return replace(STUDY, answers=STUDY.answers.assign(status="no_answer", number=None)), RESULTS


def _no_class():
    return replace(STUDY, respondents=STUDY.respondents.assign(classe="")), RESULTS


def _many():
    """Two hundred respondents: the twelve again and again under other names."""
    names = {f"{person}{copy:02d}": person for copy in range(17) for person in PEOPLE}
    names = dict(list(names.items())[:200])

    def again(frame, column, prefixed=()):
        parts = []
        for name, person in names.items():
            mine = frame[frame[column] == person]
            parts.append(mine.assign(**{key: mine[key].str.replace(person, name) for key in (column, *prefixed)}))
        return pd.concat(parts, ignore_index=True)

    speaker = RESULTS.segments.set_index("segment")["respondent"]
    segments = again(RESULTS.segments, "respondent", ("segment", "transcript"))
    codings = again(RESULTS.codings.assign(who=RESULTS.codings["segment"].map(speaker)), "who", ("segment", "coding"))
    languages = again(RESULTS.languages.assign(who=RESULTS.languages["segment"].map(speaker)), "who", ("segment",))
    results = replace(
        RESULTS,
        segments=segments,
        codings=codings.drop(columns="who"),
        topic_members=RESULTS.topic_members.iloc[:0],
        languages=languages.drop(columns="who"),
        entities=RESULTS.entities.iloc[:0],
    )
    transcripts = tuple(
        replace(next(t for t in STUDY.transcripts if t.id == person), id=name) for name, person in names.items()
    )
    respondents = again(STUDY.respondents, "respondent", ("transcript",))
    answers = again(STUDY.answers, "respondent")
    return replace(STUDY, transcripts=transcripts, respondents=respondents, answers=answers), results


CASES = {
    "one respondent": lambda: _only(PEOPLE[:1]),
    "a class of one": _alone,
    "everybody answers alike": _alike,
    "nothing answered": _missing,
    "no class known": _no_class,
    "no codings at all": lambda: (STUDY, replace(RESULTS, codings=RESULTS.codings.iloc[:0])),
    "no themes": lambda: (replace(STUDY, themes=()), replace(RESULTS, codings=RESULTS.codings.iloc[:0])),
    "two hundred respondents": _many,
}


@cache
def _built(case):
    return {table.key: table for table in build_tables(*CASES[case]())}


@pytest.mark.parametrize("case", CASES)
def test_no_table_holds_a_number_that_is_none(case):
    for table in _built(case).values():
        for value in table.frame.to_numpy().ravel():
            assert not (isinstance(value, float) and not math.isfinite(value)), table.key
            assert value != "nan", table.key


def _effects(case, key):
    return _built(case)[key].frame


def test_a_class_of_one_says_why():
    frame = _effects("a class of one", "domande_classe")
    assert frame.loc["Q2|", "effect"] == "non calcolabile: un solo gruppo"  # R01 says "non so"
    assert frame.loc["Q1|", "effect"] == "non calcolabile: un gruppo ha un solo rispondente"


def test_an_item_all_answer_alike_says_why():
    frame = _effects("everybody answers alike", "domande_classe")
    assert set(frame["effect"]) == {"non calcolabile: valori tutti uguali"}


def test_what_nobody_answered_says_why():
    frame = _effects("nothing answered", "temi_domande")
    known = frame[frame["item"] != "Q9"]
    assert set(known["effect"]) == {"non calcolabile: nessuna risposta valida"}
    assert frame["p"].isna().all()


def test_one_respondent_gets_no_percentage_and_no_type():
    tables = _built("one respondent")
    assert set(tables["temi"].frame["share"]) == {"non calcolabile: meno di 10 rispondenti"}
    assert tables["tipi"].frame.empty
    assert tables["casi"].frame.index.tolist() == ["R01"]
