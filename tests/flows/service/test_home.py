"""Trama's own pages: the studies first, every report within three clicks, in both languages, behind the password."""

import json
import re
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from flows.service import home
from flows.service.attempts import Attempt, Attempts
from flows.service.home import form_address, own_routes
from tests.flows.service.test_overview import AT_TEN, add_run

ROME = ZoneInfo("Europe/Rome")


@pytest.fixture
def root(tmp_path, monkeypatch):
    for name in ("alfa", "bassa bresciana <2026>"):
        study = tmp_path / name
        study.mkdir()
        (study / "study.toml").write_text(f'[study]\ntitle = "Studio {name}"\n')
    add_run(tmp_path / "alfa", errors=1)

    async def told():
        failed = Attempt("77", "FAILED", "transcripts: <nessuna> intervista", AT_TEN)
        return Attempts({"bassa bresciana <2026>": failed}, None, AT_TEN, {"Analizza uno studio": "form-1"})

    monkeypatch.setattr(home, "ask_prefect", told)
    return tmp_path


def client(root, password=None):
    return TestClient(Starlette(routes=own_routes(root, ROME, "it", password)))


def test_the_first_page_says_how_each_study_stands(root):
    page = client(root).get("/").text
    for words in ("Studio alfa", "un&#39;intervista lasciata fuori", "transcripts: &lt;nessuna&gt; intervista"):
        assert words in page
    assert 'href="/rapporti/alfa/20261124T090100Z-1234/rapporto.html"' in page
    assert 'href="/runs/flow-run/77"' in page
    assert "24/11/2026, 11:00" in page  # the next night
    assert "<2026>" not in page


def test_every_report_is_listed_and_a_study_says_what_it_left_out(root):
    pages = client(root)
    assert "rapporto.html" in pages.get("/rapporti/").text
    of_study = pages.get("/rapporti/alfa/").text
    assert "manca il file" in of_study
    assert pages.get("/rapporti/bassa%20bresciana%20%3C2026%3E/").status_code == 200
    assert pages.get("/rapporti/gamma/").status_code == 404
    assert pages.get("/rapporti/..%2falfa/").status_code == 404


def test_pages_are_in_english_by_option(root):
    page = client(root).get("/?lingua=en").text
    assert '<html lang="en">' in page
    assert "Open the report" in page
    assert not re.search("Analizza|Rapporti|Notte", page.replace("/rapporti/", ""))


def test_without_an_answer_of_prefects_the_reports_are_there(root, monkeypatch):
    async def busy():
        raise OSError

    monkeypatch.setattr(home, "ask_prefect", busy)
    page = client(root).get("/")
    assert page.status_code == 200
    assert "Prefect in questo momento non risponde" in page.text
    assert "rapporto.html" in page.text


def test_the_password_is_asked_for(root):
    pages = client(root, "gruppo:segreto")
    for path in ("/", "/rapporti/", "/rapporti/alfa/"):
        assert pages.get(path).status_code == 401
        assert pages.get(path, auth=("gruppo", "segreto")).status_code == 200


def test_the_form_is_opened_with_the_study_chosen():
    parameters = form_address("form-1", "perché no?").partition("?parameters=")[2]
    assert json.loads(unquote(unquote(parameters))) == {"studio": "perché no?"}
    assert form_address(None, "alfa") == "/deployments"
