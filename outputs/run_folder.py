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


def latest_run(study: Path) -> Path | None:
    """The newest whole run of a study, or None."""
    link = study / RUNS / LATEST
    return link.resolve() if link.exists() else None


def whole_runs(study: Path) -> list[Path]:
    """The folders of the study's whole runs, oldest first (their names start with the time)."""
    runs = study / RUNS
    return sorted(path for path in runs.iterdir() if path.is_dir() and not path.is_symlink()) if runs.is_dir() else []


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
