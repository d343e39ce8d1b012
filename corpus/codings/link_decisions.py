"""What people decided on links between themes and items, `collegamenti.csv`. Decides nothing, proposes nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from corpus.errors import Notebook, Problem
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
    folder: Path, themes: Sequence[Theme], items: Mapping[str, str]
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The LinkDecisions frame in the order of the file, and what is wrong.

    `items` are the questionnaire's, code -> text.
    Columns of the file: theme and item; decision (accetta, rifiuta or blank); reading with its reason, author and date;
    rules_reading, what the rules said when a person read the row; all optional. The proposals of a run have the same
    columns, so that its file can be filled in and put here. A row with neither decision nor reading says nothing; a
    reading without a reason is not taken. Raises StudyError when the file cannot be read.
    """
    sheet = read_sheet(folder, FILE, ("theme", "item"), COLUMNS)
    notebook = sheet.notebook()
    codes = {theme.code for theme in themes}
    spelled = {fold(name): theme.code for theme in themes for name in (theme.label, theme.code)}
    rows: dict[tuple[str, str], list[str]] = {}
    numbers: dict[tuple[str, str], int] = {}
    for line in sheet.rows:
        page = notebook.at(line.number)
        pair = {"theme": spelled.get(fold(line["theme"]), line["theme"])}
        pair["item"] = item_called(line["item"], items) or line["item"]
        row = Row(line.number, {**line.cells, **pair})
        if not (row["decision"] or row["reading"]) or not _are_known(row, codes, items, page):
            continue
        decided = _DECISIONS.get(fold(row["decision"]), "")
        if row["decision"] and not decided:
            page.error(
                "scrivi `accetta` o `rifiuta`", "write `accetta` (accept) or `rifiuta` (reject)", column="decision"
            )
            if not row["reading"]:
                continue
        key = (row["theme"], row["item"])
        if key in rows:
            page.warning(
                "il legame è già deciso in una riga precedente: vale quella", "already decided above: that counts"
            )
            continue
        reading = _reading(row, page)
        by_rules = _READINGS.get(fold(row["rules_reading"]), "")
        rows[key] = [*key, decided, reading, row["reason"], by_rules, row["author"], row["date"]]
        numbers[key] = row.number
    if not rows:
        return empty(LinkDecisions), notebook.problems
    frame = pd.DataFrame(list(rows.values()), columns=list(LinkDecisions.to_schema().columns))
    decisions = LinkDecisions.validate(frame)
    _tell_readings_of_no_link(themes, decisions, numbers, notebook)
    return decisions, notebook.problems


def apply_decisions(themes: Sequence[Theme], decisions: pd.DataFrame) -> tuple[Theme, ...]:
    """The themes with the items that hold: the codebook's and the accepted ones, without the rejected."""
    decided = {
        (theme, item): decision
        for theme, item, decision in decisions[["theme", "item", "decision"]].itertuples(index=False)
    }
    decided_themes = []
    for theme in themes:
        accepted = [item for (code, item), decision in decided.items() if code == theme.code and decision == "accept"]
        items = dict.fromkeys([*theme.questionnaire_items, *accepted])
        linked = tuple(item for item in items if decided.get((theme.code, item)) != "reject")
        decided_themes.append(replace(theme, questionnaire_items=linked))
    return tuple(decided_themes)


def _tell_readings_of_no_link(
    themes: Sequence[Theme], decisions: pd.DataFrame, numbers: Mapping[tuple[str, str], int], notebook: Notebook
) -> None:
    """Readings of links that nobody declares or accepts, or that the same file takes away."""
    linked = {theme.code: theme.questionnaire_items for theme in apply_decisions(themes, decisions)}
    read = decisions[decisions["reading"] != ""]
    for theme, item in read[["theme", "item"]].itertuples(index=False):
        if item not in linked[theme]:
            notebook.warning(
                f"la lettura è di un legame che non c'è ({theme} – {item}): non vale; accetta il legame o togli la "
                "riga",
                f"the reading is of a link that is not there ({theme} – {item}): accept the link or take the row out",
                row=numbers[theme, item],
                column="reading",
            )


def _are_known(row: Row, themes: Collection[str], items: Collection[str], page: Notebook) -> bool:
    """Whether theme and item of the row exist; the first that does not is told."""
    if row["theme"] not in themes:
        hint = suggestion(row["theme"], themes)
        page.error(
            f"il tema `{row['theme']}` non è nel codebook{hint.it}: la riga è lasciata fuori",
            f"the theme `{row['theme']}` is not in the codebook{hint.en}: the row is left out",
            column="theme",
        )
        return False
    if row["item"] not in items:
        hint = suggestion(row["item"], items)
        page.error(
            f"la domanda `{row['item']}` non è nel questionario{hint.it}: la riga è lasciata fuori",
            f"the item `{row['item']}` is not in the questionnaire{hint.en}: the row is left out",
            column="item",
        )
        return False
    return True


def _reading(row: Row, page: Notebook) -> str:
    if not row["reading"]:
        return ""
    reading = _READINGS.get(fold(row["reading"]), "")
    if not reading:
        page.error(
            f"lettura sconosciuta; scrivi una di: {_LISTED}", f"unknown reading; one of {_LISTED}", column="reading"
        )
    elif not row["reason"]:
        page.error(
            "manca il motivo della lettura: vale quella delle regole; scrivi il motivo nella colonna `reason`",
            "the reading has no reason: that of the rules holds; write the reason in the column `reason`",
            column="reason",
        )
        return ""
    return reading
