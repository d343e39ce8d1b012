"""Codings of several files and people as one frame: what disagrees is settled one way and told."""

import pandas as pd
import pytest

from corpus.codings.settled_codings import settle_codings
from corpus.schemas import HumanCodings

COLUMNS = list(HumanCodings.to_schema().columns)


def settled(*rows):
    """From (theme, stance, coder) at one passage."""
    frame = pd.DataFrame([("S01", 0, 9, "una frase", *row, False, True) for row in rows], columns=COLUMNS)
    codings, problems = settle_codings(frame, "codings")
    return codings[["theme", "stance", "coder"]].to_numpy().tolist(), [fault.say("en") for fault in problems]


def test_what_agrees_is_left_alone():
    rows = (("a", "problem", "Anna"), ("b", "", "Anna"), ("a", "proposal", "Ugo"), ("", "", "Bo"))
    codings, problems = settled(*rows)
    assert codings == sorted(list(row) for row in rows) and problems == []
    assert settle_codings(HumanCodings.validate(pd.DataFrame(columns=COLUMNS)).iloc[:0])[1] == ()


@pytest.mark.parametrize(
    ("rows", "kept", "said"),
    [
        ((("a", "", "Anna"), ("a", "neutral", "Anna")), [["a", "neutral", "Anna"]], ()),
        ((("a", "proposal", "Anna"), ("a", "neutral", "Anna")), [["a", "proposal", "Anna"]], ("different stances",)),
        ((("a", "", "anna"), ("a", "neutral", "Anna ")), [["a", "neutral", "Anna "]], ("read as one person",)),
        ((("", "", "Anna"), ("a", "", "Anna")), [["a", "", "Anna"]], ("the theme counts (`S01` 0-9)",)),
        ((("", "", "ANNA"), ("b", "", "Anna"), ("a", "", "Anna")), [["a", "", "Anna"], ["b", "", "Anna"]],
         ("read as one person", "the theme counts")),
    ],
)  # fmt: skip
def test_what_disagrees_is_settled_and_told(rows, kept, said):
    codings, problems = settled(*rows)
    assert codings == kept
    assert [words in line for words, line in zip(said, problems, strict=True)] == [True] * len(said)
