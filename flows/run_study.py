"""One run from the command line: a Prefect server for its time, the flow, and where the results are."""

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import study_error
from corpus.language import Language
from flows.local_server import local_server
from flows.prefect_home import STATE


@dataclass(frozen=True)
class Outcome:
    """Paths of a finished run."""

    folder: Path
    report: Path
    workbook: Path


def run_study(study: Path, *, strict: bool = False, language: Language | None = None) -> Outcome:
    """Run the flow on the study in folder `study`.

    Raises StudyError when the folder is none, nothing in it can be run or, with `strict`, when it has any error.
    """
    if not study.is_dir():
        raise study_error(f"la cartella `{study}` non c'è", f"there is no folder `{study}`")
    study = study.resolve()
    with local_server(study / STATE / "prefect"):
        # Prefect reads its settings when it is imported, so this waits until the server's address is known.
        from prefect.logging.handlers import APILogWorker

        from flows.stages import REPORT, WORKBOOK
        from flows.study_flow import analyse_study

        try:
            folder = analyse_study(study, strict=strict, language=language)
        finally:
            APILogWorker.drain_all(timeout=5)
    return Outcome(folder, folder / REPORT, folder / WORKBOOK)
