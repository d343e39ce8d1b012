"""Answers as a reader reads them: labels instead of codes, a multiple response in one cell. Knows no language."""

from corpus.study import Study
from corpus.words.phrase import Phrase, phrase
from outputs.tables.table import records

Answer = Phrase | str


def given_answers(study: Study) -> dict[tuple[str, str], Answer]:
    """(respondent, item) -> the answer's labels; where there is none, why (don't know, no answer, not shown ...)."""
    items = {item.code: item for item in study.items}
    labels = {(item.code, option.value): option.label for item in study.items for option in item.options}
    parts_by_answer: dict[tuple[str, str], list[Answer]] = {}
    for row in records(study.answers):
        parts = parts_by_answer.setdefault((row["respondent"], row["item"]), [])
        if row["status"] != "answered":
            missing = Phrase(f"missing.{row['status']}")
            parts += [missing] if missing not in parts else []
        elif not row["option"]:
            unit = items[row["item"]].unit if row["item"] in items else ""
            parts.append(" ".join(filter(None, (row["label"] or row["value"], unit))))
        elif row["number"] == 1:
            parts.append(labels.get((row["item"], row["option"]), row["option"]))
    return {answered: _in_one(parts) for answered, parts in parts_by_answer.items()}


def _in_one(parts: list[Answer]) -> Answer:
    if not parts:  # of a multiple response no option is ticked
        return Phrase("answer.nothing_ticked")
    return parts[0] if len(parts) == 1 else phrase("list.semicolon", parts=tuple(parts))
