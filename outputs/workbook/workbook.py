"""Every table in one Excel workbook: contents, native tables, the trail to the codings. Room outputs."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from corpus.words.language import Bilingual, Language
from corpus.words.phrase import Phrase
from outputs.chapters import says_something, why_unsaid
from outputs.numbers import Kind, Rendered
from outputs.packaging import CREATED
from outputs.words.render import RenderedTable
from outputs.words.sentences import say, sentences
from outputs.workbook.table_sheet import TableSheet
from outputs.workbook.trail_rows import LONGEST, MOST_LINKS, MOST_ROWS, SHEET, first_lines, trail_rows, write_trail
from outputs.workbook.trail_sheet import TrailSheet

FORMATS: dict[Kind, str] = {"text": "@", "count": "#,##0", "decimal": "0.00", "percent": "0.0%", "p": "0.000"}
_HEAD_ROW = 3
_LINE = 15  # points
FIRST_ROW = _HEAD_ROW + 2  # the first row of values, as Excel numbers it; column A holds the row keys
_CODINGS = "codifiche"
_CONTENTS_SHEET = Bilingual("Indice", "Contents")
_CUT = Bilingual(" … [testo tagliato: intero nei file CSV]", " … [text cut: whole in the CSV files]")
_ROWS_LEFT = Bilingual(
    " Mostrate {shown} righe su {all}: tutte nei file CSV.", " {shown} of {all} rows: all in the CSV files."
)
_LEAST_P = Bilingual('[<0.001]"<0,001";0.000', '[<0.001]"<0.001";0.000')
_SHOWN_WIDTH = 90  # signs of a line of the contents
Lines = Mapping[tuple[str, str], int]  # row key, column key -> where the trail of that number begins


def write_workbook(tables: Sequence[RenderedTable], path: Path, language: Language = "it", title: str = "") -> Path:
    """The tables as an XLSX file: contents, a sheet a table that says something (note, headings, filters), trail.

    The contents say in a sentence what each sheet shows, and why there is none of the other tables.
    The trail sheet has one row a cell and coding (or segment, or respondent), with the quotation: a click on a number
    leads to the first of its rows, and the contents lead to every sheet and back. Text is never taken for a formula.
    The same tables give the same bytes. Raises OSError.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": title, "author": "Trama", "created": CREATED})
    styles = _styles(book, language)
    speaking = [table for table in tables if says_something(table.data)]
    names = _sheet_names([table.title for table in speaking], language)
    contents = book.add_worksheet(_CONTENTS_SHEET.say(language))
    rows = trail_rows(speaking)
    lines = first_lines(rows)
    for number, (table, name) in enumerate(zip(speaking, names, strict=True), start=1):
        leading = lines.get(table.key, {})
        _write_table(book.add_worksheet(name, TableSheet), table, number, styles, language, leading)
    codings = next((table for table in tables if table.key == _CODINGS), None)
    sheet = book.add_worksheet(SHEET.say(language), TrailSheet)
    write_trail(sheet, rows, codings, language, _CONTENTS_SHEET.say(language))
    shown = [_shown(table, name, language) for table, name in zip(speaking, names, strict=True)]
    shown.append((SHEET.say(language), say(Phrase("workbook.trail"), language), len(rows)))
    absent = [(table.title, why_unsaid(table, language)) for table in tables if not says_something(table.data)]
    _write_contents(contents, shown, absent, styles, language, title)
    book.close()
    return path


