"""Every number of every table of answers and themes is counted again from the truth of random studies, without Trama.

Few studies, always the same, most of them without the machine, which codes nothing there. `RECOUNTED_STUDIES=200`
counts more of them, from the seed `RECOUNTED_FROM` on.
"""

import math
import os
import random
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from outputs.numbers import Rendered
from outputs.run.record import RunRecord, read_run
from outputs.words.render import RenderedTable
from tests.acceptance.bundled_studies import listed_codings as codings_in
from tests.acceptance.bundled_studies import read_bundled, spoken_segments
from tests.acceptance.counted_studies import CountedStudy, draw_study
from tests.acceptance.recount import NOT_RECOUNTED, Expected, Recount, recount_all
from tests.acceptance.recount_coders import agreement, codings, passages
from tests.acceptance.recount_links import joint, stances_and_answers
from tests.acceptance.whole_studies import count_in_process, run_in_process
from tests.bundled import BUNDLED

FIRST = int(os.environ.get("RECOUNTED_FROM", "0"))
STUDIES = int(os.environ.get("RECOUNTED_STUDIES", "6"))
WHOLE = (1000, 1001)  # as a run goes, the machine and the written files with it
# Counts of the material that the truth does not hold: turns of the interviewers too.
_OF_THE_MATERIAL = {"turns"}
_DRAWN_INTERVALS = ("Cramér", "Spearman", "epsilon")
# Rows that the machine has a part in.
_OF_THE_MACHINE = "|Trama|"
_BEGINNINGS = ("why", "interviews")  # texts of which the beginning is recounted
_NEARLY_NOTHING = 1e-12  # what is nearer to 0 is 0


def shown_numbers(table: RenderedTable) -> dict[tuple[str, str], float | None]:
    """The cells of a table as numbers, None where there is none; those that nobody recounts are left out."""
    shown: dict[tuple[str, str], float | None] = {}
    for row, cells in table.frame.iterrows():
        drawn = any(name in str(cells.get("effect_name", "")) for name in _DRAWN_INTERVALS)
        for column in table.columns:
            left = column.key in NOT_RECOUNTED.get(table.key, NOT_RECOUNTED["*"])
            left |= drawn and column.key in ("low", "high")
            if not left and row not in _OF_THE_MATERIAL and _OF_THE_MACHINE not in str(row):
                shown[str(row), column.key] = _number(cells[column.key])
    return shown


def _number(value: Rendered) -> float | None:
    if value == "∞":
        return math.inf
    return None if value is None or isinstance(value, str) or value != value else float(value)


def differences(table: RenderedTable, expected: Expected) -> list[str]:
    """Cells that show another number or word than expected, show one that nobody expects, or lack one."""
    found = []
    shown = shown_numbers(table)
    for place, number in shown.items():
        wanted = expected.get(place)
        if isinstance(wanted, str):
            text = str(table.frame.loc[place] or "")
            if text != wanted and not (place[1] in _BEGINNINGS and text.startswith(wanted)):
                found.append(f"{table.key} {place}: shown {text}, recounted {wanted}")
        elif (number is not None or wanted is not None) and not _alike(number, wanted):
            found.append(f"{table.key} {place}: shown {number}, recounted {wanted}")
        if number is not None and 0 < abs(number) < _NEARLY_NOTHING and place[1] not in ("p", "q"):
            found.append(f"{table.key} {place}: {number} is no number but 0")
    lacking = sorted(expected.keys() - shown.keys())
    return found + [f"{table.key} {place}: not shown, recounted {expected[place]}" for place in lacking]


def _alike(number: float | None, wanted: float | tuple[float, float] | None) -> bool:
    value, tolerance = wanted if isinstance(wanted, tuple) else (wanted, 1e-9)
    if number is None or value is None:
        return False
    return number == value or abs(number - value) <= tolerance * max(1.0, abs(value))


def listed_codings(record: RunRecord, truth: Recount) -> list[str]:
    """Rows of `codifiche` that are too many or lacking."""
    table = record.table("codifiche")
    assert table is not None
    names = ["theme", "stance", "respondent", "quotation", "coder"]
    shown = Counter(table.frame[names].itertuples(index=False, name=None))
    wanted = codings(truth)
    return [f"codifiche: too many {shown - wanted}, lacking {wanted - shown}"] if shown != wanted else []


