"""Whatever a small study holds, it runs, its manifest is whole and every counted cell has its trail.

Few examples, always the same; `HYPOTHESIS_EXAMPLES=2000` tries more of them.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings

from outputs.run.record import read_run
from tests.acceptance.random_studies import RandomStudy, random_studies
from tests.acceptance.whole_studies import ask_why, check_manifest, check_trails, run_in_process

EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "12"))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(random_studies())
def test_a_random_study_runs_whole(study: RandomStudy) -> None:
    with TemporaryDirectory() as scratch:
        folder = study.write(Path(scratch) / "studio")
        run = run_in_process(folder)
        record = read_run(run)
        check_manifest(folder, run)
        check_trails(record)
        ask_why(record)
