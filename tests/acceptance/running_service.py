"""`trama serve` as a process of its own over a folder of studies, and what its API says of runs."""

import base64
import json
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.acceptance.trama_command import TRAMA, command_environment
from tests.acceptance.waiting import PATIENCE, free_port, wait_for

ANALYSE = "Analizza uno studio"
EXPORT = "Esporta tabelle"
NIGHT = "Rielaborazione notturna"
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


class Service:
    """A running service: `process` is `trama serve`, `studies` the folder it serves, `password` its auth string."""

    def __init__(self, address, studies, process, password=None):
        self.address = address
        self.studies = studies
        self.process = process
        self.password = password

    def open(self, path, data=None):
        """The open answer to a request, with the password where there is one."""
        request = urllib.request.Request(f"{self.address}/{path}", data, {"Content-Type": "application/json"})
        if self.password:
            request.add_header("Authorization", f"Basic {base64.b64encode(self.password.encode()).decode()}")
        return urllib.request.urlopen(request, timeout=PATIENCE)

    def call(self, path, body=None):
        """The API's answer. 503 is Prefect's "the database is busy, ask again", as its own clients do."""
        data = None if body is None else json.dumps(body).encode()
        for patience in (1, 2, 4, 0):
            try:
                with self.open(f"api/{path}", data) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                if error.code != 503 or not patience:
                    raise
                time.sleep(patience)
        raise AssertionError

    def ready(self):
        assert self.process.poll() is None, "the service ended"
        found = self.deployments()
        return len(found) == 3 and all(each["status"] == "READY" for each in found.values())

    def deployments(self):
        return {each["name"]: each for each in self.call("deployments/filter", {})}

    def start(self, name, parameters, **options):
        deployment = self.deployments()[name]["id"]
        return self.call(f"deployments/{deployment}/create_flow_run", {"parameters": parameters, **options})["id"]

    def runs(self, name):
        wanted = {"deployments": {"name": {"any_": [name]}}, "sort": "START_TIME_ASC"}
        return self.call("flow_runs/filter", wanted)

    def state(self, run):
        return self.call(f"flow_runs/{run}")["state"]

    def end_of(self, run):
        """The state in which the run ended."""
        wait_for(lambda: self.state(run)["type"] in ENDED, "the end of a run")
        return self.state(run)

    def logs(self, run):
        lines = self.call(
            "logs/filter", {"logs": {"flow_run_id": {"any_": [run]}}, "sort": "TIMESTAMP_ASC", "limit": 200}
        )
        return [line["message"] for line in lines]

    def child(self, module):
        """The process id of the server or the runner."""
        return next(pid for pid in children(self.process.pid) if module in command_line(pid))

    def run_processes(self):
        """The processes of the runs that are going on."""
        return children(self.child("flows.service.runner"))


@contextmanager
def serving(scratch, *options, studies="studi", port=None, environment=None, password=None, cwd=None):
    """`trama serve`, typed in `cwd`, over `scratch/studies` until the end of the block, stopped as Ctrl+C would."""
    port = port or free_port()
    with (scratch / "serve.log").open("ab") as log:
        process = subprocess.Popen(
            [TRAMA, "serve", scratch / studies, "--port", str(port), *options],
            env=command_environment(scratch) | (environment or {}) | ({"TRAMA_PASSWORD": password} if password else {}),
            cwd=cwd,
            start_new_session=True,
            stdout=log,
            stderr=log,
        )
    service = Service(f"http://127.0.0.1:{port}", scratch / studies, process, password)
    try:
        wait_for(service.ready, "the deployments")
        yield service
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=PATIENCE) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except FileNotFoundError:
        return ""


def children(pid):
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(child) for child in found.stdout.split()]
