"""What a researcher sees of a run in Prefect's UI: a summary, the main tables, what was left out, links to the files.

Everything is read from the finished run's own folder, so the UI shows what the files hold.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows.prefect_host import artifact_key
from flows.service.reports import report_address
from outputs.export import EXPORT
from outputs.run.folder import MANIFEST, REPORT
from outputs.run.manifest import notes_of, problems_of
from outputs.run.record import RunRecord, read_run
from outputs.shown import show

SHOWN = ("campione", "temi", "temi_domande", "lasciati_fuori")  # none of them quotes what was said
_COUNTS = ("transcripts", "respondents", "segments", "codings", "topics", "entities")


def run_report(study: Path, run: Path) -> None:
    """Leave the summary, the tables of SHOWN and the link to the report of `run` as artifacts of the flow run."""
    record = read_run(run)
    key = artifact_key(study.name)
    create_markdown_artifact(
        summary(study, run, record), key=f"{key}-sintesi", description=record.words("service.summary")
    )
    if (run / REPORT).is_file():  # a study may ask for other files
        address = report_address(study.name, run.name, REPORT)
        create_link_artifact(
            address,
            link_text=record.words("service.open_report"),
            key=f"{key}-rapporto",
            description=record.words("service.report"),
        )
    for name in SHOWN:
        table = record.table(name)
        if table is None or not len(table.frame):
            continue
        shown = show(table, record.language)
        rows = [dict(zip(shown.heads, row, strict=True)) for row in shown.rows]
        create_table_artifact(rows, key=f"{key}-{artifact_key(name)}", description=table.title)


def night_report(outcomes: Mapping[str, str]) -> None:
    """Leave a table of the night's outcomes (study -> what happened) as an artifact of the flow run."""
    rows = [{"studio": name, "esito": outcome} for name, outcome in outcomes.items()]
    create_table_artifact(rows, key="rielaborazione-notturna", description="Esito della notte, studio per studio")


def export_report(study: Path, files: Sequence[Path]) -> None:
    """Leave links to the exported files as an artifact of the flow run."""
    lines = [_link(study.name, EXPORT, path.relative_to(study / EXPORT)) for path in files]
    text = "\n".join([f"# {study.name}: file esportati", "", *lines])
    create_markdown_artifact(text, key=f"{artifact_key(study.name)}-export", description="File esportati")


def summary(study: Path, run: Path, record: RunRecord) -> str:
    """The run in Markdown: counts, what was left out (files and rows, no interview text), links to its files."""
    counts = record.manifest["counts"]
    notes = [note.say(record.language) for note in notes_of(record.manifest)]
    if remade := record.manifest["remade_damaged_files"]:
        notes.append(record.words("service.remade", n=len(remade)))
    lines = [f"# {record.manifest['study']}", "", record.words("service.run", name=run.name), ""]
    if (run / REPORT).is_file():
        address = report_address(study.name, run.name, REPORT)
        lines += [f"[{record.words('service.open_report')}]({address})", ""]
    lines += ["| | |", "| --- | ---: |"]
    lines += [f"| {record.words(f'service.count.{name}')} | {counts[name]} |" for name in _COUNTS if name in counts]
    lines += ["", f"## {record.words('service.left_out')}", ""]
    problems = [
        record.words(f"service.{severity}", text=text.say(record.language))
        for severity, text in problems_of(record.manifest)
    ]
    lines += [f"- {problem}" for problem in problems] or [record.words("service.nothing")]
    if notes:
        lines += ["", f"## {record.words('service.notes')}", "", *(f"- {line}" for line in notes)]
    files = sorted(path.relative_to(run) for path in run.rglob("*") if path.is_file())
    shown = [path for path in files if path.suffix != ".parquet" and path.name != MANIFEST]
    lines += ["", f"## {record.words('service.files')}", ""]
    return "\n".join([*lines, *(_link(study.name, run.name, path) for path in shown)])


def _link(study: str, run: str, file: Path) -> str:
    return f"- [{file.as_posix()}]({report_address(study, run, file.as_posix())})"
