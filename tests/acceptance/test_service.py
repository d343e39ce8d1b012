"""`trama serve` as a team uses it: the form in Prefect's UI, the report, exports, refusals, the end."""

import json
import urllib.error
from pathlib import Path

import axe_selenium_python
import pytest
from selenium.webdriver.common.by import By

from tests.acceptance.running_service import ANALYSE, EXPORT, NIGHT, serving
from tests.acceptance.study_files import outputs
from tests.acceptance.trama_command import copy_sample
from tests.acceptance.waiting import wait_for
from tests.browser import open_browser, until

pytestmark = pytest.mark.service
AXE = Path(axe_selenium_python.__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A service over a study of three interviews and a folder with a broken study.toml."""
    scratch = tmp_path_factory.mktemp("service")
    copy_sample(scratch / "studi" / "sindaci", interviews=3)
    broken = copy_sample(scratch / "studi" / "storto", interviews=1)
    (broken / "study.toml").write_text('[study\nname = "x"')
    outside = copy_sample(scratch / "fuori", interviews=1)
    (scratch / "studi" / "collegamento").symlink_to(outside)
    with serving(scratch) as running:
        yield running


def barriers(browser):
    """What axe finds on the page that keeps somebody from reading it."""
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    violations = browser.execute_async_script("axe.run().then(arguments[0])")["violations"]
    return [each["id"] for each in violations]


def test_a_researcher_starts_a_run_in_the_form_and_opens_the_report(service, tmp_path):
    browser = open_browser(tmp_path / "profile")

    def shown(text):
        until(browser, lambda: text in browser.find_element(By.TAG_NAME, "body").text, f"the words «{text}»")

    def click(by, what):
        until(browser, lambda: browser.find_element(by, what).click() or True, what)

    def newest_window_is_the_report():
        browser.switch_to.window(browser.window_handles[-1])
        return "/rapporti/sindaci/" in browser.current_url

    try:
        browser.get(f"{service.address}/deployments")
        click(By.LINK_TEXT, ANALYSE)
        click(By.CSS_SELECTOR, "li.p-tab#description")
        shown("Analizza uno studio e scrive tabelle e rapporto")
        browser.get(service.address)
        shown("Mai analizzato.")
        click(By.XPATH, "//li[contains(., 'sindaci')]//a[starts-with(., 'Analizza')]")
        for words in (
            "Fermati se ci sono errori",
            "lo studio da analizzare",
            "la lingua del rapporto",
            "come nello studio",
        ):
            shown(words)
        click(By.XPATH, "//button[contains(., 'Submit')]")
        run = wait_for(lambda: service.runs(ANALYSE), "the run")[0]["id"]
        assert service.call(f"flow_runs/{run}")["parameters"]["studio"] == "sindaci"
        ended = service.end_of(run)
        assert ended["type"] == "COMPLETED", ended["message"]

        browser.get(f"{service.address}/runs/flow-run/{run}")
        shown("fatto")
        click(By.CSS_SELECTOR, "li.p-tab#artifacts")
        shown("sindaci-temi")
        shown("annota-il-testo")
        click(By.XPATH, "//*[contains(@class, 'artifact-card')][contains(., 'sindaci-sintesi')]")
        shown("Lasciati fuori e avvisi")
        click(By.LINK_TEXT, "Apri il rapporto")
        until(browser, newest_window_is_the_report, "the window with the report")
        shown("Personale")

        browser.get(service.address)
        assert barriers(browser) == []
        shown("Finita.")
        click(By.XPATH, "//li[contains(., 'sindaci')]//a[starts-with(., 'Apri il rapporto')]")
        shown("Personale")
        browser.get(f"{service.address}/rapporti/")
        assert barriers(browser) == []
    except BaseException:
        browser.save_screenshot(str(tmp_path / "last.png"))
        raise
    finally:
        browser.quit()


def test_logs_and_artifacts_speak_plainly_and_repeat_nothing_that_was_said(service):
    # Nothing new where a browser has started it already.
    assert service.end_of(service.start(ANALYSE, {"studio": "sindaci"}))["type"] == "COMPLETED"
    said = " ".join(
        path.read_text(encoding="utf-8") for path in (service.studies / "sindaci" / "transcripts").iterdir()
    )
    sentences = {sentence.strip() for sentence in said.replace("\n", " ").split(".") if len(sentence) > 40}
    logs = json.dumps(service.call("logs/filter", {}), ensure_ascii=False)
    left = service.call("artifacts/filter", {})
    artifacts = json.dumps(left, ensure_ascii=False)
    assert len(sentences) > 50
    assert "codifiche" in logs
    assert "Finished in state" not in logs
    assert "error: " not in artifacts
    assert {each["key"]: each["data"] for each in left if each["type"] == "progress"} == {
        "annota-il-testo": 100,
        "calcola-i-vettori-di-frase": 100,
        "riconosci-le-entita": 100,
        "leggi-il-testo-con-il-libro-dei-codici": 100,
    }
    assert not [sentence for sentence in sentences if sentence in logs + artifacts]


def test_a_broken_study_says_what_to_mend_and_shows_no_traceback(service):
    run = service.start(ANALYSE, {"studio": "storto"})
    ended = service.end_of(run)
    assert ended["type"] == "FAILED"
    assert ended["message"].startswith("study.toml: non è TOML valido")
    wait_for(lambda: "study.toml" in " ".join(service.logs(run)), "the log")
    assert "Traceback" not in "\n".join(service.logs(run))


def test_damaged_kept_files_are_made_anew_and_the_run_says_so(service):
    study = service.studies / "sindaci"
    run = service.start(ANALYSE, {"studio": "sindaci"})  # there is a run, also when this test runs alone
    assert service.end_of(run)["type"] == "COMPLETED"
    before = outputs(study)
    kept = list((study / ".trama" / "store").rglob("*.parquet"))
    for path in kept:
        path.write_bytes(path.read_bytes()[:-9])
    again = service.start(ANALYSE, {"studio": "sindaci", "da_capo": True})
    ended = service.end_of(again)
    assert ended["type"] == "COMPLETED", ended["message"]
    wait_for(lambda: f"{len(kept)} file intermedi erano danneggiati" in " ".join(service.logs(again)), "the log")
    mine = service.call("artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [again]}}})
    summary = next(each["data"] for each in mine if each["key"] == "sindaci-sintesi")
    assert f"{len(kept)} file intermedi erano danneggiati e sono stati rifatti" in summary
    assert outputs(study) == before


def test_tables_are_exported_on_demand(service):
    run = service.start(EXPORT, {"studio": "sindaci", "formati": ["csv", "xlsx"], "tabelle": ["temi"]})
    ended = service.end_of(run)
    assert ended["type"] == "COMPLETED", ended["message"]
    written = [path.name for path in (service.studies / "sindaci" / "export").rglob("*.csv")]
    assert any(name.startswith("temi") for name in written)


def test_the_nights_to_come_are_on_the_calendar(service):
    nights = wait_for(lambda: [run for run in service.runs(NIGHT) if run["auto_scheduled"]], "the nights to come")
    assert {run["state"]["type"] for run in nights} == {"SCHEDULED"}


def test_the_night_makes_every_study_and_one_that_fails_stops_no_other(service):
    night = service.start(NIGHT, {})
    ended = service.end_of(night)
    assert ended["type"] == "FAILED"
    assert ended["message"] == "non riusciti: storto"
    tables = service.call("artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [night]}}})
    outcomes = {row["studio"]: row["esito"] for row in json.loads(tables[0]["data"])}
    assert list(outcomes) == ["sindaci", "storto"]
    assert "non è TOML valido" in outcomes["storto"]
    assert outcomes["sindaci"].startswith("non è cambiato niente")


_SINDACI = {"studio": "sindaci"}


@pytest.mark.parametrize(
    "parameters",
    [
        *({"studio": wrong} for wrong in ("../fuori", "/etc", "collegamento", ".", "", "sindaci\0", "a" * 10_000)),
        *({"studio": wrong} for wrong in (None, 3, ["sindaci"], {"__prefect_kind": "jinja", "template": "{{ 1 }}"})),
        {},
        *(_SINDACI | wrong for wrong in ({"da_capo": "forse"}, {"lingua": "x" * 10_000}, {"altro": 1})),
        {"studio": "x" * 10_000_000},
        ["sindaci"],
        "sindaci",
    ],
    ids=lambda parameters: repr(parameters)[:40],
)  # fmt: skip
def test_absurd_parameters_are_refused_by_the_api(service, parameters):
    with pytest.raises(urllib.error.HTTPError) as refused:
        service.start(ANALYSE, parameters)
    assert refused.value.code in {409, 422}
    assert json.load(refused.value)["detail"].startswith("La corsa non è stata avviata: ")
    assert service.call("health") is True


@pytest.mark.parametrize(
    "parameters",
    [{"formati": ["exe"]}, {"formati": "csv"}, {"formati": None}, {"tabelle": ["temi\0"]}, {"tabelle": "temi"}],
)
def test_absurd_exports_are_refused_by_the_api(service, parameters):
    with pytest.raises(urllib.error.HTTPError) as refused:
        service.start(EXPORT, _SINDACI | parameters)
    assert refused.value.code in {409, 422}


def test_what_the_api_was_told_not_to_check_is_refused_by_the_run(service):
    unchecked = {"enforce_parameter_schema": False}
    before = set((service.studies / "sindaci").rglob("*"))
    runs = [
        service.start(ANALYSE, {"studio": "../fuori"}, **unchecked),
        service.start(ANALYSE, _SINDACI | {"altro": 1}, **unchecked),
        service.start(EXPORT, _SINDACI | {"formati": ["csv"], "tabelle": ["../../temi"]}, **unchecked),
    ]
    for run, wrong in zip(
        runs, ("il parametro «studio»", "i parametri non sono", "il parametro «tabelle»"), strict=True
    ):
        assert service.end_of(run)["type"] != "COMPLETED"
        wait_for(lambda run=run, wrong=wrong: wrong in service.state(run)["message"], f"the words «{wrong}»")
        assert service.state(run)["type"] == "FAILED"
        wait_for(lambda run=run, wrong=wrong: wrong in " ".join(service.logs(run)), "plain words in the log")
        assert "Traceback" not in "\n".join(service.logs(run))
    assert set((service.studies / "sindaci").rglob("*")) == before
    why = [path.read_bytes() for path in (service.studies / ".trama" / "prefect" / "storage").iterdir()]
    assert why and not [each for each in why if b"cloudpickle" in each]
    assert not (service.studies.parent / "fuori" / ".trama").exists()
