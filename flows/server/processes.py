"""Starts and ends the process of the service's Prefect server, and waits until it answers."""

import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from corpus.errors import study_error
from flows.isolation import PYTHON

END_SECONDS = 10
START_SECONDS = 300  # of a slow or busy machine; a server that ends is noticed at once


def start_server(host: str, port: int, log: Path) -> subprocess.Popen[bytes]:
    """Start the service's server with this process's environment; what it prints goes to the file `log`."""
    with log.open("ab") as output:
        # The child watches its standard input: when this process dies, however it dies, the pipe closes and it ends.
        return subprocess.Popen(
            [*PYTHON, "-m", "flows.service.server", host, str(port)],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            process_group=0,  # Ctrl+C in a terminal reaches this process alone, which has things to tell the server
        )


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Ask a child to end and wait for it; kill it when it takes longer than END_SECONDS."""
    process.terminate()
    try:
        process.wait(timeout=END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return once the server at `address` answers. Raises StudyError when it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/api/health", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise study_error(
        f"il server Prefect locale non è partito; il motivo è nel file {log}",
        f"the local Prefect server did not start; the reason is in the file {log}",
    )
