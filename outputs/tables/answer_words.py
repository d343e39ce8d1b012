"""Answers as a reader says them: labels instead of codes, a multiple response in one cell. No numbers."""

from corpus.study import Study
from corpus.words.language import Bilingual, Language
from corpus.words.missing_words import missing_word
from outputs.tables.table import records

_NOTHING_TICKED = Bilingual("nessuna opzione", "no option")


def answers_in_words(study: Study, language: Language) -> dict[tuple[str, str], str]:
    """(respondent, item) -> the answer in words; where there is none, why (don't know, no answer, not shown ...)."""
    items = {item.code: item for item in study.items}
    labels = {(item.code, option.value): option.label for item in study.items for option in item.options}
    found: dict[tuple[str, str], list[str]] = {}
    for row in records(study.answers):
        parts = found.setdefault((row["respondent"], row["item"]), [])
        if row["status"] != "answered":
            word = missing_word(row["status"], language)
            parts += [word] if word not in parts else []
        elif not row["option"]:
            unit = items[row["item"]].unit if row["item"] in items else ""
            parts.append(" ".join(filter(None, (row["label"] or row["value"], unit))))
        elif row["number"] == 1:
            parts.append(labels.get((row["item"], row["option"]), row["option"]))
    return {key: "; ".join(said) or _NOTHING_TICKED.say(language) for key, said in found.items()}
