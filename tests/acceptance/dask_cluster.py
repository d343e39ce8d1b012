"""A Dask scheduler and workers as processes of this machine, for as long as a block lasts."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.acceptance.waiting import free_port, wait_for

REGISTERED = "Registered to"


@contextmanager
def dask_cluster(
    scratch: Path, workers: int, env: Mapping[str, str]
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The scheduler's address and the processes, one thread each, once all have registered: workers, then scheduler."""
    address = f"tcp://127.0.0.1:{free_port()}"
    options = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(scratch / "dask")]
    logs = [scratch / f"worker{number}.log" for number in range(workers)]
    with ExitStack() as stack:
        scheduler = ["distributed.cli.dask_scheduler", "--host", address, "--no-dashboard"]
        head = stack.enter_context(_process(scheduler, scratch / "scheduler.log", env))
        command = ["distributed.cli.dask_worker", address, *options]
        processes = [stack.enter_context(_process(command, log, env)) for log in logs]
        wait_for(lambda: all(REGISTERED in log.read_text() for log in logs), "the workers to register")
        yield address, [*processes, head]


@contextmanager
def _process(command: list[str], log: Path, env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "-P", "-m", *command], stdout=output, stderr=output, env=env)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
