"""The report as a Word document that a researcher hands in or pastes from. Room outputs: writes what tables hold."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from outputs.document.checklists import checklist
from outputs.document.methods import methods
from outputs.document.word import (
    add_caption,
    add_lead,
    add_note,
    add_picture,
    add_quotation,
    add_quoted_line,
    add_table,
    open_document,
    turn_page,
)
from outputs.figures import Figure, build_figures, render
from outputs.findings import chapters, quotations, summary
from outputs.packaging import save_package
from outputs.page.words import WORDS
from outputs.run_record import RunRecord
from outputs.shown import Shown, show
from outputs.tables.table import Table

_QUOTED = 3  # quotations a theme
_WIDE = 7  # columns from which a table needs the page on its side
_LONG = 40  # rows from which a table stays in the workbook, unless asked for
_BROAD = 14  # the same for columns
_THEMES, _TOPICS = ("temi", "posizioni"), ("argomenti",)
_FIRST, _LAST = ("campione",), ("lasciati_fuori",)
_TOLD = ("risultati",)  # a table of sentences: printed as paragraphs
_QUOTATIONS = ("quotations", "topic_quotations")
_BESIDE = ("joint_display",)  # tables that keep their quotations in a column: reading across is their point
_NEVER = ("codifiche",)  # every coding: its place is the workbook


def write_document(run: RunRecord, path: Path, template: Path | None = None, tables: Sequence[str] = ()) -> Path:
    """The run as DOCX: summary, sample, themes, quotations, topics, joint display, further tables, methods.

    `template`: a .docx whose styles, pages and opening text are used. `tables` names the tables wanted (default: all
    that a page can hold). Every table and figure has a caption that Word numbers, its n and method below it, and a
    figure its alternative text. The same run gives the same bytes. Raises StudyError (template), OSError.
    """
    document = open_document(template, run.language)
    report = _Report(run, document, tables)
    document.add_paragraph(run.settings.study.title, style="Title")
    if run.settings.study.fictional:
        add_note(document, WORDS["fictional_long"].say(run.language))
    report.heading(run.say("Sintesi", "Summary"))
    for sentence in summary(run):
        document.add_paragraph(sentence, style="List Bullet")
    _add_findings(report)
    report.tables(run.say("Il campione", "The sample"), _FIRST)
    report.heading(run.say("I temi", "The themes"))
    report.figures("prevalenza", "mappa_temi")
    report.tables("", _THEMES)
    report.figures("rete_temi", "saturazione")
    _add_quotations(report)
    report.heading(run.say("Argomenti emergenti", "Emergent topics"))
    report.figures("mappa_argomenti")
    report.tables("", _TOPICS)
    report.tables(run.say("Altre tabelle", "Further tables"), _rest(run, ("joint_display",)), wide=False)
    report.landscape()
    report.tables(run.say("Questionario e interviste", "Questionnaire and interviews"), ("joint_display",), wide=True)
    report.tables(run.say("Tabelle larghe", "Wide tables"), _rest(run, ("joint_display",)), wide=True)
    report.portrait()
    report.tables(run.say("Che cosa è rimasto fuori", "What was left out"), _LAST)
    report.not_printed()
    _add_methods(report)
    return save_package(document, path, run.settings.study.title, run.language)


def _rest(run: RunRecord, placed: Iterable[str]) -> tuple[str, ...]:
    taken = {*_FIRST, *_THEMES, *_TOPICS, *_LAST, *_NEVER, *_TOLD, *placed}
    return tuple(table.key for table in run.tables if table.key not in taken)


class _Report:
    """A document being written: what was numbered so far, and which tables are wanted."""

    def __init__(self, run: RunRecord, document: Any, wanted: Sequence[str]):
        self.run, self.document, self.wanted = run, document, tuple(wanted)
        self.drawn = build_figures(run)
        self.printed: set[str] = set()
        self.counts = {"table": 0, "figure": 0}

    def heading(self, text: str, level: int = 1) -> None:
        self.document.add_paragraph(text, style=f"Heading {level}")

    def tables(self, heading: str, keys: Iterable[str], wide: bool | None = None) -> None:
        """The tables `keys`, under a heading if there is any; `wide` keeps the wide ones or the narrow ones alone."""
        chosen = []
        for table in filter(None, (self.run.table(key) for key in keys)):
            shown = show(table if table.key in _BESIDE else _without_quotations(table), self.run.language)
            if self._is_wanted(table, shown) and wide in (None, _is_wide(shown)):
                chosen.append((table, shown))
        if chosen and heading:
            self.heading(heading)
        for table, shown in chosen:
            self.printed.add(table.key)
            self.table(table.title, shown, table.note, table.lead)
            if table.key not in _BESIDE:
                self._quoted_rows(table)

    def table(self, title: str, shown: Shown, note: str, lead: str = "") -> None:
        """One table: what it says in words, its caption, the table, its note."""
        self.counts["table"] += 1
        label, number = self.run.say("Tabella", "Table"), self.counts["table"]
        if lead:
            add_lead(self.document, lead.rstrip(" ."), label, number)
        add_caption(self.document, label, number, title)
        add_table(self.document, shown, title)
        add_note(self.document, note)

    def _quoted_rows(self, table: Table) -> None:
        """The quotations of a table's rows, below it: in a narrow column they would fill pages."""
        for key in filter(table.frame.columns.__contains__, _QUOTATIONS):
            quoted = table.frame[table.frame[key].notna() & (table.frame[key] != "")]
            for label, said in zip(quoted.iloc[:, 0], quoted[key], strict=True):
                self.document.add_paragraph(str(label), style="Heading 3")
                for line in str(said).split("\n"):
                    add_quoted_line(self.document, line)

    def figures(self, *keys: str) -> None:
        """The figures whose key begins with one of `keys`."""
        for figure in self.drawn:
            if figure.key.startswith(keys):
                self._figure(figure)

    def not_printed(self) -> None:
        """The tables that are too large for a page, by name."""
        left = [table.title for table in self.run.tables if len(table.frame) and table.key not in self.printed]
        if left and not self.wanted:
            text = self.run.say(
                "Solo nella cartella di lavoro (troppo grandi per una pagina): ",
                "In the workbook only (too large for a page): ",
            )
            add_note(self.document, text + "; ".join(left) + ".")

    def landscape(self) -> None:
        turn_page(self.document, landscape=True)

    def portrait(self) -> None:
        turn_page(self.document, landscape=False)

    def _figure(self, figure: Figure) -> None:
        self.counts["figure"] += 1
        add_picture(self.document, render(figure, "png"), figure.title, figure.alt)
        label = self.run.say("Figura", "Figure")
        add_caption(self.document, label, self.counts["figure"], figure.title)
        add_note(self.document, figure.note)

    def _is_wanted(self, table: Table, shown: Shown) -> bool:
        if self.wanted:
            return table.key in self.wanted
        return bool(shown.rows) and len(shown.rows) <= _LONG and len(shown.heads) <= _BROAD


