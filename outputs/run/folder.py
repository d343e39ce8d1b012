"""A run's folder: filled out of sight, renamed into `runs/` when whole. Knows no format of what is written in it."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import study_error

MANIFEST = "manifest.json"
REPORT = "rapporto.html"
WORKBOOK = "tabelle.xlsx"
TABLES = "tabelle"
DATA = "dati"  # what the run keeps of itself (outputs.run.record)
RUNS = "runs"
LATEST = "latest"
_UNFINISHED = Path(".trama") / "unfinished"


@dataclass
class NewRun:
    """A run being written: `folder` until it is whole, `published` from then on."""

    folder: Path
    published: Path | None = None


@contextmanager
def new_run(study: Path) -> Iterator[NewRun]:
    """A folder to write a run into.

    On leaving without an exception it becomes `runs/<utc time>-<short id>` and `runs/latest` names it; otherwise it is
    removed. A killed run leaves its folder under `.trama/unfinished`, never in `runs/`; the next run removes it.
    """
    unfinished = study / _UNFINISHED
    unfinished.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(unfinished)
    run_id = secrets.token_hex(4)
    run = NewRun(unfinished / run_id)
    lock = os.open(unfinished / f"{run_id}.lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    run.folder.mkdir()
    try:
        yield run
        run.published = _publish(run.folder, study / RUNS)
    finally:
        shutil.rmtree(run.folder, ignore_errors=True)
        (unfinished / f"{run_id}.lock").unlink(missing_ok=True)
        os.close(lock)


def file_within(folder: Path, name: str) -> Path | None:
    """The file of that name, a path with `/`, below `folder`; None where there is none, or the name leads out of it."""
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


def latest_run(study: Path) -> Path | None:
    """The newest whole run of a study, or None."""
    link = study / RUNS / LATEST
    return link.resolve() if link.exists() else None


def whole_runs(study: Path) -> list[Path]:
    """The folders of the study's whole runs, oldest first; the latest is last also among those of one second."""
    runs = study / RUNS
    if not runs.is_dir():
        return []
    latest = latest_run(study)
    folders = (path for path in runs.resolve().iterdir() if path.is_dir() and not path.is_symlink())
    return sorted(folders, key=lambda path: (path == latest, path.name))


def kept_tables(run: Path) -> list[str]:
    """The keys of the tables that the run in the folder `run` kept, sorted, without reading them."""
    return sorted(path.stem for path in (run / DATA / TABLES).glob("*.parquet") if "." not in path.stem)


def find_run(place: Path, beside: Path | None = None) -> Path:
    """The folder of a whole run: `place` is that folder, a study (its latest run), or a run's name or short id.

    A name is looked for in `runs/` of the folder before it (`study/89fef1e9`), of the study of the run `beside`, or of
    the current folder. Raises StudyError that lists the runs there are.
    """
    if (place / MANIFEST).is_file():
        return place.resolve()
    if place.is_dir():
        latest = latest_run(place)
        if latest is None:
            raise study_error(
                f"in `{place}` non c'è ancora nessuna corsa: `trama run {place}`",
                f"there is no run in `{place}` yet: `trama run {place}`",
            )
        return latest
    homes = [place.parent, Path(), *([beside.parent.parent] if beside else [])]
    found = [run for home in homes for run in whole_runs(home)]
    named = sorted({run.resolve() for run in found if run.name == place.name or run.name.endswith(f"-{place.name}")})
    if len(named) == 1:
        return named[0]
    names = ", ".join(dict.fromkeys(run.name for run in found)) or "-"
    raise study_error(
        f"nessuna corsa `{place}`; ci sono: {names}. Indica una cartella di corsa, uno studio o STUDIO/CORSA",
        f"no run `{place}`; there are: {names}. Name a run's folder, a study or STUDY/RUN",
    )


def _publish(folder: Path, runs: Path) -> Path:
    runs.mkdir(exist_ok=True)
    target = runs / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{folder.name}"
    folder.rename(target)
    link = folder.parent / f"{folder.name}.link"
    link.symlink_to(target.name)
    link.replace(runs / LATEST)
    return target


def _remove_abandoned(unfinished: Path) -> None:
    """A lock that nobody holds belongs to a run that died."""
    for lock_path in unfinished.glob("*.lock"):
        with suppress(OSError):
            lock = os.open(lock_path, os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock_path.with_suffix(""), ignore_errors=True)
                lock_path.unlink(missing_ok=True)
            finally:
                os.close(lock)
