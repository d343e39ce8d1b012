"""Measures everything that docs/scale.md claims, each run in a process of its own, and prints a table in Markdown.

`python -m tests.bench [31|310]`: with 31 only the runs on ParlaTO's 31 interviews (about 8 minutes on two quiet cores),
with 310 also a run on ten times as many, altered (about 20 minutes more).
"""

import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from tests.acceptance.dask_cluster import dask_cluster
from tests.acceptance.parlato import ABSENT, DATA
from tests.acceptance.trama_command import SAMPLE
from tests.bench.measure import Measured, environment, run_measured
from tests.bench.studies import change_codebook, change_interview, parlato_study

REPOSITORY = Path(__file__).resolve().parents[2]
UNCHANGED_RUNS = 3  # of which the median counts; every other figure is of one run


class Bench:
    """Runs in a scratch folder; what was measured, and the rows of the table."""

    def __init__(self, scratch: Path):
        self.scratch = scratch
        self.rows: list[str] = []
        self._trama(self._sample())  # compiles the modules once, as any first run on a machine does

    def row(self, what: str, value: float, limit: float, unit: str, detail: str, *, most: bool = True) -> None:
        """A line of the table; `most` says whether `limit` is the largest or the smallest allowed value."""
        kept = "yes" if (value <= limit if most else value >= limit) else "**no**"
        sign = "≤" if most else "≥"
        self.rows.append(f"| {what} | {value:.2f}{unit} | {sign} {limit:g}{unit} | {kept} | {detail} |")
        print(self.rows[-1], flush=True)

    def on_31(self) -> tuple[Measured, int]:
        """Everything that 31 interviews show; the full run and its number of segments."""
        study = parlato_study(self.scratch / "parlato31", 31)
        full = self._trama(study)
        facts = _manifest(study)
        segments = facts["counts"]["segments"]
        print(f"full run on 31 interviews: {_seconds(full)}; stages: {facts['seconds']}", flush=True)
        same = [self._trama(study) for _ in range(UNCHANGED_RUNS)]
        self._share("nothing changed / full run", same, full, 5)
        change_interview(study)
        self._share("one interview changed / full run", [self._trama(study)], full, 15)
        print(f"  stages: {_manifest(study)['seconds']}", flush=True)
        change_codebook(study)
        self._share("codebook changed / full run", [self._trama(study)], full, 30)
        print(f"  stages: {_manifest(study)['seconds']}", flush=True)

        alone = parlato_study(self.scratch / "parlato31-alone", 31)
        single = self._trama(alone, "--processes", "1")
        one = _manifest(alone)["seconds"]["annotate"]
        print(f"full run, one process: {_seconds(single)}; stages: {_manifest(alone)['seconds']}", flush=True)
        bare = json.loads(run_measured(["-m", "tests.bench.bare", alone], REPOSITORY, self._bytecode).output)
        print(f"bare libraries: {bare['seconds']}", flush=True)
        wall, cpu = (sum(part[kind] for part in bare["seconds"].values()) for kind in ("wall", "cpu"))
        for name, run in (("full run", full), ("full run, one process", single)):
            detail = f"{run.wall:.0f} s / {wall:.0f} s; CPU {run.cpu:.0f} s / {cpu:.0f} s = {run.cpu / cpu:.2f}"
            self.row(f"{name} / bare libraries", run.wall / wall, 1.25, "", detail)
        several = facts["seconds"]["annotate"]
        detail = f"{one:.1f} s / {several:.1f} s, the default number of processes here"
        self.row("annotation, one process / several", one / several, 1.6, "", detail, most=False)
        self._memory("peak memory at 31 interviews", full, 1.5)
        for workers in (1, 2):
            self._cluster(workers)
        return full, segments

    def on_310(self, small: Measured, small_segments: int) -> None:
        """Memory and cost at ten times the size."""
        study = parlato_study(self.scratch / "parlato310", 310)
        large = self._trama(study)
        facts = _manifest(study)
        segments = facts["counts"]["segments"]
        print(f"full run on 310 interviews, {segments} segments: {_seconds(large)}; {facts['seconds']}", flush=True)
        detail = f"{1000 * large.wall / segments:.2f} ms / {1000 * small.wall / small_segments:.2f} ms a segment; CPU "
        detail += f"{large.cpu / segments / (small.cpu / small_segments):.2f}"
        self.row("cost of a segment, 310 / 31", large.wall / segments / (small.wall / small_segments), 1.2, "", detail)
        self._memory("peak memory at 310 interviews", large, 2.5)
        grown = (large.largest - small.largest) / 1024
        self.row("growth of memory, 31 to 310", grown, 1.0, " GB", "largest process")

    def _cluster(self, workers: int) -> None:
        """A point of docs/scale.md's curve: the 31 interviews annotated by a cluster on this machine."""
        study = parlato_study(self.scratch / f"parlato31-{workers}-workers", 31)
        with dask_cluster(self.scratch, workers, environment(self._bytecode)) as (address, _):
            run = self._trama(study, "--dask", address)
        seconds = _manifest(study)["seconds"]
        print(
            f"cluster of {workers}: annotate {seconds['annotate']} s, embed {seconds['embed']} s, all {run.wall:.1f} s"
        )

    def _share(self, what: str, runs: list[Measured], full: Measured, limit: float) -> None:
        wall, cpu = (statistics.median(getattr(run, kind) for run in runs) for kind in ("wall", "cpu"))
        detail = f"{wall:.1f} s / {full.wall:.1f} s; CPU {cpu:.1f} s / {full.cpu:.1f} s = {100 * cpu / full.cpu:.1f}%"
        self.row(what, 100 * wall / full.wall, limit, "%", detail)

    def _memory(self, what: str, run: Measured, limit: float) -> None:
        detail = f"largest process; all processes with Prefect's server: {run.together / 1024:.2f} GB"
        self.row(what, run.largest / 1024, limit, " GB", detail)

    def _trama(self, study: Path, *options: str) -> Measured:
        return run_measured(["-m", "flows", "run", study, *options], REPOSITORY, self._bytecode)

    def _sample(self) -> Path:
        return Path(shutil.copytree(SAMPLE, self.scratch / "sample"))

    @property
    def _bytecode(self) -> Path:
        return self.scratch / "bytecode"


def _manifest(study: Path) -> dict:
    return json.loads((study / "runs" / "latest" / "manifest.json").read_text(encoding="utf-8"))


def _seconds(run: Measured) -> str:
    return f"{run.wall:.1f} s, CPU {run.cpu:.1f} s"


def main(size: int) -> None:
    """Measure and print."""
    if not (DATA / "eaf").is_dir():
        sys.exit(ABSENT)
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(Path(scratch))
        small = bench.on_31()
        if size > 31:
            bench.on_310(*small)
    print(f"\n{platform.machine()}, {len(os.sched_getaffinity(0))} processors, load {os.getloadavg()[0]:.1f}; ", end="")
    print(f"Python {platform.python_version()}; median of {UNCHANGED_RUNS} runs where nothing changed, else one run.\n")
    print("| measured | value | limit | kept | how |\n| --- | ---: | ---: | --- | --- |")
    print("\n".join(bench.rows))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 310)
