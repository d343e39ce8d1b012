"""`trama serve`: keeps Prefect's server and the runner of the deployments alive until it is told to stop.

Both are processes of their own, started again when they die; both end with this one, however it ends.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from corpus.errors import study_error
from flows.local_server import end_process, start_server, wait_until_healthy
from flows.service.environment import ServiceOptions, checked, service_environment

WATCH_SECONDS = 1.0


def serve(options: ServiceOptions, ready: Callable[[str], None], stopped: Callable[[], bool]) -> None:
    """Serve until `stopped` says so; `ready` gets the address once runs can be started.

    Raises StudyError for options that cannot be served, a port in use and a server that does not start.
    """
    options = checked(options)
    _check_port(options)
    os.environ.update(service_environment(options))
    from flows.service.night import night_schedule

    night_schedule(options.cron, options.zone)
    logs = options.home / "prefect"
    server = _server(options, logs)
    runner = _runner(logs)
    try:
        ready(options.address)
        while not stopped():
            time.sleep(WATCH_SECONDS)
            if server.poll() is not None:
                server = _server(options, logs)
            if runner.poll() is not None:
                _end_group(runner)
                runner = _runner(logs)
    finally:
        _end_group(runner)
        end_process(server)


def _check_port(options: ServiceOptions) -> None:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError as error:
            raise study_error(
                f"non posso ascoltare su {options.host}:{options.port} ({error.strerror}); scegli un'altra porta con "
                "--port, o ferma il servizio che la usa",
                f"cannot listen on {options.host}:{options.port} ({error.strerror}); choose another port with --port, "
                "or stop the service that uses it",
            ) from error


def _server(options: ServiceOptions, logs: Path) -> subprocess.Popen[bytes]:
    server = start_server(options.host, options.port, logs / "server.log")
    try:
        wait_until_healthy(server, options.address, logs / "server.log")
    except BaseException:
        end_process(server)
        raise
    return server


def _runner(logs: Path) -> subprocess.Popen[bytes]:
    """The runner in a process group of its own, so that the runs it started end with it and none is left behind."""
    with (logs / "runner.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "flows.service.runner"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _end_group(runner: subprocess.Popen[bytes]) -> None:
    if runner.poll() is None:
        end_process(runner)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(runner.pid, signal.SIGKILL)
