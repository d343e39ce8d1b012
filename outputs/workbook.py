"""Every table in one Excel workbook: contents, native tables, the trail to the codings. Room outputs."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from corpus.language import Bilingual, Language
from outputs.tables.table import Kind, Table
from outputs.trail_sheet import TrailSheet

CREATED = datetime(2000, 1, 1)  # fixed, so that the same study gives the same bytes
FORMATS: dict[Kind, str] = {"text": "@", "count": "#,##0", "decimal": "0.00", "percent": "0.0%", "p": "0.000"}
_LONGEST = 32_000  # Excel cuts a cell at 32,767 characters
_MOST_ROWS = 1_048_000  # a sheet holds 1,048,576 rows
_HEAD_ROW = 3
FIRST_ROW = _HEAD_ROW + 2  # the first row of values, as Excel numbers it; column A holds the row keys
_SHEETS = {"contents": Bilingual("Indice", "Contents"), "cells": Bilingual("Dai numeri alle citazioni", "Trail")}
_CONTENTS = [Bilingual("Foglio", "Sheet"), Bilingual("Tabella", "Table"), Bilingual("Righe", "Rows")]
_CONTENTS += [Bilingual("Nota", "Note")]
_TRAIL = ["table", "row", "column", "segment", "coding", "respondent"]


def write_workbook(tables: Sequence[Table], path: Path, language: Language = "it", title: str = "") -> Path:
    """The tables as an XLSX file: contents, one sheet a table (note, frozen headings, filters), and the trail sheet.

    The trail sheet has one row a cell and coding (or segment, or respondent): table, row key and column key lead from a
    number to what is behind it; the codings themselves are the table `codifiche`. Text is never taken for a formula.
    The same tables give the same bytes. Raises OSError.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": title, "author": "Trama", "created": CREATED})
    styles = _styles(book)
    names = _sheet_names([table.title for table in tables], language)
    contents = book.add_worksheet(_SHEETS["contents"].say(language))
    for number, (table, name) in enumerate(zip(tables, names, strict=True), start=1):
        _write_table(book.add_worksheet(name), table, number, styles, language)
    _write_trail(book.add_worksheet(_SHEETS["cells"].say(language), TrailSheet), tables)
    _write_contents(contents, tables, names, styles, language, title)
    book.close()
    return path


def column_letters(place: int) -> str:
    """The letters of a column counted from zero (A = 0)."""
    return str(xl_col_to_name(place))


def _styles(book: xlsxwriter.Workbook) -> dict[str, Any]:
    styles = {kind: book.add_format({"num_format": code, "valign": "top"}) for kind, code in FORMATS.items()}
    styles["text"].set_text_wrap()
    return styles | {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"italic": True, "text_wrap": True, "valign": "top", "font_color": "#444444"}),
        "lead": book.add_format({"text_wrap": True, "valign": "top"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "link": book.add_format({"font_color": "#0B5394", "underline": 1, "valign": "top"}),
    }


def _sheet_names(titles: Sequence[str], language: Language) -> list[str]:
    taken = {sheet.say(language).casefold() for sheet in _SHEETS.values()}
    names = []
    for title in titles:
        plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title).strip()[:31] or "Tabella"
        name, number = plain, 2
        while name.casefold() in taken:
            suffix = f" {number}"
            name, number = plain[: 31 - len(suffix)] + suffix, number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _write_table(sheet: Any, table: Table, number: int, styles: dict[str, Any], language: Language) -> None:
    sheet.write_string(0, 0, table.title, styles["title"])
    last = max(len(table.columns), 4)
    sheet.merge_range(1, 0, 1, last, table.note, styles["note"])
    sheet.set_row(1, 15 * max(1, -(-len(table.note) // 110)))
    if table.lead:
        sheet.merge_range(2, 0, 2, last, table.lead, styles["lead"])
        sheet.set_row(2, 15 * max(1, -(-len(table.lead) // 110)))
    _native_table(sheet, _HEAD_ROW, table, number, styles)
    sheet.freeze_panes(_HEAD_ROW + 1, 2)
    sheet.set_column(0, 0, 14, None, {"level": 1, "hidden": True})  # the row keys: for the trail, not for reading
    for place, column in enumerate(table.columns, start=1):
        sheet.set_column(place, place, _width(table.frame[column.key], column.label))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)


def _native_table(sheet: Any, top: int, table: Table, number: int, styles: dict[str, Any]) -> None:
    heads = _distinct(["row", *(column.label for column in table.columns)])
    kinds: list[Kind] = ["text", *(column.kind for column in table.columns)]
    rows = max(len(table.frame), 1)
    columns = [{"header": head, "header_format": styles["head"]} for head in heads]
    options = {"name": f"Tabella_{number:02d}", "columns": columns, "style": "Table Style Light 1"}
    sheet.add_table(top, 0, top + rows, len(heads) - 1, options)
    for line, values in enumerate(table.frame.itertuples(name=None), start=top + 1):
        for place, (value, kind) in enumerate(zip(values, kinds, strict=True)):
            _write_cell(sheet, line, place, value, styles[kind], styles["text"])


def _write_cell(sheet: Any, line: int, place: int, value: Any, style: Any, text_style: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(line, place, value[:_LONGEST], text_style)
    else:
        sheet.write_number(line, place, value, style)


def _write_trail(sheet: TrailSheet, tables: Sequence[Table]) -> None:
    parts = []
    for table in tables:
        parts += [part.assign(table=table.key) for part in (table.cells, table.people) if len(part)]
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_TRAIL)
    sheet.fill(rows.head(_MOST_ROWS).reindex(columns=_TRAIL).fillna("").astype(str), "Trail")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 5, 24)


def _write_contents(
    sheet: Any, tables: Sequence[Table], names: list[str], styles: dict[str, Any], language: Language, title: str
) -> None:
    sheet.write_string(0, 0, title or _SHEETS["contents"].say(language), styles["title"])
    for place, head in enumerate(_CONTENTS):
        sheet.write_string(2, place, head.say(language), styles["head"])
    for line, (table, name) in enumerate(zip(tables, names, strict=True), start=3):
        sheet.write_url(line, 0, f"internal:'{name}'!A1", styles["link"], name)
        sheet.write_string(line, 1, table.title, styles["text"])
        sheet.write_number(line, 2, len(table.frame), styles["count"])
        sheet.write_string(line, 3, table.note, styles["note"])
    for place, width in enumerate((32, 44, 8, 100)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(3, 0)


def _distinct(heads: list[str]) -> list[str]:
    # A native table needs headings that differ, whatever the case of their letters.
    seen: dict[str, int] = {}
    distinct = []
    for head in heads:
        seen[head.casefold()] = seen.get(head.casefold(), 0) + 1
        distinct.append(head if seen[head.casefold()] == 1 else f"{head} ({seen[head.casefold()]})")
    return distinct


def _width(values: pd.Series, label: str) -> float:
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    return min(max(len(label) * 0.75 + 2, longest + 1, 8), 60)