def _without_quotations(table: Table) -> Table:
    return replace(table, columns=tuple(column for column in table.columns if column.key not in _QUOTATIONS))


def _is_wide(shown: Shown) -> bool:
    longest = max((len(text) for row in shown.rows for text in row), default=0)
    return len(shown.heads) > _WIDE or (len(shown.heads) > 4 and longest > 200)


def _add_findings(report: _Report) -> None:
    """Every finding, chapter by chapter, in place of the table `risultati`."""
    table = report.run.table("risultati")
    if table is None or table.frame.empty or (report.wanted and table.key not in report.wanted):
        return
    report.heading(table.title)
    for chapter, sentences in chapters(report.run).items():
        if chapter:
            report.heading(chapter, level=2)
        for sentence in sentences:
            report.document.add_paragraph(sentence, style="List Bullet")
    add_note(report.document, table.note)
    report.printed.add(table.key)


def _add_quotations(report: _Report) -> None:
    run = report.run
    chosen = quotations(run, _QUOTED)
    report.heading(run.say("Citazioni per tema", "Quotations by theme"))
    for code, quoted in chosen.items():
        if quoted:
            report.heading(run.themes[code], level=2)
        for one in quoted:
            add_quotation(report.document, one.text, f"{one.respondent} ({one.speaker}), {one.stance}")
    silent = [run.themes[code] for code, quoted in chosen.items() if not quoted]
    rule = run.say(
        "Citazioni scelte con una regola: evidenza più forte, rispondenti diversi, posizioni diverse.",
        "Quotations chosen by a rule: strongest evidence, different respondents, different stances.",
    )
    if silent:
        rule += run.say(f" Senza citazioni: {', '.join(silent)}.", f" Without quotations: {', '.join(silent)}.")
    add_note(report.document, rule)


def _add_methods(report: _Report) -> None:
    run = report.run
    report.heading(run.say("Metodi", "Methods"))
    for title, text in methods(run):
        report.heading(title, level=2)
        report.document.add_paragraph(text)
    heads = (run.say("N.", "No."), run.say("Voce", "Item"), run.say("In questo studio", "In this study"))
    for name, source in (
        ("COREQ", "Tong, Sainsbury & Craig 2007, Int J Qual Health Care 19(6)."),
        ("GRAMMS", "O'Cathain, Murphy & Nicholl 2008, J Health Serv Res Policy 13(2)."),
    ):
        shown = Shown(heads, (False, False, False), tuple(checklist(run, name)))
        title = run.say(f"Lista di controllo {name}", f"{name} checklist")
        prompts = run.say(
            "Fra parentesi quadre ciò che il programma non può sapere.",
            "In square brackets what the program cannot know.",
        )
        report.table(title, shown, f"{source} {prompts}")
