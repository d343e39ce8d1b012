"""How a study stands, in words: by its latest attempt on the server, and by the run in its folder."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from flows.service.attempts import Attempt
from flows.service.overview import night_ending, standing

ROME = ZoneInfo("Europe/Rome")
AT_TEN = datetime.fromisoformat("2026-11-24T10:00:00+00:00")


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "alfa"
    folder.mkdir()
    (folder / "study.toml").write_text('[study]\ntitle = "Comuni della Bassa"\n')
    return folder


def add_run(study, started="2026-11-24T09:00:00+00:00", errors=0, warnings=0):
    run = study / "runs" / "20261124T090100Z-1234"
    run.mkdir(parents=True)
    (run / "rapporto.html").write_text("<p>rapporto</p>")
    left_out = [["un'intervista lasciata fuori", "one interview left out"]] if errors else []
    manifest = {
        "format": 2,
        "started": started,
        "tally": {"errors": errors, "warnings": warnings, "left_out": left_out},
        "problems": [{"severity": "error", "it": "manca il file", "en": "no file"}] * errors,
    }
    (run / "manifest.json").write_text(json.dumps(manifest))
    (study / "runs" / "latest").symlink_to(run.name)


def told(study, state="", message="", language="it"):
    attempt = Attempt("1", state, message, AT_TEN) if state else None
    return standing(study, attempt, ROME, language)


def test_a_study_that_never_ran_says_what_to_press(study):
    seen = told(study)
    assert (seen.tone, seen.title, seen.run) == ("none", "Comuni della Bassa", None)
    assert seen.to_do == "Premi «Analizza»."


def test_a_finished_run_is_told_from_its_folder(study):
    add_run(study, warnings=1)
    seen = told(study)
    assert (seen.tone, seen.ended, seen.since) == ("good", "Nessun errore, 1 avviso.", "24/11/2026, 10:00")
    assert seen.run.report == "/rapporti/alfa/20261124T090100Z-1234/rapporto.html"
    assert told(study, language="en").ended == "No errors, 1 warning."


def test_a_run_that_left_something_out_says_what(study):
    add_run(study, errors=1)
    seen = told(study, "COMPLETED")
    assert seen.tone == "part"
    assert "un'intervista lasciata fuori" in seen.ended
    assert "Correggi i file" in seen.to_do


@pytest.mark.parametrize(("state", "tone"), [("RUNNING", "busy"), ("PENDING", "waiting"), ("SCHEDULED", "waiting")])
def test_a_run_that_goes_on_comes_before_the_last_report(study, state, tone):
    add_run(study)
    seen = told(study, state)
    assert (seen.tone, seen.attempt) == (tone, "1")
    assert seen.run.report


@pytest.mark.parametrize("state", ["FAILED", "CRASHED", "CANCELLED"])
def test_a_run_that_failed_says_why_unless_a_later_one_was_made(study, state):
    assert told(study, state, "study.toml: manca una virgola.").tone == "bad"
    if state != "CANCELLED":
        assert told(study, state, "study.toml: manca una virgola.").ended == "study.toml: manca una virgola."
    add_run(study, started="2026-11-24T11:00:00+00:00")
    seen = told(study, state, "study.toml: manca una virgola.")
    assert (seen.tone, seen.attempt, seen.since) == ("good", "", "24/11/2026, 12:00")


def test_a_broken_study_and_a_damaged_run_are_shown_all_the_same(study):
    add_run(study)
    (study / "study.toml").write_text("[study\n")
    (study / "runs" / "latest" / "manifest.json").write_text("{")
    seen = told(study)
    assert (seen.title, seen.tone) == ("alfa", "bad")
    assert "manifest.json" in seen.ended


@pytest.mark.parametrize(
    ("state", "tone"),
    [(None, "none"), ("RUNNING", "busy"), ("COMPLETED", "good"), ("FAILED", "bad"), ("CRASHED", "bad")],
)
def test_the_night_is_told(state, tone):
    night = Attempt("1", state, "non riusciti: storto", AT_TEN) if state else None
    seen, words = night_ending(night, "it")
    assert seen == tone
    assert ("storto" in words) == (tone in {"good", "bad"})
