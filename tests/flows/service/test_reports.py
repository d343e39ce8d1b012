"""The reports over HTTP: files of finished runs, nothing else of a study, behind the password."""

import pytest
from starlette.testclient import TestClient

from flows.service.password import Password
from flows.service.reports import report_address, reports_app


@pytest.fixture
def root(tmp_path):
    study = tmp_path / "alfa"
    run = study / "runs" / "20261124T020000Z-1234"
    run.mkdir(parents=True)
    (study / "study.toml").write_text("")
    (study / "transcripts").mkdir()
    (study / "transcripts" / "S01.txt").write_text("segreto")
    (run / "rapporto.html").write_text("<p>rapporto</p>")
    (study / "runs" / "latest").symlink_to(run.name)
    (run / "fuori.txt").symlink_to(study / "transcripts" / "S01.txt")
    return tmp_path


def test_a_report_is_served_by_run_and_as_the_latest(root):
    client = TestClient(reports_app(root))
    for run in ("20261124T020000Z-1234", "latest"):
        answer = client.get(f"/alfa/{run}/rapporto.html")
        assert answer.status_code == 200
        assert answer.text == "<p>rapporto</p>"
        assert answer.headers["cache-control"] == "no-store"


def test_exported_files_are_served(root):
    (root / "alfa" / "export").mkdir()
    (root / "alfa" / "export" / "tabelle.xlsx").write_bytes(b"xlsx")
    client = TestClient(reports_app(root))
    assert client.get("/alfa/export/tabelle.xlsx").content == b"xlsx"
    assert client.get("/alfa/export/%2e%2e/study.toml").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/alfa/latest/fuori.txt",
        "/alfa/latest/%2e%2e/%2e%2e/transcripts/S01.txt",
        "/alfa/%2e%2e/transcripts/S01.txt",
        "/%2e%2e/alfa/runs/latest/rapporto.html",
        "/alfa/latest/",
        "/beta/latest/rapporto.html",
    ],
)
def test_nothing_else_is_served(root, path):
    assert TestClient(reports_app(root)).get(path).status_code == 404


def test_the_password_is_asked_for(root):
    client = TestClient(Password(reports_app(root), "gruppo:perché no"))
    path = "/alfa/latest/rapporto.html"
    assert client.get(path).status_code == 401
    assert client.get(path, headers={"Authorization": "Basic !!"}).status_code == 401
    assert client.get(path, auth=("gruppo", "altro")).status_code == 401
    assert client.get(path, auth=("gruppo", "perché no".encode())).status_code == 200


def test_addresses_are_quoted():
    assert (
        report_address("bassa bresciana", "r1", "dati (1)/a.html")
        == "/rapporti/bassa%20bresciana/r1/dati%20%281%29/a.html"
    )
