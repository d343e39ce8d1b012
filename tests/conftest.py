"""What many tests look at, made when one first asks: the tiny study of tests/tiny_study.py, its results and its run.

A test that wants the study otherwise makes its own (`make_study`, `make_run`) or replaces parts of these, which no test
may change in place.
"""

import pytest

from corpus.study import Study
from nlp.results import Results
from outputs.run.record import RunRecord
from outputs.words.render import RenderedTable
from tests.tiny_study import make_run, make_study


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
