"""A fault of Trama's in a run of the service: one plain sentence in the run's state, details in a file of the study."""

import importlib
import logging

import pytest
from prefect.logging import disable_run_logger

from flows.fault_details import FAULTS

SPOKEN = "quello che ha detto la sindaca"


def _fail(*_arguments, **_options):
    raise ValueError(SPOKEN)


@pytest.fixture
def deployed(tmp_path, monkeypatch):
    for name in ("alfa", "beta"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "study.toml").write_text('[study]\ntitle = "Prova"\n')
    (tmp_path / ".trama").mkdir()
    monkeypatch.setenv("TRAMA_STUDIES", str(tmp_path))
    module = importlib.reload(importlib.import_module("flows.service.deployed"))
    with disable_run_logger():
        yield module


def _check(state, folder, shown):
    details = next((folder / ".trama" / FAULTS).iterdir())
    assert state.is_failed()
    assert f"{shown}.trama/{FAULTS}/{details.name}" in state.message
    assert "\n" not in state.message
    assert "ValueError" in state.message
    assert "test_own_faults.py:" in details.read_text()
    assert SPOKEN not in state.message + details.read_text()


def test_of_one_study(deployed, monkeypatch, tmp_path):
    monkeypatch.setattr(deployed, "_analysed", _fail)
    _check(deployed.analizza.fn(deployed.Studio("alfa")), tmp_path / "alfa", "alfa/")


def test_of_an_export(deployed, monkeypatch, tmp_path):
    monkeypatch.setattr("outputs.export.export_study", _fail)
    _check(deployed.esporta.fn(deployed.Studio("beta")), tmp_path / "beta", "beta/")


def test_of_the_night_itself(deployed, monkeypatch, tmp_path):
    monkeypatch.setattr(deployed, "_one_of_the_night", _fail)
    _check(deployed.rielabora_tutti.fn(), tmp_path, "")


@pytest.mark.parametrize("name", ["prefect.task_runs", "prefect.flow_runs"])
def test_the_log_never_has_what_an_exception_says(deployed, caplog, monkeypatch, name):
    logger = logging.getLogger(name)
    for key, value in (("disabled", False), ("handlers", []), ("propagate", False)):
        monkeypatch.setattr(logger, key, value)
    logger.addHandler(caplog.handler)
    try:
        _fail()
    except ValueError:
        logger.exception("Task run failed with exception: %s", SPOKEN)
    logger.removeHandler(caplog.handler)
    assert SPOKEN not in caplog.text
    assert "Traceback" not in caplog.text
    assert ("errore di Trama (ValueError)" in caplog.text) == (name == "prefect.flow_runs")
