"""A Prefect server of Trama's own that lives as long as one run: free port on loopback, own home, no trace afterwards.

Prefect's ephemeral mode would do without it but prints tracebacks at exit (see docs/decisions.md).
"""

import os
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import study_error
from flows.isolation import PYTHON
from flows.server.prefect_home import prefect_environment

LOOPBACK = "127.0.0.1"
WATCH_SECONDS = 0.5
END_SECONDS = 10
START_SECONDS = 300  # of a slow or busy machine; a server that ends is noticed at once
# What a server for one run has no use for: nobody opens its UI or uses Prefect's blocks, nothing is scheduled, nothing
# listens to events.
BARE = {"PREFECT_SERVER_UI_ENABLED": "false", "PREFECT_API_BLOCKS_REGISTER_ON_START": "false"} | {
    f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false"
    for service in (
        "CANCELLATION_CLEANUP", "LATE_RUNS", "PAUSE_EXPIRATIONS", "SCHEDULER", "FOREMAN", "REPOSSESSOR", "TRIGGERS",
    )
}  # fmt: skip


@contextmanager
def local_server(
    home: Path, meanwhile: Callable[[], None] = lambda: None, lost: Callable[[], None] = lambda: None
) -> Iterator[str]:
    """Start the server, point this process's Prefect at it and yield its address; end it on the way out.

    `meanwhile` is done while the server starts, which takes seconds: it may import Prefect, which reads the server's
    address then, but asks it nothing. `lost` is called, in a thread of its own, when the server ends within the block:
    Prefect would ask a dead server again and again for minutes. Must be entered before anything imports Prefect. Where
    PREFECT_API_URL is set already (a served study, a team's server), that server is used and none is started. Raises
    StudyError when the server does not answer.
    """
    configured = os.environ.get("PREFECT_API_URL")
    if configured:
        yield configured
        return
    os.environ.update(prefect_environment(home))
    os.environ.update(BARE)
    port = _free_port()
    address = f"http://{LOOPBACK}:{port}"
    server = start_server(LOOPBACK, port, home / "server.log")
    try:
        os.environ["PREFECT_API_URL"] = f"{address}/api"
        meanwhile()
        wait_until_healthy(server, address, home / "server.log")
        with _watched(server, lost):
            yield address
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        end_process(server)


@contextmanager
def _watched(server: subprocess.Popen[bytes], lost: Callable[[], None]) -> Iterator[None]:
    over = threading.Event()

    def watch() -> None:
        while not over.wait(WATCH_SECONDS):
            if server.poll() is not None:
                lost()
                return

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        over.set()


def start_server(host: str, port: int, log: Path, module: str = "flows.server.process") -> subprocess.Popen[bytes]:
    """Start the server of `module` with this process's environment; what it prints goes to the file `log`."""
    with log.open("ab") as output:
        # The child watches its standard input: when this process dies, however it dies, the pipe closes and it ends.
        return subprocess.Popen(
            [*PYTHON, "-m", module, host, str(port)],
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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


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
