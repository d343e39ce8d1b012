"""The reading rooms of the service: each study has its own, runs go through the deployments, names stay inside."""

from uuid import UUID

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from flows.fence import Fence
from flows.service import reading
from flows.service.attempts import Attempt, Attempts
from flows.service.password import Password
from tests.acceptance.small_studies import SmallStudy

HERE = "http://127.0.0.1:4200"


@pytest.fixture
def root(tmp_path):
    for name in ("alfa", "bassa & <2026>"):
        SmallStudy().write(tmp_path / name)
    SmallStudy(pseudonyms=True).write(tmp_path / "nomi")
    return tmp_path


def client(root, password=None):
    rooms = Password(reading.reading_app(root, "it"), password)
    return TestClient(Fence(Starlette(routes=[Mount("/lettura", rooms)])), base_url=HERE)


def token_of(browser, place):
    return browser.get(place).text.partition('name="trama-token" content="')[2].partition('"')[0]


def test_every_study_has_a_room_of_its_own(root):
    browser = client(root)
    assert browser.get("/lettura/alfa").url.path == "/lettura/alfa/"
    place = "/lettura/bassa%20%26%20%3C2026%3E"
    decision = {"do": "code", "coder": "anna", "segment": "P1:0002", "theme": "vicini"}
    answer = browser.post(
        f"{place}/decisions", json=decision, headers={"X-Trama-Token": token_of(browser, f"{place}/")}
    )
    assert answer.status_code == 201
    assert browser.get(f"{place}/study.json").json()["coders"] == ["anna"]
    assert browser.get("/lettura/alfa/study.json").json()["coders"] == []
    assert (root / "bassa & <2026>" / "codings" / "journal" / "anna.jsonl").is_file()


@pytest.mark.parametrize("study", ["gamma", "..", "%2e%2e", "..%2falfa", ".trama"])
def test_a_folder_that_is_no_study_has_no_room(root, study):
    assert client(root).get(f"/lettura/{study}/study.json").status_code == 404


def test_the_password_and_the_fence_stand_before_the_rooms(root):
    browser = client(root, "gruppo:segreto")
    assert browser.get("/lettura/alfa/").status_code == 401
    assert browser.get("/lettura/alfa/study.json").status_code == 401
    known = {"auth": ("gruppo", "segreto")}
    assert browser.get("/lettura/alfa/study.json", **known).status_code == 200
    assert browser.get("/lettura/alfa/study.json", headers={"Host": "evil.example"}, **known).status_code == 403
    foreign = {"Origin": "http://127.0.0.1:9999"}
    assert browser.post("/lettura/alfa/decisions", json={}, headers=foreign, **known).status_code == 403
    form = {"Content-Type": "text/plain"}
    assert browser.post("/lettura/alfa/decisions", content="{}", headers=form, **known).status_code == 415
    assert browser.post("/lettura/alfa/decisions", json={}, **known).status_code == 403  # without the page's token


def test_interviews_with_the_real_names_are_not_read_in_the_service(root):
    answer = client(root).get("/lettura/nomi/transcripts/P1.json")
    assert answer.status_code == 422
    assert "pseudonimi" in answer.json()["message"]


def test_a_link_that_leads_out_of_the_study_closes_its_room(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("fuori") / "P9.txt"
    outside.write_text("SINDACO: Riservato.", encoding="utf-8")
    (root / "alfa" / "transcripts" / "P9.txt").symlink_to(outside)
    answer = client(root).get("/lettura/alfa/study.json")
    assert answer.status_code == 422
    assert "Riservato" not in answer.text


def test_a_run_is_the_deployments(root, monkeypatch):
    asked = []
    run = str(UUID(int=7))
    known = Attempts()

    async def start(study):
        asked.append(study)
        return run

    async def ask():
        return known

    monkeypatch.setattr(reading, "_start_run", start)
    monkeypatch.setattr(reading, "ask_prefect", ask)
    browser = client(root)
    post = {"headers": {"X-Trama-Token": token_of(browser, "/lettura/alfa/")}, "json": {}}
    assert browser.get("/lettura/alfa/run.json").json()["state"] == "idle"
    assert browser.post("/lettura/alfa/run", **post).status_code == 202
    assert asked == ["alfa"]
    known = Attempts({"alfa": Attempt(run, "RUNNING", "", None)})
    assert browser.get("/lettura/alfa/run.json").json()["state"] == "running"
    assert browser.post("/lettura/alfa/run", **post).status_code == 422
    known = Attempts({"alfa": Attempt(run, "FAILED", "manca il libro dei codici", None)})
    failed = browser.get("/lettura/alfa/run.json").json()
    assert (failed["state"], failed["message"]) == ("failed", "manca il libro dei codici")
    known = Attempts({"alfa": Attempt("another", "COMPLETED", "", None)})
    assert browser.get("/lettura/alfa/run.json").json()["state"] == "idle"


def test_while_prefect_does_not_answer_that_is_said(root, monkeypatch):
    async def busy():
        raise OSError("segreto")

    monkeypatch.setattr(reading, "ask_prefect", busy)
    answer = client(root).get("/lettura/alfa/run.json")
    assert answer.status_code == 422
    assert "non risponde" in answer.json()["message"]
