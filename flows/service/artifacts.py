"""What a researcher sees of a run in Prefect's UI: a summary, the main tables, what was left out, links to the files.

Everything is read from the finished run's own folder, so the UI shows what the files hold.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows.service.reports import report_address
from outputs.export import EXPORT
from outputs.run.folder import MANIFEST, REPORT
from outputs.run.record import RunRecord, read_run
from outputs.shown import show

SHOWN = ("campione", "temi", "temi_domande", "lasciati_fuori")  # none of them quotes what was said
_COUNTS = {
    "transcripts": "trascrizioni",
    "respondents": "rispondenti",
    "segments": "segmenti",
    "codings": "codifiche",
    "topics": "argomenti emergenti",
    "entities": "entità",
}
_SEVERITIES = {"error: ": "", "warning: ": "avviso: "}


def run_report(study: Path, run: Path) -> None:
    """Leave the summary, the tables of SHOWN and the link to the report of `run` as artifacts of the flow run."""
    record = read_run(run)
    key = artifact_key(study.name)
    create_markdown_artifact(summary(study, run, record), key=f"{key}-sintesi", description="Sintesi della corsa")
    if (run / REPORT).is_file():  # a study may ask for other files
        address = report_address(study.name, run.name, REPORT)
        create_link_artifact(address, link_text="Apri il rapporto", key=f"{key}-rapporto", description="Rapporto")
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
    counts, problems, notes = (record.manifest[name] for name in ("counts", "problems", "notes"))
    if remade := record.manifest["remade_damaged_files"]:
        notes = [
            *notes,
            f"{len(remade)} file intermedi erano danneggiati e sono stati rifatti: i risultati sono intatti",
        ]
    lines = [f"# {record.manifest['study']}", "", f"Corsa `{run.name}`.", ""]
    if (run / REPORT).is_file():
        lines += [f"[Apri il rapporto]({report_address(study.name, run.name, REPORT)})", ""]
    lines += ["| | |", "| --- | ---: |"]
    lines += [f"| {label} | {counts[name]} |" for name, label in _COUNTS.items() if name in counts]
    lines += ["", "## Lasciati fuori e avvisi", ""]
    lines += [f"- {_said(line)}" for line in problems] or ["Niente."]
    if notes:
        lines += ["", "## Note", "", *(f"- {line}" for line in notes)]
    files = sorted(path.relative_to(run) for path in run.rglob("*") if path.is_file())
    shown = [path for path in files if path.suffix != ".parquet" and path.name != MANIFEST]
    return "\n".join([*lines, "", "## File", "", *(_link(study.name, run.name, path) for path in shown)])


def artifact_key(name: str) -> str:
    """`name` with the signs that Prefect allows in a key: small letters, digits, dashes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "studio"


def _said(problem: str) -> str:
    """A line of the manifest's problems without its English severity."""
    for severity, word in _SEVERITIES.items():
        if problem.startswith(severity):
            return word + problem.removeprefix(severity)
    return problem


def _link(study: str, run: str, file: Path) -> str:
    return f"- [{file.as_posix()}]({report_address(study, run, file.as_posix())})"
