"""Answers as a reader says them: labels instead of codes, a multiple response in one cell. No numbers."""

from corpus.language import Bilingual, Language
from corpus.study import Study
from outputs.tables.table import records


def answers_in_words(study: Study, language: Language) -> dict[tuple[str, str], str]:
    """(respondent, item) -> the answer in words; where there is none, why (non so, non risponde, non mostrata)."""
    items = {item.code: item for item in study.items}
    labels = {(item.code, option.value): option.label for item in study.items for option in item.options}
    found: dict[tuple[str, str], list[str]] = {}
    for row in records(study.answers):
        key = (row["respondent"], row["item"])
        if row["status"] != "answered":
            found[key] = [row["status"]]
        elif not row["option"]:
            unit = items[row["item"]].unit if row["item"] in items else ""
            found[key] = [" ".join(filter(None, (row["label"] or row["value"], unit)))]
        else:
            ticked = [labels.get((row["item"], row["option"]), row["option"])] if row["number"] == 1 else []
            found[key] = [*found.get(key, []), *ticked]
    nothing = Bilingual("nessuna opzione", "no option").say(language)
    return {key: "; ".join(said) or nothing for key, said in found.items()}
