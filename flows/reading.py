"""A study read as it stood at one moment, though somebody may be saving into its folder meanwhile."""

from pathlib import Path

from prefect import get_run_logger
from prefect.utilities.annotations import quote

from corpus.errors import study_error
from corpus.input_files import input_hashes
from corpus.store import Store
from corpus.study import Study
from flows import stages

READINGS = 3


def read_whole(folder: Path, store: Store) -> tuple[Study, dict[str, str]]:
    """The study and the SHA-256 of each of its files, both of the same content; `store` keeps transcripts read once.

    Files that change while they are read are read again: a person saves once. Raises StudyError when they change at
    every reading, or as `stages.read` does.
    """
    for _ in range(READINGS):
        before = _hashes(folder)
        study: Study = stages.read(folder, quote(store))
        if _hashes(folder) == before:
            return study, before
        get_run_logger().warning("i file dello studio sono cambiati mentre li leggevo: li rileggo")
    raise study_error(
        "i file dello studio cambiano mentre li leggo: aspetta che siano salvati tutti, poi avvia di nuovo l'analisi",
        "the study's files change while they are read: wait until all are saved, then run it again",
    )


def _hashes(folder: Path) -> dict[str, str]:
    return input_hashes(folder) if folder.is_dir() else {}
