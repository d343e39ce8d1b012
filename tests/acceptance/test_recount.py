"""Every number of every table of answers and themes is counted again from the truth of random studies, without Trama.

Few studies, always the same; `RECOUNTED_STUDIES=200` counts more of them.
"""

import math
import os
import random
from pathlib import Path

import pytest

from outputs.run_record import read_run
from outputs.tables.table import Table
from tests.acceptance.counted_studies import draw_study
from tests.acceptance.recount import NOT_RECOUNTED, Expected, recount_all
from tests.acceptance.whole_studies import run_in_process

STUDIES = int(os.environ.get("RECOUNTED_STUDIES", "8"))
# Counts of the material that the truth does not hold: turns, segments and words of the interviewer's talk and others.
_OF_THE_MATERIAL = {"turns", "segments", "words", "written"}
_DRAWN_INTERVALS = ("V di Cramér", "rho di Spearman", "epsilon quadro")


def differences(table: Table, expected: Expected) -> list[str]:
    """Cells that show another number than expected, show one that nobody expects, or lack one."""
    found = []
    shown = {}
    for row, cells in table.frame.iterrows():
        drawn = str(cells.get("effect_name", "")).startswith(_DRAWN_INTERVALS)
        for column in table.columns:
            value = cells[column.key]
            number = None if isinstance(value, str) and value != "∞" else math.inf if value == "∞" else value
            number = None if number is None or number != number else float(number)
            left = column.key in NOT_RECOUNTED or (drawn and column.key in ("low", "high"))
            if not left and row not in _OF_THE_MATERIAL:
                shown[str(row), column.key] = number
    for place, number in shown.items():
        wanted = expected.get(place)
        if number is None and wanted is None:
            continue
        if not _alike(number, wanted):
            found.append(f"{table.key} {place}: shown {number}, recounted {wanted}")
    lacking = sorted(expected.keys() - shown.keys())
    return found + [f"{table.key} {place}: not shown, recounted {expected[place]}" for place in lacking]


def _alike(number: float | None, wanted: float | tuple[float, float] | None) -> bool:
    value, tolerance = wanted if isinstance(wanted, tuple) else (wanted, 1e-9)
    if number is None or value is None:
        return False
    return number == value or abs(number - value) <= tolerance * max(1.0, abs(value))


@pytest.mark.parametrize("seed", range(STUDIES))
def test_every_number_is_the_one_that_a_recount_gives(tmp_path: Path, seed: int) -> None:
    study = draw_study(random.Random(seed))
    record = read_run(run_in_process(study.write(tmp_path / "studio")))
    apart = []
    for key, expected in recount_all(study).items():
        table = record.table(key)
        if table is None:
            apart += [f"{key}: no such table"] * bool(expected)
        else:
            apart += differences(table, expected)
    assert not apart, "\n".join(apart)
