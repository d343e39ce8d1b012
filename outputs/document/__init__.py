"""The report as a Word document that a researcher hands in or pastes from. Room outputs: writes what tables hold."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from outputs.chapters import METHODS, SUMMARY, chapters, unsaid
from outputs.document.checklists import checklist
from outputs.document.memos import ON_THEMES, PrintedMemo, memos_on
from outputs.document.memos import TABLE as MEMOS
from outputs.document.methods import methods
from outputs.document.profiles import profiles
from outputs.document.report import Report
from outputs.document.results import add_quotations, add_results
from outputs.document.word import add_note, open_document
from outputs.findings import ToldFinding, told_findings
from outputs.packaging import save_package
from outputs.run.record import RunRecord
from outputs.shown import Shown
from outputs.tables.families import family_of
from outputs.words.sentences import word

_HISTORY = "storia"


def write_document(
    run: RunRecord,
    path: Path,
    template: Path | None = None,
    tables: Sequence[str] = (),
    *,
    with_profiles: bool = False,
) -> Path:
    """The run as DOCX: two pages of results, quotations by theme, and an annex of every table, methods and checklists.

    `template`: a .docx whose styles, pages and opening text are used. `tables` names the tables wanted (default: all
    that a page can hold and that say something). `with_profiles` adds a page for each respondent. Every table and
    figure has a caption that Word numbers, its n and method below it, and a figure its alternative text. A quotation
    is whole among those by theme and where it first comes, elsewhere its opening words stand. The same run gives the
    same bytes. Raises StudyError (template), OSError.
    """
    document = open_document(template, run.language)
    report = Report(run, document, tables, roomy=template is not None)
    document.add_paragraph(run.settings.study.title, style="Title")
    if run.settings.study.fictional:
        add_note(document, run.words("page.fictional_long"))
    add_results(report)
    add_quotations(report)
    report.heading(run.words("document.annex"), new_page=True)
    report.text(run.words("document.annex_note"))
    opened = len(document.paragraphs)
    _write_chapters(report)
    _add_memos(report, run.words("memo.others"), memos_on(run))
    _add_unsaid(report)
    _add_checklists(report)
    if with_profiles:
        _add_profiles(report)
    report.lists(document.paragraphs[opened])
    return save_package(document, path, run.settings.study.title, run.language)


def _write_chapters(report: Report) -> None:
    """Every chapter with what the first pages do not say of it."""
    run = report.run
    findings = told_findings(run.table(SUMMARY)) if report.is_wanted(run.table(SUMMARY)) else []
    for chapter in chapters(run.tables):
        report.heading(word("chapter", chapter.key, run.language))
        _add_findings(report, [one for one in findings if one.chapter == chapter.key and one.rank is None])
        if chapter.key == METHODS:
            _add_methods(report)
        for table in chapter.tables:
            report.chart_over(table.key)
        report.tables(table for table in chapter.tables if family_of(table).chapter)
        if chapter.key == "themes":
            _add_memos(report, run.words("memo.of_themes"), memos_on(run, ON_THEMES))
    report.not_printed(later=_HISTORY)


def _add_findings(report: Report, findings: Sequence[ToldFinding]) -> None:
    """Findings that do not lead; what several have to be told with stands once, below them."""
    for caveat, together in groupby(findings, lambda finding: finding.caveat):
        report.points([finding.sentence for finding in together])
        if caveat:
            report.note(f"[{caveat}]")


def _add_unsaid(report: Report) -> None:
    """What this study cannot say, a line for each reason."""
    wanted = [table for table in report.run.tables if not report.wanted or table.key in report.wanted]
    report.heading(report.run.words("document.unsaid"))
    told = unsaid(wanted, report.run.language)
    report.points([f"{'; '.join(one.titles)} – {one.reason[:1].lower()}{one.reason[1:]}" for one in told])


def _add_memos(report: Report, title: str, memos: Sequence[PrintedMemo]) -> None:
    """Memos, each whole; the table of them is for the page and the workbook."""
    if not report.is_wanted(report.run.table(MEMOS)):
        return
    report.printed.add(MEMOS)
    report.heading(title, level=2)
    for memo in memos:
        if memo.title:
            report.heading(memo.title, level=3)
        for paragraph in (*memo.paragraphs, memo.about):
            report.text(paragraph)


def _add_history(report: Report) -> None:
    """The audit trail; where it is too long for a page what it says in a line; nothing where there is none."""
    table = report.run.table(_HISTORY)
    if table is None or not len(table.frame):
        return
    report.heading(table.title, level=2)
    report.tables([table])
    if table.key not in report.printed:
        elsewhere = report.run.words("document.workbook_only") + f"{table.title}."
        report.text(f"{table.lead} {elsewhere}")


def _add_methods(report: Report) -> None:
    for title, text in methods(report.run):
        report.heading(title, level=2)
        report.text(text)
    _add_history(report)


def _add_checklists(report: Report) -> None:
    run = report.run
    report.heading(run.words("document.checklists"))
    heads = (run.words("document.number"), run.words("document.item"), run.words("document.in_this_study"))
    for name, source in (
        ("COREQ", "Tong, Sainsbury & Craig 2007, Int J Qual Health Care 19(6)."),
        ("GRAMMS", "O'Cathain, Murphy & Nicholl 2008, J Health Serv Res Policy 13(2)."),
    ):
        prompts = run.words("document.prompts")
        shown = Shown(heads, (False, False, False), tuple(checklist(run, name)))
        report.grid(run.words("document.checklist", name=name), shown, f"{source} {prompts}")


def _add_profiles(report: Report) -> None:
    run = report.run
    report.heading(run.words("document.profiles_title"), new_page=True)
    report.text(run.words("document.profiles_note"))
    for place, profile in enumerate(profiles(run)):
        report.heading(profile.title, level=2, new_page=place > 0)
        report.text(profile.said)
        report.columns(profile.themes, profile.title)
        for theme, text, stance in profile.quotations:
            report.quotation(text, profile.respondent, f" — {theme}, {stance}")
        for memo in memos_on(run, ("respondent",), profile.respondent):
            for paragraph in (*memo.paragraphs, memo.about):
                report.text(paragraph)
