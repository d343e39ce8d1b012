"""From a cell of a table back to what is behind it: quotations with speaker and place, or people. Room outputs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import pandas as pd

from corpus.errors import StudyError, study_error
from corpus.words.spelling import fold, suggestion
from corpus.words.stances import stance_word
from outputs.numbers import Rendered, clock, format_value
from outputs.run.record import RunRecord
from outputs.words.render import RenderedColumn, RenderedTable
from outputs.workbook.table_sheet import column_letters
from outputs.workbook.workbook import FIRST_ROW

_WORKBOOK_CELL = re.compile(r"^(?P<table>.+)!\$?(?P<letters>[A-Za-z]{1,3})\$?(?P<row>\d+)$")
_LISTED = 12


@dataclass(frozen=True)
class Behind:
    """A cell and what it counts. `quotations` has the columns segment, text, respondent, speaker, time, file, start,
    end, theme, stance, evidence (the last three "" where a segment itself is counted); `people` are respondents."""

    table: RenderedTable
    row: str
    column: RenderedColumn
    value: str
    quotations: pd.DataFrame
    people: tuple[str, ...]


def what_is_behind(run: RunRecord, cell: Sequence[str]) -> Behind:
    """What is behind a cell named as `temi!F5` (the workbook's cell) or as table, row and column.

    A table is named by its key or title, a row by its key or first text, a column by its key or heading, whatever the
    capitals and accents; its beginning will do where no other begins so. Raises StudyError that lists what there is.
    """
    table, row, column = _locate(run, cell)
    value = format_value(cast(Rendered, table.frame.loc[row, column.key]), column.kind, run.language)
    return Behind(table, row, column, value, _quotations(run, table, row, column.key), _people(table, row, column.key))


def _locate(run: RunRecord, cell: Sequence[str]) -> tuple[RenderedTable, str, RenderedColumn]:
    found = _WORKBOOK_CELL.match(cell[0]) if len(cell) == 1 else None
    if found:
        table = _table(run, found["table"])
        return table, *_workbook_cell(table, found["letters"].upper(), int(found["row"]))
    if not cell:
        raise _missing("tabella", "table", "", [f"{table.key} ({table.title})" for table in run.tables])
    table = _table(run, cell[0])
    rows = {str(key): _name(table, str(key)) for key in table.frame.index}
    if len(cell) < 2:
        raise _missing("riga", "row", "", _listed(rows))
    row = _named("riga", "row", cell[1], rows)
    counted = {column.key: column.label for column in table.columns}
    if len(cell) < 3:
        raise _missing(
            "colonna", "column", "", [counted[key] for key in _leading(table, row)] or list(counted.values())
        )
    key = _named("colonna", "column", " ".join(cell[2:]), counted)
    return table, row, next(column for column in table.columns if column.key == key)


def _table(run: RunRecord, name: str) -> RenderedTable:
    titles = {table.key: table.title for table in run.tables}
    sheets = {key: title[:31] for key, title in titles.items()}  # as Excel shortens them
    key = next((key for key, title in sheets.items() if fold(title) == fold(name)), None)
    found = run.table(key or _named("tabella", "table", name, titles))
    assert found is not None  # its key is one of the run's tables
    return found


def _workbook_cell(table: RenderedTable, letters: str, row: int) -> tuple[str, RenderedColumn]:
    columns = {column_letters(place): column for place, column in enumerate(table.columns, start=1)}
    line = row - FIRST_ROW
    if letters not in columns or not 0 <= line < len(table.frame):
        last = FIRST_ROW + len(table.frame) - 1
        ends = list(columns)
        raise study_error(
            f"nel foglio di `{table.key}` le celle vanno da {ends[0]}{FIRST_ROW} a {ends[-1]}{last} (foglio non "
            "riordinato)",
            f"the sheet of `{table.key}` has cells from {ends[0]}{FIRST_ROW} to {ends[-1]}{last} (sheet not "
            "sorted anew)",
        )
    return str(table.frame.index[line]), columns[letters]


def _named(it: str, en: str, name: str, known: dict[str, str]) -> str:
    """The key that is `name`, or whose label it is, or the only one of which either begins so.

    Raises StudyError that lists what there is, or which are meant when there are several.
    """
    wanted = fold(name)
    same = (
        [key for key in known if key == name]
        or [key for key in known if fold(key) == wanted]
        or [key for key, label in known.items() if fold(label) == wanted]
    )
    begun = [key for key in known if wanted and fold(key).startswith(wanted)]
    begun += [key for key, label in known.items() if wanted and key not in begun and fold(label).startswith(wanted)]
    found = same or (begun if len(begun) == 1 else [])
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(found[:_LISTED]) + (f", … ({len(found)})" if len(found) > _LISTED else "")
        raise study_error(
            f"più di una {it} si chiama `{name}`: indica la chiave ({keys})",
            f"more than one {en} is called `{name}`: name its key ({keys})",
        )
    close = [known[key] for key in begun]
    raise _missing(it, en, name, close or _listed(known))


def _listed(known: dict[str, str]) -> list[str]:
    """The labels, each after its key where a label comes twice."""
    twice = len(set(known.values())) < len(known)
    return [f"{key} ({label})" if twice and label != key else label for key, label in known.items()]


def _leading(table: RenderedTable, row: str) -> list[str]:
    """The columns whose cell in this row leads to quotations or people."""
    trails = (table.cells, table.people)
    led = {column for trail in trails for column in trail.loc[trail["row"] == row, "column"]}
    return [column.key for column in table.columns if column.key in led]


def _name(table: RenderedTable, row: str) -> str:
    text = table.frame.loc[row].iloc[0] if len(table.columns) else None
    return text if isinstance(text, str) and text else row


def _missing(it: str, en: str, name: str, known: Sequence[str]) -> StudyError:
    hint = suggestion(name, known) if name else suggestion("", ())
    more = f", … ({len(known)})" if len(known) > _LISTED else ""
    there = ", ".join(dict.fromkeys(known[:_LISTED])) + more
    if name:
        return study_error(f"{it} `{name}` non trovata{hint.it}. Ci sono: {there}",
                           f"{en} `{name}` not found{hint.en}. There are: {there}")  # fmt: skip
    return study_error(f"quale {it}? Ci sono: {there}", f"which {en}? There are: {there}")


def _quotations(run: RunRecord, table: RenderedTable, row: str, column: str) -> pd.DataFrame:
    cells = table.cells[(table.cells["row"] == row) & (table.cells["column"] == column)]
    if table.key == "codifiche":
        cells = run.results.codings.loc[run.results.codings["coding"] == row, ["segment", "coding"]]
    files = run.manifest.get("transcripts", {})
    where = run.results.segments.set_index("segment")
    coded = run.results.codings.set_index("coding")[["theme", "stance", "evidence"]]
    found = cells[["segment", "coding"]].join(where, on="segment").join(coded, on="coding")
    found = found.sort_values(["respondent", "segment", "coding"], kind="stable", ignore_index=True)
    return pd.DataFrame(
        {
            **{name: found[name] for name in ("segment", "text", "respondent", "speaker")},
            "time": ["" if pd.isna(ms) else clock(int(ms)) for ms in found["start_ms"]],
            "file": [files.get(name, name) for name in found["transcript"]],
            **{name: found[name] for name in ("start", "end")},
            **{name: found[name].fillna("") for name in ("theme", "stance", "evidence")},
        }
    )


def _people(table: RenderedTable, row: str, column: str) -> tuple[str, ...]:
    mine = table.people[(table.people["row"] == row) & (table.people["column"] == column)]
    return tuple(mine["respondent"])


def tell(behind: Behind, run: RunRecord) -> list[str]:
    """The cell and what is behind it, as lines to print."""
    name = _name(behind.table, behind.row)
    lines = [f"{behind.table.title} · {name} · {behind.column.label}: {behind.value or '-'}"]
    if behind.people:
        lines.append(run.say("Rispondenti: ", "Respondents: ") + ", ".join(behind.people))
    shown = behind.quotations
    if len(shown):
        people = shown.loc[shown["respondent"] != "", "respondent"].nunique()
        lines.append(
            run.say(
                f"{shown['segment'].nunique()} segmenti di {people} rispondenti:",
                f"{shown['segment'].nunique()} segments of {people} respondents:",
            )
        )
    for quote in shown.to_dict("records"):
        time = f", {quote['time']}" if quote["time"] else ""
        word = stance_word(quote["stance"], run.language)
        stance = f" [{run.themes.get(quote['theme'], quote['theme'])}, {word}]" if quote["theme"] else ""
        lines.append(
            f"\n{quote['respondent'] or '?'} ({quote['speaker']}){stance} {quote['file']}, "
            f"{quote['start']}-{quote['end']}{time}\n  «{quote['text']}»"
        )
    if not behind.people and not len(shown):
        labels = {column.key: column.label for column in behind.table.columns}
        leading = [labels[key] for key in _leading(behind.table, behind.row)]
        lines.append(
            run.say(
                "Dietro questa cella non ci sono citazioni: è un testo o un risultato di calcolo. "
                f"{behind.column.meaning}. {behind.table.note}",
                "There are no quotations behind this cell: it is a text or the result of a computation. "
                f"{behind.column.meaning}. {behind.table.note}",
            )
        )
        if leading:
            names = ", ".join(leading)
            lines.append(
                run.say(f"In questa riga portano a citazioni o persone: {names}.",
                        f"In this row these lead to quotations or people: {names}.")
            )  # fmt: skip
    return lines