def left_out(record: RunRecord, truth: Recount) -> list[str]:
    """Errors of the files that are not told, or told for nothing, and answers in other languages that nobody read."""
    table = record.table("lasciati_fuori")
    assert table is not None
    errors = table.frame[table.frame["severity"].isin(["errore", "error"])]
    told = Counter((row.file, int(row.line or 0), row.column) for row in errors.itertuples())
    found = [f"lasciati_fuori: told {told - truth.study.errors}, not told {truth.study.errors - told}"]
    found = found if told != truth.study.errors else []
    unread = truth.every[~truth.every["read"]].groupby("transcript").size()
    expected: Expected = {(f"{transcript}|de", "segments"): int(count) for transcript, count in unread.items()}
    shown = {place: number for place, number in shown_numbers(table).items() if place[1] == "segments" and number}
    return found + ([f"lasciati_fuori: {shown}, recounted {expected}"] if shown != expected else [])


def differences_of_tables(record: RunRecord, truth: Recount) -> list[str]:
    """What the tables of answers, themes and links show otherwise than they are counted here."""
    expected = recount_all(truth)
    linked = record.table("temi_domande")
    assert linked is not None
    intervals = {(str(row), end): _number(cells[end]) for row, cells in linked.frame.iterrows()
                 for end in ("low", "high")}  # fmt: skip
    expected["joint_display"] = joint(truth, expected["temi_domande"], intervals)
    expected["posizioni_risposte"] = stances_and_answers(truth)
    return differences_of(record, expected) + widest_intervals(linked)


def widest_intervals(linked: RenderedTable) -> list[str]:
    """Effects that may be anything beside a p that says that they are not nothing."""
    anything = (linked.frame["low"] == -1) & (linked.frame["high"] == 1)
    known = pd.to_numeric(linked.frame["p"], errors="coerce") < 0.01
    return [f"temi_domande {row}: from -1 to 1" for row in linked.frame.index[anything & known]]


def differences_of(record: RunRecord, expected: Mapping[str, Expected]) -> list[str]:
    """Those of these tables."""
    apart = []
    for key, cells in expected.items():
        table = record.table(key)
        apart += differences(table, cells) if table is not None else [f"{key}: no such table"] * bool(cells)
    return apart


@pytest.mark.parametrize("seed", range(FIRST, FIRST + STUDIES))
def test_every_number_is_the_one_that_a_recount_gives(tmp_path: Path, seed: int) -> None:
    study = draw_study(random.Random(seed))
    check_against(study, count_in_process(study.write(tmp_path / "studio")))


@pytest.mark.parametrize("seed", WHOLE)
def test_a_whole_run_counts_the_same(tmp_path: Path, seed: int) -> None:
    study = draw_study(random.Random(seed))
    check_against(study, read_run(run_in_process(study.write(tmp_path / "studio"))))


def check_against(study: CountedStudy, record: RunRecord) -> None:
    """Every table shows what is counted from the study's truth."""
    truth = Recount(study)
    apart = differences_of_tables(record, truth)
    apart += differences_of(record, {"accordo": agreement(truth), "accordo_passi": passages(truth)})
    apart += listed_codings(record, truth) + left_out(record, truth)
    assert not apart, "\n".join(apart)


@pytest.mark.parametrize(("name", "variables"), [("sample", ("classe",)), ("quartiere", ()), ("giovani", ())])
def test_every_number_of_a_bundled_study_is_counted_from_its_files(
    bundled_run: Callable[[str], Path], name: str, variables: tuple[str, ...]
) -> None:
    study = read_bundled(BUNDLED[name], variables)
    record = read_run(bundled_run(name))
    codings_table = record.table("codifiche")
    assert codings_table is not None
    every = spoken_segments(record.results.segments, record.results.languages)
    truth = Recount(study, every, codings_in(codings_table.frame, every, study.themes))
    apart = differences_of_tables(record, truth)
    assert not apart, "\n".join(apart)
