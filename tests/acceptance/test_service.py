"""`trama serve` as a team uses it: the form in Prefect's UI, the report, refusals, a run that is killed, the end."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from tests.acceptance.trama_command import TRAMA, command_environment, copy_sample
from tests.browser import open_browser

SECONDS = 300
pytestmark = pytest.mark.service


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(found, what, seconds=SECONDS):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        result = found()
        if result:
            return result
        time.sleep(0.5)
    raise AssertionError(f"waited {seconds} s for {what}")


class Service:
    """The running service and what its API says."""

    def __init__(self, address, studies, process):
        self.address, self.studies, self.process = address, studies, process

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}/api/{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def deployments(self):
        return {each["name"]: each for each in self.call("deployments/filter", {})}

    def start(self, name, parameters):
        return self.call(f"deployments/{self.deployments()[name]['id']}/create_flow_run", {"parameters": parameters})[
            "id"
        ]

    def state(self, run):
        return self.call(f"flow_runs/{run}")["state"]


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A service over one study of three interviews."""
    scratch = tmp_path_factory.mktemp("service")
    copy_sample(scratch / "studi" / "sindaci", interviews=3)
    port = _free_port()
    process = subprocess.Popen(
        [TRAMA, "serve", scratch / "studi", "--port", str(port)],
        env=command_environment(scratch),
        start_new_session=True,
    )
    running = Service(f"http://127.0.0.1:{port}", scratch / "studi", process)

    def registered():
        assert process.poll() is None, "the service ended"
        try:
            found = running.deployments()
        except (urllib.error.URLError, ConnectionError):
            return False
        return len(found) == 3 and all(each["status"] == "READY" for each in found.values())

    _wait_for(registered, "the deployments")
    yield running
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0


def test_a_researcher_starts_a_run_in_the_form_and_opens_the_report(service, tmp_path):
    browser = open_browser(tmp_path / "profile")
    browser.implicitly_wait(60)
    try:
        browser.get(f"{service.address}/deployments")
        browser.find_element(By.LINK_TEXT, "Analizza uno studio").click()
        deployment = service.deployments()["Analizza uno studio"]["id"]
        browser.get(f"{service.address}/deployments/deployment/{deployment}/run")
        _wait_for(lambda: "lo studio da analizzare" in browser.find_element(By.TAG_NAME, "body").text, "the form", 60)
        browser.find_element(By.XPATH, "//button[contains(., 'Submit')]").click()
        run = _wait_for(lambda: service.call("flow_runs/filter", {}), "the run")[0]["id"]
        _wait_for(lambda: service.state(run)["type"] in {"COMPLETED", "FAILED", "CRASHED"}, "the end of the run")
        assert service.state(run)["type"] == "COMPLETED", service.state(run)["message"]

        browser.get(f"{service.address}/runs/flow-run/{run}")
        browser.find_element(By.XPATH, "//*[normalize-space(text())='Artifacts']").click()
        _wait_for(lambda: "sindaci-sintesi" in browser.find_element(By.TAG_NAME, "body").text, "the artifacts", 60)
        links = service.call("artifacts/filter", {"artifacts": {"type": {"any_": ["markdown"]}}})
        address = links[0]["data"].partition("[Apri il rapporto](")[2].partition(")")[0]
        browser.get(address)
        assert "Personale" in browser.find_element(By.TAG_NAME, "body").text
    finally:
        browser.quit()


def test_logs_and_artifacts_repeat_nothing_that_was_said(service):
    said = " ".join(
        path.read_text(encoding="utf-8") for path in (service.studies / "sindaci" / "transcripts").iterdir()
    )
    sentences = {sentence.strip() for sentence in said.replace("\n", " ").split(".") if len(sentence) > 40}
    logs = json.dumps(service.call("logs/filter", {}), ensure_ascii=False)
    artifacts = json.dumps(service.call("artifacts/filter", {}), ensure_ascii=False)
    assert len(sentences) > 50
    assert "codifiche" in logs
    assert not [sentence for sentence in sentences if sentence in logs + artifacts]


def test_tables_are_exported_on_demand(service):
    run = service.start("Esporta tabelle", {"studio": "sindaci", "formati": ["csv", "xlsx"], "tabelle": ["temi"]})
    _wait_for(lambda: service.state(run)["type"] in {"COMPLETED", "FAILED", "CRASHED"}, "the export")
    assert service.state(run)["type"] == "COMPLETED", service.state(run)["message"]
    written = [path.name for path in (service.studies / "sindaci" / "export").rglob("*.csv")]
    assert any(name.startswith("temi") for name in written)


@pytest.mark.parametrize(
    "parameters",
    [{"studio": "../altrove"}, {"studio": "/etc"}, {"studio": 3}, {"studio": "sindaci", "da_capo": "forse"},
     {"studio": "sindaci", "lingua": "x" * 10_000}, {"studio": "sindaci", "altro": 1}],
)  # fmt: skip
def test_absurd_parameters_are_refused_by_the_api(service, parameters):
    with pytest.raises(urllib.error.HTTPError) as refused:
        service.start("Analizza uno studio", parameters)
    assert refused.value.code in {409, 422}


def test_a_killed_run_is_shown_as_crashed_and_the_next_one_finishes(service):
    run = service.start("Analizza uno studio", {"studio": "sindaci", "da_capo": True})
    _wait_for(lambda: service.state(run)["type"] == "RUNNING", "the run")
    for pid in _children(_runner(service)):
        os.kill(pid, signal.SIGKILL)
    _wait_for(lambda: service.state(run)["type"] in {"CRASHED", "FAILED"}, "the crash to be noticed")
    assert service.state(run)["type"] == "CRASHED"
    night = service.start("Rielaborazione notturna", {})
    _wait_for(lambda: service.state(night)["type"] in {"COMPLETED", "FAILED", "CRASHED"}, "the night")
    assert service.state(night)["type"] == "COMPLETED", service.state(night)["message"]


def _runner(service):
    return next(pid for pid in _children(service.process.pid) if "flows.service.runner" in _command(pid))


def _command(pid):
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def _children(pid):
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(child) for child in found.stdout.split()]
