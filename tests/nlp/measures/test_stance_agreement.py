"""A respondent's stance against the same person's answer, counted from codings and answers made by hand."""

import pandas as pd
import pytest

from corpus.records import Item, Option, Theme
from corpus.schemas import LinkDecisions, empty
from corpus.settings import ReadingSection
from nlp.measures.joint_rows import read_links
from nlp.measures.linking import declared_links, link_themes
from nlp.measures.stance_agreement import stance_agreement, stances_behind
from nlp.measures.theme_mentions import coded_segments, theme_mentions
from outputs.words.sentences import say
from tests.tiny_study import PEOPLE, answers, codings, segments

SCALE = tuple(
    Option(str(value), f"Grado {value}", value, stance=stance)
    for value, stance in enumerate(["problem", "problem", "", "advantage", "advantage"], start=1)
)
GOES_WELL = Item("Q1", "Le mense vanno bene", "likert", SCALE)
WHERE = Item(
    "Q2", "Dove collaborate?", "multi",
    (Option("mense", "Mense", 1, stance="advantage"), Option("strade", "Strade", 2, stance="problem")),
)  # fmt: skip
PLAN = Item(
    "Q3",
    "Serve un piano?",
    "yesno",
    (Option("no", "No", 0, stance="not_proposal"), Option("si", "Sì", 1, stance="proposal")),
)


def _coded(stances: dict[str, str]):
    """Each respondent says one segment on the theme `mense` for each letter: v, c, p or n."""
    names = {"v": "advantage", "c": "problem", "p": "proposal", "n": "neutral"}
    said = segments(
        {
            person: [f"Parole {number}." for number in range(1, 1 + max(1, len(letters)))]
            for person, letters in stances.items()
        }
    )
    rows = [
        (f"{person}:{place:04d}", "mense", names[letter])
        for person, letters in stances.items()
        for place, letter in enumerate(letters, start=1)
    ]
    return coded_segments(codings(sorted(rows), said), said).assign(told=True), said


def _verdicts(stances, given, item):
    coded, _ = _coded(stances)
    frame = stance_agreement(
        coded, answers(given), (Theme("mense", "Mense", questionnaire_items=(item.code,)),), (item,)
    )
    return dict(zip(frame["respondent"], frame["verdict"], strict=True))


def _on_scale(values: dict[str, int]):
    return [(person, "Q1", "", str(value), value, "answered") for person, value in values.items()]


@pytest.mark.parametrize(
    ("said", "answer", "verdict"),
    [
        ("v", 5, "agrees"), ("c", 5, "contradicts"), ("ccv", 4, "contradicts"), ("vc", 5, "mixed"),
        ("vcc", 1, "agrees"), ("vv", 2, "contradicts"), ("c", 3, None), ("n", 5, None), ("p", 5, None), ("", 5, None),
    ],
)  # fmt: skip
def test_the_stance_of_more_segments_is_held_against_the_answer(said, answer, verdict):
    assert _verdicts({"R01": said}, _on_scale({"R01": answer}), GOES_WELL).get("R01") == verdict


def test_no_answer_is_no_contradiction():
    given = [("R01", "Q1", "", "", None, "dont_know"), ("R02", "Q1", "", "", None, "no_answer")]
    assert _verdicts({"R01": "c", "R02": "c", "R03": "c"}, given, GOES_WELL) == {}


@pytest.mark.parametrize(("said", "answer", "verdict"), [("p", 1, "agrees"), ("cp", 0, "contradicts"), ("c", 1, None)])
def test_a_proposal_agrees_with_whoever_makes_one(said, answer, verdict):
    given = [("R01", "Q3", "", "si" if answer else "no", float(answer), "answered")]
    assert _verdicts({"R01": said}, given, PLAN).get("R01") == verdict


def test_of_a_multiple_response_the_option_that_names_the_theme_counts():
    given = [("R01", "Q2", "mense", "1", 1.0, "answered"), ("R01", "Q2", "strade", "1", 1.0, "answered")]
    given += [("R02", "Q2", "mense", "0", 0.0, "answered"), ("R02", "Q2", "strade", "1", 1.0, "answered")]
    assert _verdicts({"R01": "c", "R02": "c"}, given, WHERE) == {"R01": "contradicts"}


