"""A migrated, empty Prefect database, made once on a machine: its migrations take longer than a small run.

It never holds a row of any run: it is copied before Prefect's server first answers. Imports no Prefect.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.store import content_key

_SCHEMA = ("prefect", "sqlalchemy", "alembic")  # the packages that decide what the migrations make


def user_cache() -> Path:
    """The folder of what Trama keeps for this user on this machine. Raises RuntimeError for a user without a home."""
    root = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (root if root.is_absolute() else Path.home() / ".cache") / "trama"


def lay_database(database: Path, migrate: Callable[[], None]) -> None:
    """Where there is no file `database` yet: a copy of the kept one, or what `migrate` makes there, which is then kept.

    A kept file carries its SHA-256 in its name; one whose content is another is removed and made anew. Where the user's
    cache folder cannot be written to, `migrate` is called each time.
    """
    if database.exists() or _copied(database):
        return
    migrate()
    with suppress(OSError, RuntimeError, sqlite3.Error):
        _keep(database)


def _copied(database: Path) -> bool:
    with suppress(OSError, RuntimeError):
        for kept in user_cache().glob(f"{_name()}-*.db"):
            content = kept.read_bytes()  # a megabyte
            if kept.stem.endswith(hashlib.sha256(content).hexdigest()):
                _write(database, content)
                return True
            kept.unlink()
    return False


def _keep(database: Path) -> None:
    folder = user_cache()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as scratch, closing(sqlite3.connect(database)) as migrated:
        copy = Path(scratch) / "blank.db"
        migrated.execute("VACUUM INTO ?", (str(copy),))
        content = copy.read_bytes()
    _write(folder / f"{_name()}-{hashlib.sha256(content).hexdigest()}.db", content)


def _name() -> str:
    versions = {package: version(package) for package in _SCHEMA}
    return f"prefect-{versions['prefect']}-{content_key('schema', versions, sqlite3.sqlite_version)[:8]}"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, whoever else writes the same file now."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
