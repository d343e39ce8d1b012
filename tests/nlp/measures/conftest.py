"""What the tests of statistics count again and again, of the tiny study."""

import pandas as pd
import pytest

from corpus.study import Study
from nlp.measures.groups import groups_of
from nlp.measures.theme_mentions import coded_segments, theme_mentions
from nlp.results import Results
from tests.tiny_study import PEOPLE, THEMES


@pytest.fixture(scope="session")
def coded(results: Results) -> pd.DataFrame:
    """The codings with what is known of their segments."""
    return coded_segments(results.codings, results.segments)


@pytest.fixture(scope="session")
def mentions(coded: pd.DataFrame, results: Results) -> pd.DataFrame:
    """A row a theme and respondent."""
    return theme_mentions(coded, results.segments, [theme.code for theme in THEMES])


@pytest.fixture(scope="session")
def classes(study: Study) -> pd.Series:
    """Respondent -> the class of the municipality."""
    return groups_of(study.respondents, "classe", PEOPLE)