@pytest.mark.parametrize(
    ("told", "verdict"), [("advantage", "contradicts"), ("problem", "unchecked"), ("", "unchecked")]
)
def test_nobody_contradicts_themselves_by_the_machines_stance_alone(told, verdict):
    coded, _ = _coded({"R01": "vvc"})
    given = answers(_on_scale({"R01": 1}))
    themes = (Theme("mense", "Mense", questionnaire_items=("Q1",)),)
    frame = stance_agreement(coded.assign(told=coded["stance"] == told), given, themes, (GOES_WELL,))
    assert frame["verdict"].tolist() == [verdict]


@pytest.mark.parametrize(
    ("answer", "counts", "behind"),
    [
        ("advantage|proposal", (2, 0, 0), ("advantage",)),
        ("advantage|proposal", (0, 0, 1), ("proposal",)),
        ("problem|not_proposal", (1, 1, 1), ("advantage", "problem", "proposal")),
        ("proposal", (2, 0, 1), ("proposal",)),
    ],
)
def test_answers_of_two_kinds_rest_on_what_is_said_of_each(answer, counts, behind):
    assert stances_behind(answer, *counts) == behind


def test_the_order_of_rows_changes_nothing():
    coded, _ = _coded({person: "ccv" if number % 2 else "v" for number, person in enumerate(PEOPLE)})
    given = answers(_on_scale({person: number % 5 + 1 for number, person in enumerate(PEOPLE)}))
    theme = (Theme("mense", "Mense", questionnaire_items=("Q1",)),)
    found = stance_agreement(coded, given, theme, (GOES_WELL,))
    shuffled = stance_agreement(
        coded.sample(frac=1, random_state=1), given.sample(frac=1, random_state=2), theme, (GOES_WELL,)
    )
    pd.testing.assert_frame_equal(found, shuffled)


@pytest.mark.parametrize(("then", "outdated"), [("divergence", False), ("", False), ("convergence", True)])
def test_a_persons_reading_stands_before_the_rules_and_says_when_they_have_changed(then, outdated):
    row = _read_as({"reading": "complementarity", "reason": "spiegano altro", "rules_reading": then})
    assert (row["reading"], row["rules_reading"]) == ("complementarity", "divergence")
    why = say(row["why"], "it")
    assert why.startswith("letto da una persona (Anna, 3/5/2026): spiegano altro. Le regole dicono: divergenza")
    assert row["outdated"] == outdated == ("dicevano convergenza" in why)


def test_people_who_tick_that_it_goes_well_and_tell_problems_make_a_divergence():
    row = _read_as({})
    assert (row["reading"], row["agree"], row["contradict"], row["mixed"]) == ("divergence", 7, 5, 0)
    why = say(row["why"], "it")
    assert "5 rispondenti su 12" in why and why.endswith("R01, R02, R03, R04, R05")


def _read_as(person: dict[str, str]):
    """The row of a link on which five of twelve contradict their answer, as a person reads it or the rules alone."""
    stances = {name: "cc" if number < 5 else "v" for number, name in enumerate(PEOPLE)}
    coded, said = _coded(stances)
    given = answers(_on_scale(dict.fromkeys(PEOPLE, 4)))
    themes = (Theme("mense", "Mense", questionnaire_items=("Q1",)),)
    mentions = theme_mentions(coded, said, ["mense"])
    linked = link_themes(mentions, given, (GOES_WELL,), declared_links(themes, (GOES_WELL,)), 1)
    agreement = stance_agreement(coded, given, themes, (GOES_WELL,))
    decisions = empty(LinkDecisions)
    if person:
        made = {"theme": "mense", "item": "Q1", "decision": "", "author": "Anna", "date": "3/5/2026", **person}
        decisions = LinkDecisions.validate(pd.DataFrame([made])[list(LinkDecisions.to_schema().columns)])
    return read_links(linked, mentions, themes, (GOES_WELL,), ReadingSection(), decisions, agreement).iloc[0]
