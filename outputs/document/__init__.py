"""The report as a Word document that a researcher hands in or pastes from. Room outputs: writes what tables hold."""

from collections.abc import Sequence
from pathlib import Path

from outputs.document.checklists import checklist
from outputs.document.memos import ON_THEMES, PrintedMemo, memos_on
from outputs.document.memos import TABLE as MEMOS
from outputs.document.methods import methods
from outputs.document.profiles import profiles
from outputs.document.report import Report
from outputs.document.word import add_note, open_document
from outputs.findings import chapters, summary
from outputs.packaging import save_package
from outputs.quotations import quotations
from outputs.run.record import RunRecord
from outputs.shown import Shown
from outputs.tables.families import in_chapter
from outputs.words.sentences import word

_QUOTED = 3  # quotations a theme
_JOINT = "joint_display"
_HISTORY = "storia"
# The charts that a chapter opens with, by their families.
_CHARTS = {"themes": ("prevalence", "heat_map"), "topics": ("topic_map",), "trust": ("saturation",)}
_CHAPTERS = ("material", "themes", "questionnaire", "links", "topics", "places", "trust", "further")


def write_document(
    run: RunRecord,
    path: Path,
    template: Path | None = None,
    tables: Sequence[str] = (),
    *,
    with_profiles: bool = False,
) -> Path:
    """The run as DOCX: contents, summary, sample, themes, questionnaire, joint display, topics, trust, methods.

    `template`: a .docx whose styles, pages and opening text are used. `tables` names the tables wanted (default: all
    that a page can hold). `with_profiles` adds a page for each respondent. The summary tells the main findings, each
    chapter those that the summary does not. Every table and figure has a caption that Word numbers, its n and method
    below it, and a figure its alternative text; a quotation is printed whole once. The same run gives the same bytes.
    Raises StudyError (template), OSError.
    """
    document = open_document(template, run.language)
    report = Report(run, document, tables, roomy=template is not None)
    document.add_paragraph(run.settings.study.title, style="Title")
    if run.settings.study.fictional:
        add_note(document, run.words("page.fictional_long"))
    opened = len(document.paragraphs)
    report.heading(run.words("document.summary"))
    report.points(summary(run))
    _write_chapters(report)
    report.heading(word("chapter", "left_out", run.language))
    report.tables(in_chapter(run.tables, "left_out"))
    report.not_printed(later=_HISTORY)
    _add_methods(report)
    if with_profiles:
        _add_profiles(report)
    report.lists(document.paragraphs[opened])
    return save_package(document, path, run.settings.study.title, run.language)


def _write_chapters(report: Report) -> None:
    run = report.run
    findings = chapters(run) if report.is_wanted(run.table("risultati")) else {}
    for chapter in _CHAPTERS:
        report.heading(word("chapter", chapter, run.language))
        report.points(findings.get(chapter, []))
        report.charts(*_CHARTS.get(chapter, ()))
        report.tables(in_chapter(run.tables, chapter))
        if chapter == "themes":
            report.charts("network")
            _add_quotations(report)
            _add_memos(report, run.words("memo.of_themes"), memos_on(run, ON_THEMES))
    _add_memos(report, run.words("memo.others"), memos_on(run))


def _add_quotations(report: Report) -> None:
    """Quotations of every theme that somebody speaks of, the most widespread first, each whole."""
    run = report.run
    chosen = quotations(run, _QUOTED)
    silent = ", ".join(run.themes[code] for code, quoted in chosen.items() if not quoted)
    report.heading(run.words("document.quotations_by_theme"), level=2)
    report.text(
        run.words("document.quotation_rule") + (run.words("document.unquoted", silent=silent) if silent else "")
    )
    for code, quoted in chosen.items():
        report.heading(run.themes[code], level=3)
        for one in quoted:
            source = ", ".join(filter(None, (one.respondent, one.place, one.stance)))
            report.quotation(one.text, one.respondent, f" — {source}", whole=True)


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
    """The audit trail; where it is too long for a page, or there is none, what it says in a line."""
    table = report.run.table(_HISTORY)
    if table is None:
        return
    report.heading(table.title, level=2)
    report.tables([table])
    if table.key not in report.printed:
        elsewhere = report.run.words("document.workbook_only") + f"{table.title}."
        report.text(f"{table.lead} {elsewhere}" if len(table.frame) else table.lead)


def _add_methods(report: Report) -> None:
    run = report.run
    report.heading(run.words("document.methods"))
    for title, text in methods(run):
        report.heading(title, level=2)
        report.text(text)
    _add_history(report)
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
