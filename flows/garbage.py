"""`trama gc`: what no kept run needs is removed. Runs are never removed unless their number is limited."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from corpus.store import Store
from flows.server.prefect_home import STATE
from flows.study_lock import study_lock
from outputs.run.folder import whole_runs
from outputs.run.manifest import readable_manifest


@dataclass(frozen=True)
class Collected:
    """What was removed: run folders by name, and bytes of derived files."""

    runs: tuple[str, ...]
    freed: int


def collect_garbage(study: Path, keep: int | None = None) -> Collected:
    """Remove derived files that no run of the study uses; with `keep`, first all runs but the newest `keep`.

    Waits for a run that is going on. A run whose manifest cannot be read counts as using nothing.
    """
    with study_lock(study):
        runs = whole_runs(study)
        old = runs[: max(0, len(runs) - keep)] if keep else []
        for run in old:
            shutil.rmtree(run)
        used = {key for run in runs if run not in old for key in readable_manifest(run).get("store", [])}
        freed = Store(study / STATE / "store").keep_only(used)
    return Collected(tuple(run.name for run in old), freed)
