"""What is written down of a fault of Trama's own: kinds of exception, places in the code, versions. Never a value.

What an exception says may be what was said in an interview, so only words that Python itself chose are kept of it.
"""

import os
import platform
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path

from corpus.settings import FILE
from corpus.words.language import Bilingual
from flows.server.prefect_home import STATE

FAULTS = "faults"


def user_cache() -> Path:
    """The folder of what Trama keeps for this user on this machine. Raises RuntimeError for a user without a home."""
    root = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (root if root.is_absolute() else Path.home() / ".cache") / "trama"


def note_fault(error: BaseException, place: Path | None, doing: str) -> Path | None:
    """Write what is known of `error`, raised while `doing` something, and return the file, None where none can be.

    It lies in the `.trama/` of the study, or of the folder of studies, that `place` is in, otherwise where this user's
    caches or temporary files lie.
    """
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.txt"
    text = "\n".join([f"trama {doing}", *_trail(error), "", *_versions()]) + "\n"
    for folder in _folders(place):
        with suppress(OSError, RuntimeError):
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / name
            path.write_text(text, encoding="utf-8", errors="replace")
            return path
    return None


def fault_words(error: BaseException, details: Path | None) -> Bilingual:
    """One sentence for a researcher: that the fault is Trama's, and what to send to whom."""
    kind = type(error).__name__
    if details is None:
        return Bilingual(
            f"Trama si è fermata per un errore suo ({kind}), non per i dati; i particolari non si possono scrivere.",
            f"Trama stopped for a fault of its own ({kind}), not of the data; its details cannot be written.",
        )
    return Bilingual(
        f"Trama si è fermata per un errore suo ({kind}), non per i dati: segnalalo allegando il file {details}, "
        "che non contiene testo delle interviste.",
        f"Trama stopped for a fault of its own ({kind}), not of the data: report it with the file {details}, which "
        "holds no text of the interviews.",
    )


def _folders(place: Path | None) -> Iterator[Path]:
    """Where the details may lie, the best place first."""
    around = [place, *place.parents] if place else []
    ours = (folder for folder in around if (folder / FILE).is_file() or (folder / STATE).is_dir())
    yield from (folder / STATE / FAULTS for folder in ours)
    with suppress(RuntimeError):
        yield user_cache() / FAULTS
    yield Path(tempfile.gettempdir()) / f"trama-{os.getuid()}" / FAULTS


def _trail(error: BaseException) -> Iterator[str]:
    """The exception and those behind it: the kind, what Python says of it, and each place it went through."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    for each in chain:
        kind = type(each)
        yield f"\n{kind.__module__}.{kind.__qualname__}{_safe_words(each)}"
        yield from places(each)


def places(error: BaseException) -> list[str]:
    """The places in the code that the exception went through, outermost first, without any value."""
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]


def _safe_words(error: BaseException) -> str:
    """What can be told of an exception without telling data: names in code and the system's own words."""
    match error:
        case OSError(errno=int(number)):
            return f": {os.strerror(number)}"
        case UnicodeError():
            return f": {getattr(error, 'encoding', '')} {getattr(error, 'reason', '')}"
        case ImportError() | AttributeError() | NameError() if error.name:
            return f": {error.name}"
    return ""


def _versions() -> list[str]:
    packages = {each.name: each.version for each in distributions()}
    listed = [f"{name} {packages[name]}" for name in sorted(packages, key=str.lower)]
    return [f"python {platform.python_version()}", platform.platform(), *listed]
