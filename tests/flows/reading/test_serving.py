"""`trama read` as a process: what it acknowledged outlives a kill, and nobody but this machine's browser gets in."""

import re
import signal
import socket
import subprocess
import threading
from contextlib import contextmanager

import httpx
import pytest

from flows.isolation import PYTHON
from flows.reading.serving import HERE
from tests.acceptance.small_studies import SmallStudy

PATIENCE = 120  # seconds; a busy machine takes as long as it takes


@contextmanager
def served(study, *options):
    """The process and the address that it printed."""
    command = [*PYTHON, "-m", "flows", "read", str(study), "--no-browser", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    alarm = threading.Timer(PATIENCE, process.kill)
    alarm.start()
    try:
        yield process, re.search(r"http://\S+", process.stdout.readline())[0]
    finally:
        alarm.cancel()
        process.kill()
        process.wait()


@contextmanager
def entered(address):
    """A browser that opened the address, and the headers with which its page changes something."""
    with httpx.Client(base_url=address.partition("/?")[0], follow_redirects=True, timeout=PATIENCE) as browser:
        page = browser.get(address).text
        token = re.search('name="trama-token" content="([^"]+)"', page)[1]
        yield browser, {"X-Trama-Token": token}


@pytest.fixture
def study(tmp_path):
    return SmallStudy(interviews=1).write(tmp_path / "perché no & co")


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(study):
    acknowledged = []
    with served(study) as (process, address), entered(address) as (browser, own):

        def decide(coder):
            """One decision after the other, until the server is gone."""
            for number in range(10_000):
                decision = {"do": "memo", "coder": coder, "on": "transcript", "ref": "P1", "text": str(number)}
                try:
                    answer = browser.post("/decisions", json=decision, headers=own)
                except httpx.HTTPError:
                    return
                acknowledged.append((answer.status_code, coder, str(number)))

        people = [threading.Thread(target=decide, args=[coder]) for coder in ("anna", "bruno")]
        for person in people:
            person.start()
        while len(acknowledged) < 40 and process.poll() is None:
            people[0].join(0.05)
        process.send_signal(signal.SIGKILL)
        for person in people:
            person.join(PATIENCE)
    assert {status for status, *_ in acknowledged} == {201}
    with served(study) as (_, again), entered(again) as (browser, _):
        memos = browser.get("/transcripts/P1.json").json()["memos"]
        kept = [(each["coder"], each["text"]) for each in memos]
    assert {(coder, text) for _, coder, text in acknowledged} <= set(kept)
    assert len(kept) == len(set(kept))
    assert again.partition("/?")[0] == address.partition("/?")[0]  # where the browser keeps what it could not send


def test_only_this_machine_gets_in_and_the_token_stays_out_of_every_log(study):
    with served(study, "--coder", "anna", "--blind") as (process, address), entered(address) as (browser, own):
        port = int(re.search(r":(\d+)/", address)[1])
        with socket.create_connection((HERE, port), timeout=10) as connection:
            assert connection.getpeername()[0] == HERE
        outside = socket.gethostbyname(socket.gethostname())
        if not outside.startswith("127."):
            with pytest.raises(OSError, match=""):
                socket.create_connection((outside, port), timeout=2).close()
        decision = {"do": "code", "segment": "P1:0002", "theme": "personale"}
        assert browser.post("/decisions", json=decision, headers=own).json()["decision"]["coder"] == "anna"
        assert httpx.get(address, timeout=PATIENCE).status_code == 403  # it was used
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=PATIENCE)
    token = address.partition("token=")[2]
    logs = [path.read_text(encoding="utf-8", errors="replace") for path in (study / ".trama").glob("*.log")]
    written = "".join([*told, *logs])
    assert token not in written
    assert "Traceback" not in written
    assert "P1:0002" in written
    assert "basta" not in written  # what was said
