"""`trama serve`: keeps Prefect's server and the runner of the deployments alive until it is told to stop.

Both are processes of their own, started again when they die; both end with this one, however it ends.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.errors import Problem, StudyError, study_error
from corpus.words.language import Bilingual
from flows.faults import SERVICE_FULL, SERVICE_ROOM, is_full, plain_faults
from flows.file_lock import held
from flows.isolation import PYTHON
from flows.server.prefect_api import LOCK, write_address
from flows.server.processes import end_process, start_server, wait_until_healthy
from flows.service.environment import ServiceOptions, checked, service_environment

WATCH_SECONDS = 1.0
_SHORT_LIFE = 30.0  # seconds; a runner that dies younger never came to work
_LIVES = 5


def serve(
    options: ServiceOptions,
    ready: Callable[[str], None],
    tell: Callable[[Bilingual], None],
    stopped: Callable[[], bool],
) -> None:
    """Serve until `stopped` says so; `ready` gets the address once runs can be started, `tell` what happens meanwhile.

    Raises StudyError for options that cannot be served, a port in use, a folder that another service serves, and a
    server or runner that does not start.
    """
    options = checked(options)
    with plain_faults(options.root), _alone(options) as lock:
        _check_port(options)
        os.environ.update(service_environment(options))
        from flows.service.night import night_schedule

        night_schedule(options.cron, options.zone)

        def answering(address: str) -> None:
            write_address(lock, address)
            ready(address)

        _keep_alive(options, answering, tell, stopped)


def _keep_alive(
    options: ServiceOptions,
    ready: Callable[[str], None],
    tell: Callable[[Bilingual], None],
    stopped: Callable[[], bool],
) -> None:
    logs = options.home / "prefect"
    server = _server(options, logs)
    runner = _runner(logs)
    born = time.monotonic()
    deaths = 0
    full = False
    try:
        ready(options.address)
        while not stopped():
            if full != is_full(logs):
                full = not full
                tell(SERVICE_FULL if full else SERVICE_ROOM)
            if server.poll() is not None:
                server = _server(options, logs)
            if runner.poll() is not None:
                deaths = deaths + 1 if time.monotonic() - born < _SHORT_LIFE else 1
                if deaths == _LIVES:
                    raise _no_runner(logs)
                _end_group(runner)
                runner = _runner(logs)
                born = time.monotonic()
            time.sleep(WATCH_SECONDS)
    finally:
        _end_group(runner)
        end_process(server)


@contextmanager
def _alone(options: ServiceOptions) -> Iterator[int]:
    """One service a folder: two would take each other's runs for dead. Gives the lock, open."""

    def taken() -> None:
        raise study_error(
            f"la cartella `{options.root}` è già servita da un altro `trama serve`: usa quello, o fermalo prima",
            f"the folder `{options.root}` is served by another `trama serve` already: use that one, or stop it",
        )

    options.home.mkdir(exist_ok=True)
    with held(options.home / LOCK, taken) as lock:
        os.ftruncate(lock, 0)  # the address of a service that is gone
        yield lock


def _no_runner(logs: Path) -> StudyError:
    return study_error(
        f"il processo che avvia le corse si ferma subito, {_LIVES} volte di seguito; il motivo è in {logs}/runner.log",
        f"the process that starts the runs ends at once, {_LIVES} times in a row; the reason is in {logs}/runner.log",
    )


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
    except BaseException as error:
        end_process(server)
        if isinstance(error, StudyError) and is_full(logs):  # the log that would say why could not be written either
            raise StudyError(Problem(SERVICE_FULL)) from error
        raise
    return server


def _runner(logs: Path) -> subprocess.Popen[bytes]:
    """The runner in a process group of its own, so that the runs it started end with it and none is left behind."""
    with (logs / "runner.log").open("ab") as log:
        return subprocess.Popen(
            [*PYTHON, "-m", "flows.service.runner"],
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
