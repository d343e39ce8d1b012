"""The first pages of a report: what was studied, how far to trust it, what came out. Room outputs."""

from collections.abc import Iterable

from outputs.chapters import chapters
from outputs.document.report import Report
from outputs.findings import leading, told_findings
from outputs.quotations import quotations
from outputs.run.record import RunRecord
from outputs.tables.table import records

_QUOTED = 3  # quotations a theme
_FEW = 10  # respondents below which no share is given


def add_results(report: Report) -> None:
    """Material and trust in a few sentences, the findings that lead with caveat and quotations, and one picture."""
    run = report.run
    report.heading(run.words("document.results"))
    report.heading(run.words("document.studied_title"), level=2)
    report.text(" ".join(_studied(run)))
    report.heading(run.words("document.trust_title"), level=2)
    report.points([*_trusted(run)])
    report.heading(run.words("document.findings_title"), level=2)
    for finding in leading(told_findings(run.table("risultati"))):
        report.finding(f"{finding.rank}. {finding.sentence}", finding.caveat, finding.quotations)
    _add_picture(report)


def add_quotations(report: Report) -> None:
    """Quotations of every theme that somebody speaks of, the most widespread first, each whole."""
    run = report.run
    chosen = quotations(run, _QUOTED)
    silent = ", ".join(run.themes[code] for code, quoted in chosen.items() if not quoted)
    report.heading(run.words("document.quotations_by_theme"), new_page=True)
    report.text(
        run.words("document.quotation_rule") + (run.words("document.unquoted", silent=silent) if silent else "")
    )
    for code, quoted in chosen.items():
        report.heading(run.themes[code], level=3)
        for one in quoted:
            source = ", ".join(filter(None, (one.respondent, one.place, one.stance)))
            report.quotation(one.text, one.respondent, f" — {source}", whole=True)


def _studied(run: RunRecord) -> Iterable[str]:
    table = run.table("campione")
    if table is None:
        return
    values = table.frame["value"].to_dict()
    wrote = run.words("document.studied_written", n=values["written"]) if "written" in values else ""
    counted = {key: values[key] for key in ("interviewed", "transcripts", "themes", "words")}
    answered = values["questionnaires"]
    filled = run.words("document.studied_answers", n=answered) if answered else ""
    yield run.words("document.studied", **counted, written=wrote, filled=filled)
    classes = table.data.frame[[str(key).startswith("class=") for key in table.data.frame.index]]
    if len(classes):
        labels = tuple(f"{row['measure'].facts['label']} ({row['value']})" for row in records(classes))
        variable = classes["measure"].iloc[0].facts["variable"]
        yield run.words("document.studied_by_class", variable=variable, classes=labels)


def _trusted(run: RunRecord) -> Iterable[str]:
    """Whose codings are counted, how reliable the themes are, and whether there are enough people for a share."""
    themes = run.table("temi")
    codings = run.results.codings["how"] == "human"
    if themes is not None and themes.caution:
        yield themes.caution
    if len(codings):
        yield run.words("document.trust_codings", codings=len(codings), human=int(codings.sum()))
    reliability = run.table("fiducia")
    if reliability is not None and len(reliability.frame):
        yield reliability.lead
    sample = run.table("campione")
    people = 0 if sample is None else int(str(sample.frame.loc["interviewed", "value"]))
    if people < _FEW:
        yield run.words("document.trust_few", n=people, least=_FEW)


def _add_picture(report: Report) -> None:
    """The chart over the table that the themes open with, or that table where it is drawn in none."""
    main = next((chapter.main for chapter in chapters(report.run.tables) if chapter.key == "themes"), None)
    if main is not None and not report.chart_over(main.key):
        report.tables([main])
