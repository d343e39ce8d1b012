"""What people decided on links between themes and items, `collegamenti.csv`. Decides nothing, proposes nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from corpus.errors import Problem, problem
from corpus.questionnaire.item_names import item_called
from corpus.records import Theme
from corpus.schemas import LinkDecisions, empty
from corpus.tables.sheets import Row, read_sheet
from corpus.words.language import Bilingual
from corpus.words.spelling import fold, suggestion

FILE = "collegamenti.csv"
COLUMNS = (
    "theme",
    "label",
    "item",
    "text",
    "similarity",
    "rank",
    "why",
    "decision",
    "reading",
    "reason",
    "rules_reading",
    "author",
    "date",
)
_DECISIONS = {
    **dict.fromkeys(("accetta", "accettato", "accept", "accepted", "si", "yes"), "accept"),
    **dict.fromkeys(("rifiuta", "rifiutato", "reject", "rejected", "no"), "reject"),
}
DECISION_NAMES: Mapping[str, Bilingual] = {
    "accept": Bilingual("accetta", "accept"),
    "reject": Bilingual("rifiuta", "reject"),
}
READING_NAMES: Mapping[str, Bilingual] = {
    "silence": Bilingual("silenzio", "silence"),
    "insufficient_evidence": Bilingual("evidenza insufficiente", "insufficient evidence"),
    "divergence": Bilingual("divergenza", "divergence"),
    "convergence": Bilingual("convergenza", "convergence"),
    "complementarity": Bilingual("complementarità", "complementarity"),
    "inconclusive": Bilingual("inconclusivo", "inconclusive"),
}
_READINGS: Mapping[str, str] = {fold(word): code for code, names in READING_NAMES.items() for word in names}
_LISTED = ", ".join(names.it for names in READING_NAMES.values())  # as messages list them


def read_link_decisions(
    folder: Path, themes: Sequence[Theme], items: Mapping[str, str], file: str = FILE
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The LinkDecisions frame in the order of the file, and what is wrong.

    `items` are the questionnaire's, code -> text.
    Columns of the file: theme and item; decision (accetta, rifiuta or blank); reading with its reason, author and date;
    rules_reading, what the rules said when a person read the row; all optional. The proposals of a run have the same
    columns, so that its file can be filled in and put here. A row with neither decision nor reading says nothing; a
    reading without a reason is not taken. Raises StudyError when the file cannot be read.
    """
    sheet = read_sheet(folder, file, ("theme", "item"), COLUMNS)
    file, problems = sheet.file, list(sheet.problems)
    codes = {theme.code for theme in themes}
    spelled = {fold(name): theme.code for theme in themes for name in (theme.label, theme.code)}
    rows: dict[tuple[str, str], list[str]] = {}
    numbers: dict[tuple[str, str], int] = {}
    for line in sheet.rows:
        pair = {"theme": spelled.get(fold(line["theme"]), line["theme"])}
        pair["item"] = item_called(line["item"], items) or line["item"]
        row = Row(line.number, {**line.cells, **pair})
        if not (row["decision"] or row["reading"]) or not _known(row, codes, items, file, problems):
            continue
        decided = _DECISIONS.get(fold(row["decision"]), "")
        if row["decision"] and not decided:
            it, en = "scrivi `accetta` o `rifiuta`", "write `accetta` (accept) or `rifiuta` (reject)"
            problems.append(problem(it, en, file, row.number, "decision"))
            if not row["reading"]:
                continue
        key = (row["theme"], row["item"])
        if key in rows:
            it, en = "il legame è già deciso in una riga precedente: vale quella", "already decided above: that counts"
            problems.append(problem(it, en, file, row.number, severity="warning"))
            continue
        read, computed = _reading(row, file, problems), _READINGS.get(fold(row["rules_reading"]), "")
        rows[key] = [*key, decided, read, row["reason"], computed, row["author"], row["date"]]
        numbers[key] = row.number
    if not rows:
        return empty(LinkDecisions), tuple(problems)
    frame = pd.DataFrame(list(rows.values()), columns=list(LinkDecisions.to_schema().columns))
    decisions = LinkDecisions.validate(frame)
    return decisions, (*problems, *_read_but_not_there(themes, decisions, numbers, file))


def apply_decisions(themes: Sequence[Theme], decisions: pd.DataFrame) -> tuple[Theme, ...]:
    """The themes with the items that hold: the codebook's and the accepted ones, without the rejected."""
    decided = {
        (theme, item): decision
        for theme, item, decision in decisions[["theme", "item", "decision"]].itertuples(index=False)
    }
    made = []
    for theme in themes:
        accepted = [item for (code, item), decision in decided.items() if code == theme.code and decision == "accept"]
        items = dict.fromkeys([*theme.questionnaire_items, *accepted])
        kept = tuple(item for item in items if decided.get((theme.code, item)) != "reject")
        made.append(replace(theme, questionnaire_items=kept))
    return tuple(made)


def _read_but_not_there(
    themes: Sequence[Theme], decisions: pd.DataFrame, numbers: Mapping[tuple[str, str], int], file: str
) -> Iterator[Problem]:
    """Readings of links that nobody declares or accepts, or that the same file takes away."""
    held = {theme.code: theme.questionnaire_items for theme in apply_decisions(themes, decisions)}
    read = decisions[decisions["reading"] != ""]
    for theme, item in read[["theme", "item"]].itertuples(index=False):
        if item not in held[theme]:
            it = (
                f"la lettura è di un legame che non c'è ({theme} – {item}): non vale; accetta il legame o togli la riga"
            )
            en = f"the reading is of a link that is not there ({theme} – {item}): accept the link or take the row out"
            yield problem(it, en, file, numbers[theme, item], "reading", "warning")


def _known(row: Row, themes: Collection[str], items: Collection[str], file: str, problems: list[Problem]) -> bool:
    for column, codes, it, en in (
        ("theme", themes, "il tema `{}` non è nel codebook{}", "the theme `{}` is not in the codebook{}"),
        ("item", items, "la domanda `{}` non è nel questionario{}", "the item `{}` is not in the questionnaire{}"),
    ):
        if row[column] not in codes:
            hint = suggestion(row[column], codes)
            it, en = it.format(row[column], hint.it), en.format(row[column], hint.en)
            problems.append(
                problem(f"{it}: la riga è lasciata fuori", f"{en}: the row is left out", file, row.number, column)
            )
            return False
    return True


def _reading(row: Row, file: str, problems: list[Problem]) -> str:
    if not row["reading"]:
        return ""
    found = _READINGS.get(fold(row["reading"]), "")
    if not found:
        it, en = (
            f"lettura sconosciuta; scrivi una di: {_LISTED}",
            f"unknown reading; one of {_LISTED}",
        )
        problems.append(problem(it, en, file, row.number, "reading"))
    elif not row["reason"]:
        it = "manca il motivo della lettura: vale quella delle regole; scrivi il motivo nella colonna `reason`"
        en = "the reading has no reason: that of the rules holds; write the reason in the column `reason`"
        problems.append(problem(it, en, file, row.number, "reason"))
        return ""
    return found
