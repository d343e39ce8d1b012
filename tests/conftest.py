"""What many tests look at, made when one first asks: the tiny study of tests/tiny_study.py, the bundled studies' runs.

A test that wants the study otherwise makes its own (`make_study`, `make_run`) or replaces parts of these, which no test
may change in place.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from corpus.study import Study
from nlp.results import Results
from outputs.run.record import RunRecord
from outputs.words.render import RenderedTable
from tests.browser import open_browser
from tests.bundled import BUNDLED
from tests.tiny_study import make_run, make_study

# Minutes of work each, the longest first: the last that a worker begins should be short, or the other one waits for it.
_LONG = (
    "test_parlato_run.py",
    "test_more_small_studies.py",
    "test_small_studies.py",
    "test_golden_tables.py",
    "test_random_studies.py",
    "test_reproducible.py",
    "test_first_study.py",
    "test_recount.py",
    "test_hostile_folder.py",
    "test_faulty_study.py",
    "test_killed_run.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files of _LONG come first."""
    rank = {name: place for place, name in enumerate(_LONG)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


@pytest.fixture(scope="session")
def _made() -> tuple[Study, Results]:
    return make_study()


@pytest.fixture(scope="session")
def study(_made: tuple[Study, Results]) -> Study:
    """Twelve respondents, three themes, five items."""
    return _made[0]


@pytest.fixture(scope="session")
def results(_made: tuple[Study, Results]) -> Results:
    """What is known of the tiny study: ten of twelve mention `personale`, four `rifiuti`, nobody `silenzio`."""
    return _made[1]


@pytest.fixture(scope="session")
def run() -> RunRecord:
    """The tiny study as a finished run, in Italian."""
    return make_run()


@pytest.fixture(scope="session")
def english_run() -> RunRecord:
    """The tiny study as a finished run, in English."""
    return make_run("en")


@pytest.fixture(scope="session")
def tables(run: RunRecord) -> dict[str, RenderedTable]:
    """Key -> table of the tiny study, in Italian, in the report's order."""
    return {table.key: table for table in run.tables}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    """Headless Chromium with an empty profile, for all tests of a module."""
    opened = open_browser(tmp_path_factory.mktemp("chromium"))
    yield opened
    opened.quit()


@pytest.fixture(scope="session")
def bundled_run(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Name of a bundled study -> the folder of its run, made by whichever process first asks, for all."""
    scratch = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        scratch = scratch.parent  # where the folders of all workers lie
    shared = scratch / "bundled"
    shared.mkdir(exist_ok=True)

    def run(name: str) -> Path:
        from tests.acceptance.whole_studies import run_in_process

        home = shared / name
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # let go of when the file is closed
            if not (home / "runs" / "latest").exists():
                shutil.rmtree(home, ignore_errors=True)  # of a run that failed
                shutil.copytree(BUNDLED[name], home, ignore=shutil.ignore_patterns("runs", ".trama"))
                run_in_process(home)
        return home / "runs" / "latest"

    return run
