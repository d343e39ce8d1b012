"""What `trama run` and `trama suggest` do: one run on the host that is there, alone on its study, in plain words."""

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.checking.tally import Tally
from corpus.errors import StudyError, study_error
from corpus.words.language import Bilingual, Language
from flows.cluster import check_cluster
from flows.faults import lost_server, plain_faults
from flows.host import PlainHost, logged_to
from flows.progress import FILE as PACE
from flows.progress import Progress, keep_pace, read_pace
from flows.server.prefect_api import PrefectApi, usable_api, watched
from flows.server.prefect_home import STATE
from flows.sheet_wish import SheetWish
from flows.study_lock import study_lock
from flows.unchanged import unchanged_run
from outputs.run.folder import REPORT, WORKBOOK
from outputs.run.manifest import read_manifest, tally_of

LOG = "run.log"


@dataclass(frozen=True)
class Listener:
    """Whom a command speaks to while it works.

    `progress` makes what shows how far the run is, of the seconds that the study's stages took before. `waiting` is
    called when another run of the study is going on, `tell` with what else there is to say. `lost` is called, in a
    thread of its own, when the Prefect server that is told of the run dies; unless it ends the process, the run may
    take minutes to fail.
    """

    progress: Callable[[Mapping[str, float]], Progress] = Progress
    waiting: Callable[[], None] = lambda: None
    tell: Callable[[Bilingual], None] = lambda _: None
    lost: Callable[[StudyError], None] = lambda _: None


@dataclass(frozen=True)
class Outcome:
    """A finished run: its folder, and what of the page and the workbook the study asks for.

    `remade` are the kept files that were damaged and had to be made again. `tally` counts the study's errors.
    `on_the_way` is what was met while it ran, as `trama check` cannot know it: what a language model did not read.
    """

    folder: Path
    report: Path | None
    workbook: Path | None
    remade: int
    tally: Tally
    on_the_way: tuple[Bilingual, ...] = ()


def run_study(
    study: Path,
    *,
    strict: bool = False,
    language: Language | None = None,
    again: bool = False,
    processes: int | None = None,
    dask: str | None = None,
    listener: Listener = Listener(),
) -> Outcome:
    """Run the study in the folder `study`; `again` makes a new run though nothing changed since the latest.

    The run is this process's own, or a flow run where a Prefect API is told of it (flows.server.prefect_api). When
    another run of the study is going on, this one waits for its end. The text is annotated by `processes` processes
    (flows.crew says how many there are without a number), or by the workers of the Dask cluster whose scheduler is at
    `dask`.

    Raises StudyError when the folder is none, nothing in it can be run, the cluster cannot be used or, with `strict`,
    when the study has any error.
    """
    with _alone(study, listener.waiting) as folder:
        run = None if again else unchanged_run(folder, language, strict)
        remade = 0
        if run is None:
            if dask:
                check_cluster(dask)
            options = {"strict": strict, "language": language, "again": True, "processes": processes, "dask": dask}
            run = _on_host(folder, "run", listener, _analyse_plainly, _analyse_as_flow, options)
            remade = len(read_manifest(run)["remade_damaged_files"])
    report = run / REPORT
    workbook = run / WORKBOOK
    manifest = read_manifest(run)
    return Outcome(
        run,
        report if report.is_file() else None,
        workbook if workbook.is_file() else None,
        remade,
        tally_of(manifest),
        tuple(Bilingual(**words) for words in manifest.get("on_the_way", ())),
    )


def suggest_study(study: Path, wish: SheetWish, listener: Listener = Listener()) -> Path:
    """Write the worksheet of segments to code that is wished for into the study's `codings/`; its path.

    Raises StudyError as `run_study` does, and as flows.suggestion.suggest_segments does.
    """
    with _alone(study, listener.waiting) as folder:
        return _on_host(folder, "suggest", listener, _suggest_plainly, _suggest_as_flow, {"wish": wish})


def settle_study(
    study: Path, *, settler: str = "", language: Language | None = None, listener: Listener = Listener()
) -> Path:
    """Write the disagreements of the study's coders to settle into its `codings/`; the path of the worksheet.

    Raises StudyError as `run_study` does, and when there is none.
    """
    with _alone(study, listener.waiting) as folder, logged_to(folder / STATE / LOG):
        from flows.settling import settle_disagreements

        return settle_disagreements(folder, PlainHost(), settler=settler, language=language)


@contextmanager
def _alone(study: Path, waiting: Callable[[], None]) -> Iterator[Path]:
    """The study's whole path, while nobody else works on the study."""
    if not study.is_dir():
        raise study_error(f"la cartella `{study}` non c'è", f"there is no folder `{study}`")
    study = study.resolve()
    with plain_faults(study), study_lock(study, waiting):
        yield study


def _on_host(
    folder: Path,
    command: str,
    listener: Listener,
    plainly: Callable[..., Path],
    as_flow: Callable[..., Path],
    options: dict[str, Any],
) -> Path:
    """What `plainly` or, where a Prefect API is told of it, `as_flow` does with the study in `folder`."""
    with logged_to(folder / STATE / LOG):
        api = usable_api(folder, listener.tell)
        with _followed(folder / STATE / PACE.format(command=command), listener) as progress:
            if api is None:
                return plainly(folder, PlainHost(progress), options)
            with _told_to(api, folder, listener.lost):
                return as_flow(folder, progress, api, options)


@contextmanager
def _followed(pace: Path, listener: Listener) -> Iterator[Progress]:
    """How far the block is, shown to the listener; the file `pace` knows from run to run how long stages take."""
    progress = listener.progress(read_pace(pace))
    try:
        with progress:
            yield progress
    finally:
        keep_pace(pace, progress.pace())


# Imported where they are used: a run at a terminal needs no Prefect, and what needs no run imports neither.
def _analyse_plainly(folder: Path, host: PlainHost, options: dict[str, Any]) -> Path:
    # What is imported stays: a million objects that the collector would visit at every round, a tenth of a short run.
    gc.disable()
    from flows.study_run import analyse_study

    gc.freeze()
    gc.enable()
    return analyse_study(folder, host, **options)


def _analyse_as_flow(folder: Path, progress: Progress, api: PrefectApi, options: dict[str, Any]) -> Path:
    from flows.prefect_flows import analysis_flow

    return analysis_flow(progress)(folder, **options, served=api.served)


def _suggest_plainly(folder: Path, host: PlainHost, options: dict[str, Any]) -> Path:
    from flows.suggestion import suggest_segments

    return suggest_segments(folder, host, **options)


def _suggest_as_flow(folder: Path, progress: Progress, _api: PrefectApi, options: dict[str, Any]) -> Path:
    from flows.prefect_flows import suggestion_flow

    return suggestion_flow(progress)(folder, **options)


@contextmanager
def _told_to(api: PrefectApi, folder: Path, lost: Callable[[StudyError], None]) -> Iterator[None]:
    """Prefect's settings for a flow on the study, in this process's environment before anything imports Prefect."""
    os.environ.update(api.environment)
    os.environ["PREFECT_API_URL"] = api.address
    with watched(api, lambda: lost(lost_server(folder, api.address))):
        from prefect.logging.handlers import APILogWorker

        from flows.service.log_words import speak_plainly

        speak_plainly()
        try:
            yield
        except StudyError:
            raise
        except Exception as error:
            if api.refusal():  # Prefect says in ways of its own that nobody answers
                raise lost_server(folder, api.address) from error
            raise
        finally:
            APILogWorker.drain_all(timeout=5)
