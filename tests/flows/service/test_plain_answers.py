"""What the API answers where Prefect would answer in English: the parameter that is wrong, the disk that is full."""

import pytest
from starlette.responses import JSONResponse
from starlette.testclient import TestClient

from flows.service import plain_answers
from flows.service.environment import ROOT
from flows.service.plain_answers import PlainAnswers

RUN = "/api/deployments/1/create_flow_run"


@pytest.fixture
def root(tmp_path, monkeypatch):
    (tmp_path / "alfa").mkdir()
    (tmp_path / "alfa" / "study.toml").write_text("")
    monkeypatch.setenv(ROOT, str(tmp_path))
    return tmp_path


def _answer(root, status, body, path=RUN):
    return TestClient(PlainAnswers(JSONResponse(body, status), root)).post(path)


@pytest.mark.parametrize(
    ("prefects", "said"),
    [
        (
            "Error creating flow run: Validation failed for field 'studio'. Failure reason: '../x' is not one of",
            "«alfa»",
        ),
        ("Error creating flow run: Validation failed for field 'formati[0]'. Failure reason: x", "csv, "),
        (
            "Error creating flow run: Validation failed. Failure reason: Additional properties",
            "I moduli hanno solo: studio",
        ),
        ("Error hydrating flow run parameters: x", "non sono quelli del modulo"),
    ],
)
def test_a_refused_run_says_which_parameter_is_wrong_and_keeps_prefects_words(root, prefects, said):
    answer = _answer(root, 409, {"detail": prefects + "x" * 10_000})
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("La corsa non è stata avviata")
    assert said in answer.json()["detail"]
    assert answer.json()["prefect"].startswith(prefects[:60])
    assert len(answer.content) < 2_000


def test_a_request_that_cannot_be_read_is_said(root):
    body = {"exception_message": "Invalid request received.", "exception_detail": [], "request_body": "x" * 10_000}
    assert "non sono quelli del modulo" in _answer(root, 422, body).json()["detail"]


@pytest.mark.parametrize(
    ("status", "path"), [(409, RUN), (404, RUN), (200, RUN), (409, "/api/deployments"), (500, "/api/flow_runs")]
)
def test_other_answers_stay_prefects(root, status, path):
    answer = _answer(root, status, {"detail": "Data integrity conflict."}, path)
    assert (answer.status_code, answer.json()) == (status, {"detail": "Data integrity conflict."})


def test_on_a_full_disk_an_error_says_so_and_is_one_to_ask_again(root, monkeypatch):
    monkeypatch.setattr(plain_answers, "is_full", lambda _folder: True)
    answer = _answer(root, 500, {"exception_message": "Internal Server Error"}, "/api/flow_runs/filter")
    assert answer.status_code == 503
    assert "è pieno: libera spazio" in answer.json()["detail"]
    assert _answer(root, 200, {}, "/api/flow_runs/filter").status_code == 200
