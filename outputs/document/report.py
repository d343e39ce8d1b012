"""A report being written: chapters that appear with their first content, tables where they fit. Room outputs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.words.phrase import Phrase
from outputs.chapters import says_something
from outputs.charts import Chart, charts_of
from outputs.charts.pictures import png
from outputs.document.fields import Entry, Marks, add_list, count_sequence
from outputs.document.grid import NO_BANDS, Bands, add_table
from outputs.document.joint import lay_joint
from outputs.document.quoted import Quoted, quotations_in
from outputs.document.shortened import shorten
from outputs.document.styles import CONTENTS, LIST_TITLE, LISTED
from outputs.document.widths import fit_columns, row_keys, shorten_heads, split_columns, unbroken
from outputs.document.word import (
    add_caption,
    add_finding,
    add_heading,
    add_lead,
    add_note,
    add_picture,
    add_points,
    add_quotation,
    add_text,
    add_warning,
    is_landscape,
    text_room,
    turn_page,
)
from outputs.run.record import RunRecord
from outputs.shown import Shown, show
from outputs.tables.table import Table
from outputs.words.render import RenderedTable, render_all
from outputs.words.sentences import say

JOINT = "joint_display"
_LONG = 40  # rows from which a table stays in the workbook, unless asked for or one row a theme
_TALL = 8.0  # lines of a cell from which a table is laid on its side
_QUOTATIONS = ("quotations", "topic_quotations")


@dataclass(frozen=True)
class _Laid:
    """A table as it comes on paper, upright or on its side; in one part where the page is wide enough."""

    table: RenderedTable
    parts: tuple[Shown, ...]
    landscape: bool
    bands: Bands = NO_BANDS


class Report:
    """The document, what was numbered so far, and which tables are wanted (none named: all that a page can hold).

    `roomy`: a template's letters, whose widths are not known, get a sixth more room than Arial.
    """

    def __init__(self, run: RunRecord, document: Any, wanted: Sequence[str], roomy: bool):
        self.run = run
        self.document = document
        self.wanted = tuple(wanted)
        self.drawn = charts_of(run)
        self.printed: set[str] = set()
        self.quoted = Quoted(run.language)
        self._scale = 7 / 6 if roomy else 1.0
        self._marks = Marks(document)
        self._base = is_landscape(document)
        self._labels = {"table": run.words("document.table"), "figure": run.words("document.figure")}
        self._counts = {kind: count_sequence(document, label) for kind, label in self._labels.items()}
        self._entries: dict[str, list[Entry]] = {"contents": [], "table": [], "figure": []}
        self._waiting: dict[int, str] = {}
        self._on_new_page = False

    def heading(self, text: str, level: int = 1, new_page: bool = False) -> None:
        """A heading that appears with the first content below it."""
        self._on_new_page |= new_page
        self._waiting = {known: title for known, title in self._waiting.items() if known < level} | {level: text}

    def text(self, text: str) -> None:
        """A paragraph."""
        self._begin()
        add_text(self.document, text)

    def points(self, sentences: list[str]) -> None:
        """A list of sentences; nothing where there are none."""
        if sentences:
            self._begin()
            add_points(self.document, sentences)

    def note(self, text: str) -> None:
        """Small print; it calls no heading into being."""
        if not self._waiting:
            add_note(self.document, text)

    def quotation(self, text: str, respondent: str, source: str, whole: bool = False) -> None:
        """A numbered quotation; `whole` also where it was printed before."""
        self._begin()
        add_quotation(self.document, self.quoted.print(text, respondent, source, whole=whole))

    def finding(self, sentence: str, caveat: str, quotations: Sequence[Phrase | str]) -> None:
        """A sentence in bold, what has to be known before it is believed, and quotations that it rests on."""
        self._begin()
        new = [quotation for quotation in quotations if not self.quoted.holds(quotation)]
        add_finding(self.document, sentence, caveat)
        for quotation in new or quotations[:1]:
            add_quotation(self.document, self.quoted.print_phrase(quotation))

    def chart_over(self, table: str) -> bool:
        """The chart over a table, where there is one; whether it stands in the document now. It is drawn once."""
        charts = [chart for chart in self.drawn if chart.over == table]
        for chart in charts:
            if chart.key not in self.printed:
                self.printed.add(chart.key)
                self._chart(chart)
        return bool(charts)

    def tables(self, tables: Iterable[RenderedTable]) -> None:
        """The wanted ones of some tables: first those for the page as it is, then those that need it on its side."""
        chosen = [laid for laid in map(self._lay, tables) if laid]
        for laid in sorted(chosen, key=lambda each: each.landscape):
            self.printed.add(laid.table.key)
            self._table(laid)

    def grid(self, title: str, shown: Shown, note: str) -> None:
        """Texts in columns that are no table of the run, with caption and note."""
        self._table(self._fit(self._untabled(title, note), shown))

    def columns(self, shown: Shown, description: str) -> None:
        """Texts in columns without caption, under a heading that says what they are."""
        laid = self._fit(self._untabled(), shown)
        self._begin(laid.landscape)
        self._parts(laid, description, "")

    def is_wanted(self, table: RenderedTable | None) -> bool:
        """Whether a table says something and was asked for, or nothing was."""
        return table is not None and says_something(table.data) and (not self.wanted or table.key in self.wanted)

    def not_printed(self, later: str = "") -> None:
        """The tables that are too large for a page, by name, but for the one that comes `later`."""
        printed = {*self.printed, later}
        speaking = [table for table in self.run.tables if says_something(table.data)]
        left = [table.title for table in speaking if table.key not in printed]
        if left and not self.wanted:
            text = self.run.words("document.workbook_only")
            self.text(text + "; ".join(left) + ".")

    def lists(self, before: Any) -> None:
        """Contents and lists of tables and figures, in front of the paragraph `before`."""
        hint = self.run.words("document.update_fields")
        for kind, title, code in (
            ("contents", self.run.words("document.contents"), 'TOC \\o "1-2" \\h \\z \\u'),
            ("table", self.run.words("document.tables"), f'TOC \\h \\z \\c "{self._labels["table"]}"'),
            ("figure", self.run.words("document.figures"), f'TOC \\h \\z \\c "{self._labels["figure"]}"'),
        ):
            entries = self._entries[kind]
            if entries:
                before.insert_paragraph_before(title, style=LIST_TITLE)
                paragraphs = [before.insert_paragraph_before() for _ in entries]
                add_list(paragraphs, code, entries, hint if kind == "contents" else "")

    def _begin(self, landscape: bool | None = None) -> None:
        """Bring the page into position and print the headings that wait for content."""
        wide = self._base if landscape is None else landscape
        if is_landscape(self.document) != wide:
            turn_page(self.document, wide)
        for level, text in self._waiting.items():
            paragraph = add_heading(self.document, text, level)
            paragraph.paragraph_format.page_break_before = self._on_new_page or None
            self._on_new_page = False
            if level <= len(CONTENTS):
                mark = f"_Trama{len(self._entries['contents']) + 1}"
                self._marks.around(paragraph, mark)
                self._entries["contents"].append(Entry(text, mark, CONTENTS[level - 1]))
        self._waiting = {}

    def _untabled(self, title: str = "", note: str = "") -> RenderedTable:
        """A heading and a note for rows that are in no table of the run."""
        return render_all([Table("", title, note, (), self.run.results.segments.iloc[:0])], self.run.language)[0]

    def _lay(self, table: RenderedTable) -> _Laid | None:
        """The table on paper; None where it is not wanted or, unasked, too large."""
        if not self.is_wanted(table):
            return None
        if table.key == JOINT:
            shown, bands = lay_joint(table, self.run.language, self.quoted.print_phrase)
            return replace(self._fit(table, shown), bands=bands)
        columns = tuple(column for column in table.columns if column.key not in _QUOTATIONS)
        told = shorten(replace(table, columns=columns), self.run.language)
        laid = self._fit(told, show(told, self.run.language))
        fits = len(laid.parts) == 1 and len(table.frame) <= max(_LONG, len(self.run.themes) + 1)
        return laid if fits or self.wanted else None

    def _fit(self, table: RenderedTable, shown: Shown) -> _Laid:
        shown = unbroken(shown)
        upright, side = (text_room(self.document, wide) / self._scale for wide in (self._base, True))
        fit = fit_columns(shown, upright)
        if fit.lines <= _TALL:
            return _Laid(table, (shown,), self._base)
        short, words = shorten_heads(shown)
        if words and fit_columns(short, upright).lines <= _TALL:
            return _Laid(replace(table, note=f"{table.note} ({words}.)"), (short,), self._base)
        return _Laid(table, tuple(split_columns(shown, side)), landscape=True)

    def _table(self, laid: _Laid) -> None:
        """One table: what it says in words, its caption, the table, its note, the quotations of its rows."""
        table = laid.table
        self._begin(laid.landscape)
        number, mark = self._number("table")
        if table.warning:
            add_warning(self.document, table.warning)
        if table.lead:
            add_lead(self.document, table.lead.rstrip(" ."), mark, f"{self._labels['table']} {number}")
        self._caption("table", number, mark, table.title)
        self._parts(laid, table.title, f"{self._labels['table']} {number} ({self.run.words('document.continued')})")
        add_note(self.document, table.note)
        if table.key != JOINT:
            self._quoted_rows(table, laid.parts[0])

    def _parts(self, laid: _Laid, description: str, goes_on: str) -> None:
        """The table, in each of its parts; `goes_on` stands above all but the first."""
        for place, part in enumerate(laid.parts):
            if place:
                add_note(self.document, goes_on)
            fit = fit_columns(part, text_room(self.document, laid.landscape) / self._scale)
            add_table(self.document, part, [width * self._scale for width in fit.widths], description, laid.bands)

    def _quoted_rows(self, table: RenderedTable, shown: Shown) -> None:
        """The quotations of a table's rows, below it: in a narrow column they would fill pages."""
        self.heading(self.run.words("document.quotations") + table.title, level=2)
        keys = row_keys(shown)
        for key in filter(table.frame.columns.__contains__, _QUOTATIONS):
            for row, cell in zip(shown.rows, table.data.frame[key], strict=True):
                self.heading(" – ".join(filter(None, (row[place] for place in keys))), level=3)
                for quotation in quotations_in(cell):
                    self._begin()
                    add_quotation(self.document, self.quoted.print_phrase(quotation))
        self._waiting = {}

    def _chart(self, chart: Chart) -> None:
        language = self.run.language
        title, note, alt = (say(text, language) for text in (chart.title, chart.note, chart.alt))
        over = self.run.table(chart.over)
        self._begin()
        number, mark = self._number("figure")
        add_picture(self.document, png(chart, language), title, alt)
        self._caption("figure", number, mark, title)
        add_note(self.document, f"{note} {over.caution}".rstrip() if over else note)

    def _number(self, kind: str) -> tuple[int, str]:
        self._counts[kind] += 1
        return self._counts[kind], f"_Ref{self._labels[kind]}{self._counts[kind]}"

    def _caption(self, kind: str, number: int, mark: str, title: str) -> None:
        label = self._labels[kind]
        add_caption(self.document, label, number, title, self._marks, mark)
        self._entries[kind].append(Entry(f"{label} {number}. {title}", mark, LISTED))
