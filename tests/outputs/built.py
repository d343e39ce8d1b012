"""The tables of the tiny study, built once for all the tests of what leaves."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pandas as pd

from corpus.language import Language
from outputs.run.manifest import describe_run
from outputs.run.record import RunRecord
from outputs.tables.all_tables import build_tables
from outputs.tables.table import Table
from tests.nlp.measures.studied import study

STARTED = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def built(language: Language = "it", first: str = "Qui siamo in tre e non basta mai.") -> tuple[Table, ...]:
    """The tables; `first` is the text of every respondent's first segment."""
    return tuple(build_tables(*study(first=first), language))


@cache
def recorded(language: Language = "it", first: str = "Qui siamo in tre e non basta mai.") -> RunRecord:
    """The tiny study as a finished run."""
    studied, results = study(first=first)
    map_of_topics = pd.DataFrame({"topic": [0], "x": [0.0], "y": [0.0], "shown": [1.0]})
    results = replace(results, topic_map=map_of_topics)
    manifest = describe_run(studied, results, {"study.toml": "0" * 64}, {"encoder": "prova"}, language, STARTED, {})
    return RunRecord("20260101T000000Z-0a1b2c3d", language, built(language, first), results, manifest)
