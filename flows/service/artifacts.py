"""What a researcher sees of a run in Prefect's UI: a summary, the main tables, what was left out, links to the files.

Everything is read from the finished run's own folder, so the UI shows what the files hold.
"""

import csv
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows.service.environment import ADDRESS
from flows.service.reports import report_address
from outputs.export import EXPORT
from outputs.manifest import read_manifest
from outputs.run_folder import REPORT, TABLES

SHOWN = ("campione", "temi", "temi_domande", "lasciati_fuori")  # none of them quotes what was said
_COUNTS = {
    "transcripts": "trascritti",
    "respondents": "rispondenti",
    "segments": "segmenti",
    "codings": "codifiche",
    "topics": "argomenti emergenti",
    "entities": "entità",
}


def run_report(study: Path, run: Path) -> None:
    """Leave the summary, the tables of SHOWN and the link to the report of `run` as artifacts of the flow run."""
    manifest = read_manifest(run)
    key = artifact_key(study.name)
    address = report_address(os.environ.get(ADDRESS, ""), study.name, run.name, REPORT)
    create_markdown_artifact(summary(manifest, run, address), key=f"{key}-sintesi", description="Sintesi della corsa")
    if (run / REPORT).is_file():  # a study may ask for other files
        create_link_artifact(address, link_text="Apri il rapporto", key=f"{key}-rapporto", description="Rapporto")
    for name in SHOWN:
        rows = read_rows(run / TABLES / f"{name}.csv")
        if rows:
            create_table_artifact(rows, key=f"{key}-{artifact_key(name)}", description=f"Tabella {name}")


def night_report(outcomes: Mapping[str, str]) -> None:
    """Leave a table of the night's outcomes (study -> what happened) as an artifact of the flow run."""
    rows = [{"studio": name, "esito": outcome} for name, outcome in outcomes.items()]
    create_table_artifact(rows, key="rielaborazione-notturna", description="Esito della notte, studio per studio")


def export_report(study: Path, files: Sequence[Path]) -> None:
    """Leave links to the exported files as an artifact of the flow run."""
    base = os.environ.get(ADDRESS, "")
    names = [path.relative_to(study / EXPORT).as_posix() for path in files]
    lines = [f"- [{name}]({report_address(base, study.name, EXPORT, name)})" for name in names]
    text = "\n".join([f"# {study.name}: file esportati", "", *lines])
    create_markdown_artifact(text, key=f"{artifact_key(study.name)}-export", description="File esportati")


def summary(manifest: Mapping[str, Any], run: Path, address: str) -> str:
    """The run in Markdown: counts, what was left out (files and rows, no interview text), the files written."""
    counts, problems, notes = (manifest[name] for name in ("counts", "problems", "notes"))
    lines = [f"# {manifest['study']}", "", f"Corsa `{run.name}`. [Apri il rapporto]({address})", ""]
    lines += ["| | |", "| --- | ---: |"]
    lines += [f"| {label} | {counts[name]} |" for name, label in _COUNTS.items() if name in counts]
    lines += ["", "## Lasciati fuori e avvisi", ""]
    lines += [f"- {line}" for line in problems] or ["Niente."]
    if notes:
        lines += ["", "## Note", "", *(f"- {line}" for line in notes)]
    lines += ["", "## File", "", *(f"- `{path.name}`" for path in sorted(run.iterdir()))]
    return "\n".join(lines)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of one of the run's CSV tables, heading -> cell, without row keys; none where there is no such table."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {name: cell for name, cell in row.items() if name != "row"} for row in csv.DictReader(file, delimiter=";")
        ]


def artifact_key(name: str) -> str:
    """`name` with the signs that Prefect allows in a key: small letters, digits, dashes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "studio"
