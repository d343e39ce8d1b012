"""Memos as they are printed: each whole, once, with who wrote it, when and about what. Room outputs."""

from collections.abc import Collection
from dataclasses import dataclass

from corpus.words.spelling import fold
from outputs.run.record import RunRecord
from outputs.tables.table import records, row_parts

TABLE = "memo"
ON_THEMES = ("theme", "passage")


@dataclass(frozen=True, slots=True)
class PrintedMemo:
    """A memo in words: `about` says what it is about, who wrote it and when."""

    title: str
    paragraphs: tuple[str, ...]
    about: str


def memos_on(run: RunRecord, kinds: Collection[str] = (), subject: str = "") -> list[PrintedMemo]:
    """The memos on any of these kinds of subject (codes of `subject_kind`), by default on no theme or passage.

    `subject` is the code of the one subject wanted.
    """
    table = run.table(TABLE)
    if table is None:
        return []
    coded = table.data.frame
    numbers = [row_parts(row)[0] for row in coded.index]
    printed: list[PrintedMemo] = []
    for number in dict.fromkeys(numbers):
        mine = [own == number for own in numbers]
        subjects = records(coded[mine][["subject_kind", "subject_code"]])
        on_themes = any(each["subject_kind"] in ON_THEMES for each in subjects)
        on_it = any(each["subject_kind"] in kinds and subject in ("", each["subject_code"]) for each in subjects)
        if on_it or (not kinds and not on_themes):
            printed.append(_printed(records(table.frame[mine])))
    return printed


def _printed(rows: list[dict[str, str]]) -> PrintedMemo:
    first = rows[0]
    subjects = "; ".join(
        " ".join(filter(None, (row["subject_kind"], row["subject"], _quoted(row["passage"])))) for row in rows
    )
    signed = ", ".join(filter(None, (first["author"], first["memo_date"])))
    text = str(first["memo_text"] or "")
    own_words = fold(text).startswith(fold(first["memo_title"]).rstrip(" …"))
    paragraphs = tuple(part.strip() for part in text.split("\n\n") if part.strip())
    return PrintedMemo(
        "" if own_words and text else first["memo_title"], paragraphs, " · ".join(filter(None, (subjects, signed)))
    )


def _quoted(passage: str | None) -> str:
    return f"«{passage}»" if passage else ""
