"""What dies around the nightly run: the service before it, the server during it, the service during it."""

import os
import signal
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from tests.acceptance.running_service import ANALYSE, NIGHT, serving
from tests.acceptance.study_files import finished_runs, say_more
from tests.acceptance.trama_command import copy_sample
from tests.acceptance.waiting import free_port, wait_for

pytestmark = pytest.mark.service


def test_the_night_happens_once_though_the_service_dies_before_it_and_the_server_during_it(tmp_path):
    study = copy_sample(tmp_path / "studi" / "sindaci", interviews=3)
    port = free_port()
    with serving(tmp_path, port=port) as service:
        wait_for(lambda: len(service.runs(NIGHT)) > 1, "the nights to come")
        _die(service)
    _let_two_nights_pass(tmp_path / "studi")
    with serving(tmp_path, port=port) as service:
        night = _started(service, NIGHT, 1)
        _started(service, ANALYSE, 1)
        os.kill(service.child("flows.service.server"), signal.SIGKILL)
        wait_for(service.ready, "the server to be there again")
        assert service.end_of(night)["type"] == "COMPLETED"
        assert len(finished_runs(study)) == 1
        passed = [run["state"]["type"] for run in service.runs(NIGHT) if run["state"]["type"] != "SCHEDULED"]
        assert sorted(passed) == ["CANCELLED", "COMPLETED"]

        say_more(study)
        service.start(NIGHT, {})
        second = _started(service, NIGHT, 2)
        _started(service, ANALYSE, 2)
        _die(service)
    with serving(tmp_path, port=port) as service:
        wait_for(lambda: service.state(second)["type"] == "CRASHED", "the dead night to be told")
        resumed = _started(service, NIGHT, 3)
        assert service.end_of(resumed)["type"] == "COMPLETED"
        assert len(finished_runs(study)) == 2
        states = [run["state"]["type"] for run in _begun(service, NIGHT)]
        assert states == ["COMPLETED", "CRASHED", "COMPLETED"]
        assert not [run for run in service.runs(ANALYSE) if run["state"]["type"] == "RUNNING"]


def _let_two_nights_pass(studies):
    """Put the next two nights into the past, as if nothing had been served since (simulated: nobody waits two days)."""
    with sqlite3.connect(studies / ".trama" / "prefect" / "prefect.db") as database:
        nights = database.execute("select id from flow_run where auto_scheduled order by expected_start_time limit 2")
        for hours, (night,) in zip((30, 6), nights.fetchall(), strict=True):
            past = datetime.now(UTC) - timedelta(hours=hours)
            database.execute(
                "update flow_run set expected_start_time = ?1, next_scheduled_start_time = ?1 where id = ?2",
                (f"{past:%Y-%m-%d %H:%M:%S.%f}", night),
            )
            database.execute(
                "update flow_run_state set state_details = json_set(state_details, '$.scheduled_time', ?) "
                "where flow_run_id = ?",
                (past.isoformat(), night),
            )
    database.close()


def _die(service):
    """The machine loses `trama serve`: killed, and what it started ends with it."""
    service.process.kill()
    service.process.wait()
    wait_for(lambda: not _answers(service), "the server to end with it")


def _answers(service):
    try:
        return service.call("health")
    except OSError:
        return False


def _begun(service, name):
    """The runs of a deployment that have begun, oldest first."""
    return [run for run in service.runs(name) if run["start_time"] and run["state"]["type"] != "CANCELLED"]


def _started(service, name, number):
    """The id of the `number`th run of a deployment, once it runs or has run."""

    def started():
        runs = _begun(service, name)
        return runs[number - 1]["id"] if len(runs) >= number else None

    return wait_for(started, f"run {number} of {name}")
