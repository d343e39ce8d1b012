"""Which Prefect API is told of a run; what is left of servers that are gone never stops one."""

import fcntl
import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows.file_lock import held
from flows.server import prefect_api
from flows.server.prefect_api import LOCK, find_api, usable_api, watched, write_address
from tests.acceptance.waiting import free_port, wait_for


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study in a folder of studies, of somebody whose Prefect knows nothing."""
    for name in ("PREFECT_API_URL", "PREFECT_PROFILE", "PREFECT_HOME", "PREFECT_PROFILES_PATH", "TRAMA_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "casa"))
    (tmp_path / "studi" / ".trama").mkdir(parents=True)
    (tmp_path / "studi" / "alfa").mkdir()
    return tmp_path / "studi" / "alfa"


class _Api(BaseHTTPRequestHandler):
    """Answers as an API that lets in whoever knows the password."""

    def do_POST(self):
        self.send_response(200 if self.headers.get("Authorization", "").startswith("Basic") else 401)
        self.end_headers()

    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_arguments):
        """Nothing."""


@pytest.fixture
def server():
    """The address of an API, and the server behind it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", server
    server.shutdown()
    server.server_close()


@pytest.fixture
def serving(study):
    """A `trama serve` on port 4999 of the folder that the study lies in, as far as others can see it."""
    with held(study.parent / ".trama" / LOCK, lambda: None) as lock:
        write_address(lock, "http://127.0.0.1:4999")
        yield lock


def _profile(study, content):
    file = study.parents[1] / "casa" / ".prefect" / "profiles.toml"
    file.parent.mkdir(parents=True)
    file.write_text(content)


PROFILE = """
active = "gruppo"
[profiles.gruppo]
PREFECT_API_URL = "http://prefect.example:4200/api/"
PREFECT_API_KEY = "chiave"
[profiles.altro]
PREFECT_API_URL = "http://altro.example/api"
[profiles.vuoto]
"""


def test_nobody_is_told_where_nothing_is_configured(study):
    assert find_api(study) is None


def test_the_environment_comes_first(study, serving, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4300/api")
    api = find_api(study)
    assert (api.address, api.served) == ("http://127.0.0.1:4300/api", False)
    assert api.environment["DO_NOT_TRACK"] == "1"


def test_then_the_service_of_the_folder_with_its_own_settings(study, serving, monkeypatch):
    _profile(study, PROFILE)
    monkeypatch.setenv("TRAMA_PASSWORD", "gruppo:segreto")
    api = find_api(study)
    assert (api.address, api.served) == ("http://127.0.0.1:4999/api", True)
    assert api.environment["PREFECT_HOME"] == str(study.parent / ".trama" / "prefect")
    assert api.environment["PREFECT_API_AUTH_STRING"] == "gruppo:segreto"
    assert api.environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"


def test_a_service_that_is_starting_or_gone_is_none(study):
    with held(study.parent / ".trama" / LOCK, lambda: None) as lock:
        assert find_api(study) is None
        write_address(lock, "http://127.0.0.1:4999")
        assert find_api(study) is not None
    assert find_api(study) is None
    assert json.loads((study.parent / ".trama" / LOCK).read_text()) == {"api": "http://127.0.0.1:4999/api"}


def test_runs_may_look_at_the_same_time(study):
    lock = os.open(study.parent / ".trama" / LOCK, os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_SH)
    assert find_api(study) is None
    os.close(lock)


@pytest.mark.parametrize(("chosen", "address"), [("", "http://prefect.example:4200/api"), ("vuoto", None), ("x", None)])
def test_then_the_active_profile(study, monkeypatch, chosen, address):
    _profile(study, PROFILE)
    if chosen:
        monkeypatch.setenv("PREFECT_PROFILE", chosen)
    api = find_api(study)
    assert (api and api.address) == address
    assert api is None or api.environment["PREFECT_API_KEY"] == "chiave"


@pytest.mark.parametrize("content", ["[[[ no TOML", "active = 3", "[profiles]\nactive = 1", "", "profiles = 2"])
def test_a_profile_that_is_none_is_none(study, content):
    _profile(study, content)
    assert find_api(study) is None


@pytest.mark.parametrize("address", ["http://127.0.0.1:{port}/api", "nowhere", "http://[/api", "http://x.invalid/api"])
def test_an_address_where_nobody_answers_is_told_and_passed_over(study, monkeypatch, address):
    monkeypatch.setenv("PREFECT_API_URL", address.format(port=free_port()))
    told = []
    start = time.monotonic()
    assert usable_api(study, told.append) is None
    assert time.monotonic() - start < 3 * prefect_api.ANSWER_SECONDS
    assert "l'analisi va avanti senza" in told[0].it and "the run goes on without it" in told[0].en


def test_an_api_that_does_not_let_us_in_is_passed_over(study, monkeypatch, server):
    monkeypatch.setenv("PREFECT_API_URL", f"{server[0]}/api")
    told = []
    assert usable_api(study, told.append) is None
    assert "HTTP 401" in told[0].it
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "gruppo:segreto")
    assert usable_api(study, pytest.fail) is not None


def test_a_server_that_is_gone_for_long_is_lost(study, monkeypatch, server):
    address, process = server
    monkeypatch.setenv("PREFECT_API_URL", f"{address}/api")
    monkeypatch.setattr(prefect_api, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(prefect_api, "PATIENCE_SECONDS", 0.3)
    lost = threading.Event()
    with watched(find_api(study), lost.set):
        assert not lost.wait(1)
        process.shutdown()
        process.server_close()
        wait_for(lost.is_set, "the loss", pause=0.05)
