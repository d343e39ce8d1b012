"""A Prefect server of Trama's own that lives as long as one run: free port on loopback, own home, no trace afterwards.

Prefect's ephemeral mode would do without it but prints tracebacks at exit (see docs/decisions.md).
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import study_error
from flows.prefect_home import prefect_environment

START_SECONDS = 120


@contextmanager
def local_server(home: Path) -> Iterator[str]:
    """Start the server, point this process's Prefect at it and yield its address; end it on the way out.

    Must be entered before anything imports Prefect. Where PREFECT_API_URL is set already (a served study, a team's
    server), that server is used and none is started. Raises StudyError when the server does not answer.
    """
    configured = os.environ.get("PREFECT_API_URL")
    if configured:
        yield configured
        return
    os.environ.update(prefect_environment(home))
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with (home / "server.log").open("wb") as log:
        # The child watches its standard input: when this process dies, however it dies, the pipe closes and it ends.
        server = subprocess.Popen(
            [sys.executable, "-m", "flows.server_process", str(port)], stdin=subprocess.PIPE, stdout=log, stderr=log
        )
    try:
        _wait_until_healthy(server, address, home / "server.log")
        os.environ["PREFECT_API_URL"] = f"{address}/api"
        yield address
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
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
