"""One run from the command line: a Prefect server for its time, the flow, and where the results are."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from corpus.checking.tally import Tally
from corpus.errors import StudyError, study_error
from corpus.words.language import Language
from flows.cluster import check_cluster
from flows.faults import lost_server, plain_faults
from flows.server.local_server import local_server
from flows.server.prefect_home import STATE
from flows.study_lock import study_lock
from flows.unchanged import unchanged_run
from outputs.run.folder import REPORT, WORKBOOK
from outputs.run.manifest import read_manifest, tally_of


@dataclass(frozen=True)
class Outcome:
    """A finished run: its folder, and what of the page and the workbook the study asks for.

    `remade` are the kept files that were damaged and had to be made again. `tally` counts the study's errors.
    """

    folder: Path
    report: Path | None
    workbook: Path | None
    remade: int
    tally: Tally


def run_study(
    study: Path,
    *,
    strict: bool = False,
    language: Language | None = None,
    again: bool = False,
    processes: int | None = None,
    dask: str | None = None,
    waiting: Callable[[], None] = lambda: None,
    lost: Callable[[StudyError], None] = lambda _: None,
) -> Outcome:
    """Run the flow on the study in folder `study`; `again` makes a new run though nothing changed since the latest.

    When another run of the study is going on, `waiting` is called and this one waits for its end. When the run's server
    dies, `lost` is called in a thread of its own; unless it ends the process, the run may take minutes to fail. The
    text is annotated by `processes` processes (flows.crew says how many there are without a number), or by the workers
    of the Dask cluster whose scheduler is at `dask`.

    Raises StudyError when the folder is none, nothing in it can be run, the cluster cannot be used or, with `strict`,
    when the study has any error.
    """
    with _alone(study, waiting) as folder:
        run, remade = None if again else unchanged_run(folder, language, strict), 0
        if run is None:
            if dask:
                check_cluster(dask)
            with _prefect(folder, lost):
                from flows.study_flow import analyse_study

                run = analyse_study(folder, strict, language, again=True, processes=processes, dask=dask)
            remade = len(read_manifest(run)["remade_damaged_files"])
    tally = tally_of(read_manifest(run))
    report, workbook = (path if path.is_file() else None for path in (run / REPORT, run / WORKBOOK))
    return Outcome(run, report, workbook, remade, tally)


def suggest_study(
    study: Path,
    *,
    number: int,
    at_random: bool = False,
    coder: str = "",
    language: Language | None = None,
    lost: Callable[[StudyError], None] = lambda _: None,
) -> Path:
    """Write a worksheet of `number` segments to code into the study's `codings/`; its path. `lost` as for `run_study`.

    Raises StudyError as `run_study` does, and when there is no codebook or nothing left to code.
    """
    with _alone(study) as folder, _prefect(folder, lost):
        from flows.suggestion_flow import suggest_segments

        return suggest_segments(folder, number, at_random, coder, language)


@contextmanager
def _alone(study: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """The study's whole path, while nobody else works on the study."""
    if not study.is_dir():
        raise study_error(f"la cartella `{study}` non c'è", f"there is no folder `{study}`")
    study = study.resolve()
    with plain_faults(study), study_lock(study, waiting):
        yield study


@contextmanager
def _prefect(study: Path, lost: Callable[[StudyError], None]) -> Iterator[None]:
    """Prefect for one flow on the study, on a server of its own."""
    with local_server(study / STATE / "prefect", _import_libraries, lambda: lost(lost_server(study))):
        from prefect.logging.handlers import APILogWorker

        try:
            yield
        finally:
            APILogWorker.drain_all(timeout=5)


def _import_libraries() -> None:
    """What every flow needs: seconds that the server's start takes anyway."""
    gc.disable()
    import_module("flows.study_flow")
    gc.freeze()  # what is imported stays: a million objects that the collector would visit again at every round
    gc.enable()
