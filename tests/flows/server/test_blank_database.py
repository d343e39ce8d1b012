"""A new study's Prefect database is copied from one that this machine migrated before, whole and empty."""

import sqlite3

import pytest

from flows.server.blank_database import lay_database, user_cache
from flows.server.local_server import BARE, local_server
from flows.server.prefect_home import prefect_environment


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return user_cache()


class _Migrations:
    """Makes a small database and counts how often it was asked to."""

    def __init__(self, database):
        self.database, self.times = database, 0

    def __call__(self):
        self.times += 1
        with sqlite3.connect(self.database) as made:
            made.execute("PRAGMA journal_mode = WAL")
            made.execute("CREATE TABLE flow (name TEXT)")
        made.close()


def _lay(database):
    migrations = _Migrations(database)
    lay_database(database, migrations)
    with sqlite3.connect(database) as laid:
        tables = [name for (name,) in laid.execute("SELECT name FROM sqlite_master")]
    laid.close()
    assert tables == ["flow"]
    return migrations.times


def test_only_the_first_database_of_a_machine_is_migrated(tmp_path, cache):
    assert [_lay(tmp_path / name) for name in ("one.db", "two.db", "three.db")] == [1, 0, 0]
    assert len(list(cache.iterdir())) == 1


def test_a_database_that_is_there_is_left_alone(tmp_path, cache):
    _lay(tmp_path / "one.db")
    before = (tmp_path / "one.db").read_bytes()
    assert _lay(tmp_path / "one.db") == 0
    assert (tmp_path / "one.db").read_bytes() == before


def test_a_damaged_copy_is_removed_and_made_anew(tmp_path, cache):
    _lay(tmp_path / "one.db")
    (kept,) = cache.iterdir()
    kept.write_bytes(kept.read_bytes()[:-100])
    assert [_lay(tmp_path / "two.db"), _lay(tmp_path / "three.db")] == [1, 0]
    assert list(cache.iterdir()) == [kept]


def test_a_cache_folder_that_cannot_be_written_costs_only_time(tmp_path, cache):
    cache.parent.mkdir()
    cache.write_text("a file where the folder should be")
    assert [_lay(tmp_path / "one.db"), _lay(tmp_path / "two.db")] == [1, 1]


def test_what_is_kept_of_a_real_server_is_empty_and_serves_the_next(tmp_path, cache, monkeypatch):
    for name, value in (prefect_environment(tmp_path / "one") | BARE).items():
        monkeypatch.setenv(name, value)  # as the server's start would, but undone after the test
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with local_server(tmp_path / "one"):
        (kept,) = cache.iterdir()
    database = sqlite3.connect(kept)
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    filled = [name for name in names if database.execute(f'SELECT EXISTS (SELECT * FROM "{name}")').fetchone()[0]]
    database.close()
    assert len(names) > 30
    assert filled == ["alembic_version"]
    lay_database(tmp_path / "two.db", pytest.fail)
    assert (tmp_path / "two.db").read_bytes() == kept.read_bytes()
