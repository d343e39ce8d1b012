"""What a machine runs out of, said so that a researcher knows what to do. Hides no fault of Trama's own."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import StudyError, study_error
from corpus.words.language import Bilingual

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_STARVED = ("annot allocate memory", "bad_alloc", "can't start new thread", "unable to allocate")  # libraries' words
_SPARE_BYTES = 1_000_000
_AGAIN = Bilingual(
    "Riprende da dove era arrivata; le corse precedenti sono intatte",
    "It goes on from where it was; earlier runs are untouched",
)
SERVICE_FULL = Bilingual(
    "Il disco con gli studi è pieno: libera spazio. Fino ad allora nessuna corsa può cominciare né finire. "
    "Quelle finite sono intatte, e poi il servizio va avanti da solo.",
    "The disk with the studies is full: make room. Until then no run can begin or end. "
    "Finished ones are untouched, and then the service goes on by itself.",
)
SERVICE_ROOM = Bilingual("C'è di nuovo spazio: il servizio va avanti.", "There is room again: the service goes on.")


@contextmanager
def plain_faults(study: Path) -> Iterator[None]:
    """Raise StudyError where the block fails for want of disk, memory or permission; other exceptions pass unchanged.

    A full disk also makes databases and servers fail, each in its own way: where less than a megabyte is left beside
    `study`, that is what is said.
    """
    try:
        yield
    except StudyError:
        raise
    except Exception as error:
        number = getattr(error, "errno", None)
        if isinstance(error, MemoryError) or number == errno.ENOMEM or any(sign in str(error) for sign in _STARVED):
            raise _memory(study) from error
        if number in _FULL or is_full(study):
            raise _disk(study) from error
        if number in _CLOSED:
            raise _permission(study, error) from error
        raise


def lost_server(study: Path, address: str) -> StudyError:
    """What is said when the Prefect server at `address`, told of a run on `study`, is gone before the run has ended."""
    if is_full(study):
        return _disk(study)
    return study_error(
        f"il server Prefect {address}, che segue questa analisi (studio «{study.name}»), non risponde più: avviala di "
        f"nuovo, anche senza server. {_AGAIN.it}",
        f"the Prefect server {address}, which follows this run (study `{study.name}`), does not answer any more: run "
        f"it again, without a server too. {_AGAIN.en}",
    )


def is_full(folder: Path) -> bool:
    """Whether less than a megabyte is left on the disk of `folder`."""
    try:
        return shutil.disk_usage(folder).free < _SPARE_BYTES
    except OSError:
        return False


def _disk(study: Path) -> StudyError:
    return study_error(
        f"il disco con lo studio «{study.name}» è pieno: libera spazio e avvia di nuovo l'analisi. {_AGAIN.it}",
        f"the disk with the study `{study.name}` is full: make room and run it again. {_AGAIN.en}",
    )


def _memory(study: Path) -> StudyError:
    return study_error(
        f"la memoria non basta per lo studio «{study.name}»: chiudi altri programmi, fai un'analisi alla volta o usa "
        f"una macchina con più memoria, poi avviala di nuovo. {_AGAIN.it}",
        f"there is not enough memory for the study `{study.name}`: close other programs, run one analysis at a time "
        f"or use a larger machine, then run it again. {_AGAIN.en}",
    )


def _permission(study: Path, error: Exception) -> StudyError:
    name = getattr(error, "filename", None)
    place = Path(name).name if isinstance(name, str) else study.name
    return study_error(
        f"manca il permesso di leggere o scrivere «{place}» (studio «{study.name}»): controlla i permessi",
        f"no permission to read or write `{place}` (study `{study.name}`): check the permissions",
    )
