"""Memos with what they are about, and the passages behind that. Codes nothing."""

import pandas as pd

from corpus.records import Subject
from corpus.words.phrase import Phrase, phrase
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.table import Table, Value, row_key
from outputs.tables.view import View

KEY = "memo"
_FEW = 6  # words by which a memo without a title is known


def memos(view: View) -> Table:
    """One row a memo and thing it is about, in the order of the study's memos; one on the study alone has one row."""
    keys = "memo_title memo_kind subject_kind subject subject_code passage segments memo_text author memo_date file"
    table = Collector(KEY, columns(keys))
    for number, memo in enumerate(view.study.memos, start=1):
        written: dict[str, Value] = {
            "memo_title": memo.title or _beginning(memo.text),
            "memo_kind": memo.kind,
            "memo_text": memo.text,
            "author": memo.author,
            "memo_date": memo.date,
            "file": memo.file,
        }
        if not memo.subjects:
            table.add(row_key(f"{number:04d}", "0"), {**written, "subject_kind": "study"})
        for place, subject in enumerate(memo.subjects, start=1):
            row = row_key(f"{number:04d}", str(place))
            table.add(row, {**written, **_said_of(view, subject)})
            if subject.found:
                _trace(view, table, row, subject)
    return table.done("" if table.rows else Phrase("memo.none"))


def memo_segments(view: View, subject: Subject) -> pd.DataFrame:
    """The segments that respondents say of what a memo is about: of a passage those it touches; of a theme none."""
    spoken = view.spoken
    if subject.kind == "respondent":
        return spoken[spoken["respondent"] == subject.name]
    of_text = spoken[spoken["transcript"] == subject.name]
    if subject.kind == "passage":
        return of_text[(of_text["start"] < subject.end) & (of_text["end"] > subject.start)]
    return of_text


def _said_of(view: View, subject: Subject) -> dict[str, Value]:
    name = view.theme(subject.name).label if subject.kind == "theme" else subject.name
    return {
        "subject_kind": subject.kind,
        "subject": name if subject.found else phrase("memo.lost", name=name),
        "subject_code": subject.name,
        "passage": " ".join(subject.quote.split()),
    }


def _trace(view: View, table: Collector, row: str, subject: Subject) -> None:
    """How many segments are behind what the memo is about, each behind the number."""
    if subject.kind == "theme":
        table.count(row, "segments", view.said_of(subject.name))
    else:
        table.count_segments(row, "segments", memo_segments(view, subject)["segment"])


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:_FEW]) + (" …" if len(words) > _FEW else "")
