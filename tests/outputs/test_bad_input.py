"""Studies that leave little to compute: every table is still there, and says why where there is no number."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from nlp.measures import association
from tests.tiny_study import PEOPLE, rendered_tables


@pytest.fixture(autouse=True, scope="module")
def _few_resamples():
    # These tests look at what is said, not at p: fewer draws keep them short.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(association, "RESAMPLES", 99)
        yield


def _only(study, results, people):
    kept = results.segments[results.segments["respondent"].isin(people)]
    codings = results.codings[results.codings["segment"].isin(kept["segment"])]
    members = results.topic_members[results.topic_members["segment"].isin(kept["segment"])]
    languages = results.languages[results.languages["segment"].isin(kept["segment"])]
    answers = study.answers[study.answers["respondent"].isin(people)]
    respondents = study.respondents[study.respondents["respondent"].isin(people)]
    results = replace(results, segments=kept, codings=codings, topic_members=members, languages=languages)
    return replace(study, answers=answers, respondents=respondents), results


def _alone(study, results):
    classes = ["da sola" if person == "R01" else "altri" for person in PEOPLE]
    return replace(study, respondents=study.respondents.assign(classe=classes)), results


def _alike(study, results):
    number = study.answers["number"].where(study.answers["number"].isna(), 1.0)
    value = study.answers["item"].map({"Q4": "si"}).fillna("1")  # the code that says yes
    return replace(study, answers=study.answers.assign(number=number, value=value)), results


def _missing(study, results):
    return replace(study, answers=study.answers.assign(status="no_answer", number=None)), results


def _no_class(study, results):
    return replace(study, respondents=study.respondents.assign(classe="")), results


def _many(study, results):
    """Two hundred respondents: the twelve again and again under other names."""
    names = {f"{person}{copy:02d}": person for copy in range(17) for person in PEOPLE}
    names = dict(list(names.items())[:200])

    def again(frame, column, prefixed=()):
        parts = []
        for name, person in names.items():
            mine = frame[frame[column] == person]
            parts.append(mine.assign(**{key: mine[key].str.replace(person, name) for key in (column, *prefixed)}))
        return pd.concat(parts, ignore_index=True)

    speaker = results.segments.set_index("segment")["respondent"]
    segments = again(results.segments, "respondent", ("segment", "transcript"))
    codings = again(results.codings.assign(who=results.codings["segment"].map(speaker)), "who", ("segment", "coding"))
    languages = again(results.languages.assign(who=results.languages["segment"].map(speaker)), "who", ("segment",))
    results = replace(
        results,
        segments=segments,
        codings=codings.drop(columns="who"),
        topic_members=results.topic_members.iloc[:0],
        languages=languages.drop(columns="who"),
        entities=results.entities.iloc[:0],
    )
    transcripts = tuple(
        replace(next(t for t in study.transcripts if t.id == person), id=name) for name, person in names.items()
    )
    respondents = again(study.respondents, "respondent", ("transcript",))
    answers = again(study.answers, "respondent")
    return replace(study, transcripts=transcripts, respondents=respondents, answers=answers), results


CASES = {
    "one respondent": lambda study, results: _only(study, results, PEOPLE[:1]),
    "a class of one": _alone,
    "everybody answers alike": _alike,
    "nothing answered": _missing,
    "no class known": _no_class,
    "no codings at all": lambda study, results: (study, replace(results, codings=results.codings.iloc[:0])),
    "no themes": lambda study, results: (replace(study, themes=()), replace(results, codings=results.codings.iloc[:0])),
    "two hundred respondents": _many,
}


@pytest.fixture(scope="module")
def built(study, results):
    """Case -> its tables by key, each case built when a test first asks for it."""
    return _Built(study, results)


class _Built(dict):
    def __init__(self, study, results):
        super().__init__()
        self._of = (study, results)

    def __missing__(self, case):
        self[case] = {table.key: table for table in rendered_tables(*CASES[case](*self._of))}
        return self[case]


@pytest.mark.parametrize("case", CASES)
def test_no_table_holds_a_number_that_is_none(built, case):
    for table in built[case].values():
        for value in table.frame.to_numpy().ravel():
            assert not (isinstance(value, float) and not math.isfinite(value)), table.key
            assert value != "nan", table.key


def test_a_class_of_one_says_why(built):
    frame = built["a class of one"]["domande_classe"].frame
    assert frame.loc["Q2|", "effect"] == "non calcolabile: un solo gruppo"  # R01 says "non so"
    assert frame.loc["Q1|", "effect"] == "non calcolabile: nessuna coppia di classi con almeno 3 rispondenti"


def test_an_item_all_answer_alike_says_why(built):
    frame = built["everybody answers alike"]["domande_classe"].frame
    assert set(frame["effect"]) == {"non calcolabile: valori tutti uguali"}


def test_what_nobody_answered_says_why(built):
    frame = built["nothing answered"]["temi_domande"].frame
    known = frame[frame["item"] != "Q9"]
    assert set(known["effect"]) == {"non calcolabile: nessuna risposta valida"}
    assert frame["p"].isna().all()


def test_one_respondent_gets_no_percentage_and_no_type(built):
    tables = built["one respondent"]
    assert set(tables["temi"].frame["share"]) == {"non calcolabile: meno di 10 rispondenti"}
    assert tables["tipi"].frame.empty
    assert tables["casi"].frame.index.tolist() == ["R01"]