def _styles(book: xlsxwriter.Workbook, language: Language) -> dict[str, Any]:
    codes = FORMATS | {"p": _LEAST_P.say(language)}
    leading = {"font_color": "#0B5394", "underline": 1, "valign": "top"}
    styles: dict[str, Any] = {}
    for kind, code in codes.items():
        styles[kind] = book.add_format({"num_format": code, "valign": "top"})
        styles[f"{kind}>"] = book.add_format({"num_format": code, **leading})
    styles["text"].set_text_wrap()
    styles["text>"].set_text_wrap()
    return styles | {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"italic": True, "text_wrap": True, "valign": "top", "font_color": "#444444"}),
        "lead": book.add_format({"text_wrap": True, "valign": "top"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "link": book.add_format(leading),
    }


def _sheet_names(titles: Sequence[str], language: Language) -> list[str]:
    taken = {sheet.say(language).casefold() for sheet in (_CONTENTS_SHEET, SHEET)}
    names = []
    for title in titles:
        plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title).strip()[:31] or "Tabella"
        name = plain
        number = 2
        while name.casefold() in taken:
            suffix = f" {number}"
            name, number = plain[: 31 - len(suffix)] + suffix, number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _write_table(
    sheet: TableSheet,
    table: RenderedTable,
    number: int,
    styles: dict[str, Any],
    language: Language,
    lines: Lines,
) -> None:
    last = max(len(table.columns), 4)
    contents = _CONTENTS_SHEET.say(language)
    sheet.write_string(0, 1, table.title, styles["title"])  # column A, with the keys, is folded away
    sheet.write_url(0, last, f"internal:'{contents}'!A1", styles["link"], f"← {contents}")
    note = table.note
    if len(table.frame) > MOST_ROWS:
        note += _ROWS_LEFT.say(language).format(shown=MOST_ROWS, all=len(table.frame))
    sheet.merge_range(1, 0, 1, last, note, styles["note"])
    sheet.set_row(1, 15 * max(1, -(-len(note) // 110)))
    if table.said:
        sheet.merge_range(2, 0, 2, last, table.said, styles["lead"])
        sheet.set_row(2, 15 * max(1, -(-len(table.said) // 110)))
    widths = [_width(table.frame[column.key].tolist(), column.label) for column in table.columns]
    _native_table(sheet, table, number, widths, styles, language, lines)
    sheet.freeze_panes(_HEAD_ROW + 1, 2)
    sheet.set_column(0, 0, 14, None, {"level": 1, "hidden": True})  # the row keys: for the trail, not for reading
    for place, width in enumerate(widths, start=1):
        sheet.set_column(place, place, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.set_footer("&L&A&R&P / &N")


def _native_table(
    sheet: TableSheet,
    table: RenderedTable,
    number: int,
    widths: Sequence[float],
    styles: dict[str, Any],
    language: Language,
    lines: Lines,
) -> None:
    heads = _distinct(["row", *(column.label for column in table.columns)])
    kinds: list[Kind] = ["text", *(column.kind for column in table.columns)]
    frame = table.frame.head(MOST_ROWS)
    top = _HEAD_ROW
    columns = [{"header": head, "header_format": styles["head"]} for head in heads]
    sheet.lay_table(top, len(frame), columns, f"Tabella_{number:02d}")
    keys = ["", *(column.key for column in table.columns)]
    links = 0
    cut = _CUT.say(language)
    sheet.set_row(
        top, _LINE * max(_lines(column.label, w * 0.8) for column, w in zip(table.columns, widths, strict=True))
    )
    held = [frame.index.tolist(), *(frame[key].tolist() for key in keys[1:])]
    for line, high in _high(held[1:], widths):  # not every program measures the text when it opens a file
        sheet.set_row(top + 1 + line, min(_LINE * high, 409))
    for line, values in enumerate(zip(*held, strict=True), start=top + 1):
        for place, (key, value, kind) in enumerate(zip(keys, values, kinds, strict=True)):
            if value is None:
                continue
            leads = lines.get((values[0], key)) if lines and links < MOST_LINKS else None
            if leads:  # the link first: what is written over it keeps it
                links += 1
                # A link in a long text keeps LibreOffice from breaking its lines: the row's name has it instead.
                where = 1 if isinstance(value, str) else place
                sheet.write_url(line, where, f"internal:'{SHEET.say(language)}'!A{leads}", styles["link"], "")
                if where != place:
                    sheet.put(line, where, str(values[where])[:LONGEST], styles["text>"])
            if isinstance(value, str):
                text = value if len(value) <= LONGEST else value[:LONGEST] + cut
                sheet.put(line, place, text, styles["text"])
            else:
                sheet.put(line, place, value, styles[f"{kind}>" if leads else kind])


def _shown(table: RenderedTable, name: str, language: Language) -> tuple[str, str, int]:
    """The sheet's name, what it shows and how many rows it has."""
    key = f"workbook.shows.{table.family}"
    return name, say(Phrase(key), language) if key in sentences() else table.title, len(table.frame)


def _write_contents(
    sheet: Any,
    shown: Sequence[tuple[str, str, int]],
    absent: Sequence[tuple[str, str]],
    styles: dict[str, Any],
    language: Language,
    title: str,
) -> None:
    """The sheets with what they show and their rows; below them the tables without a sheet, with the reason."""
    sheet.write_string(0, 0, title or _CONTENTS_SHEET.say(language), styles["title"])
    for place, head in enumerate(("sheet", "shown", "rows")):
        sheet.write_string(2, place, say(Phrase(f"workbook.{head}"), language), styles["head"])
    for line, (name, sentence, rows) in enumerate(shown, start=3):
        sheet.write_url(line, 0, f"internal:'{name}'!A1", styles["link"], name)
        sheet.write_string(line, 1, sentence, styles["text"])
        sheet.write_number(line, 2, rows, styles["count"])
    first = 4 + len(shown)
    if absent:
        sheet.write_string(first, 0, say(Phrase("workbook.absent"), language), styles["head"])
        sheet.write_blank(first, 1, None, styles["head"])
    for line, (name, reason) in enumerate(absent, start=first + 1):
        sheet.write_string(line, 0, name, styles["text"])
        sheet.write_string(line, 1, reason, styles["note"])
        sheet.set_row(line, _LINE * max(_lines(reason, _SHOWN_WIDTH), _lines(name, 34)))
    for place, width in enumerate((36, _SHOWN_WIDTH, 8)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def _high(columns: Sequence[list[Rendered]], widths: Sequence[float]) -> Iterator[tuple[int, int]]:
    """The rows, from zero, that are higher than one line, and how many lines high."""
    high: dict[int, int] = {}
    for values, width in zip(columns, widths, strict=True):
        fits = int(width * 1.05)
        for row, value in enumerate(values):
            if isinstance(value, str) and (len(value) > fits or "\n" in value):
                high[row] = max(high.get(row, 1), _lines(value, width))
    return ((row, lines) for row, lines in high.items() if lines > 1)


def _lines(value: Any, width: float) -> int:
    """The lines that a text takes in a column of `width` signs."""
    if not isinstance(value, str) or not width:
        return 1
    return sum(max(1, -(-len(part) // int(width * 1.05))) for part in value[:LONGEST].split("\n"))


def _distinct(heads: list[str]) -> list[str]:
    # A native table needs headings that differ, whatever the case of their letters.
    seen: dict[str, int] = {}
    distinct = []
    for head in heads:
        seen[head.casefold()] = seen.get(head.casefold(), 0) + 1
        distinct.append(head if seen[head.casefold()] == 1 else f"{head} ({seen[head.casefold()]})")
    return distinct


def _width(values: Sequence[Rendered], label: str) -> float:
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    return min(max(len(label) * 0.75 + 2, longest + 1, 8), 60)
