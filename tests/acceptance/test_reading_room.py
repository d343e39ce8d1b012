"""`trama read` as researchers use it: a server that dies midway, and two people who code blind and then settle."""

import os
import re
import signal
import subprocess
from contextlib import contextmanager

import openpyxl
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from corpus.codings.journal import read_journal, standing
from corpus.study import read_study
from tests.acceptance.trama_command import TRAMA, command_environment, copy_sample, trama
from tests.browser import until
from tests.outputs.reading.test_room_in_browser import W, at_hand, barriers, enter, find, hold, press, says, texts

pytestmark = pytest.mark.service
SECOND = "[data-segment='S01:0002']"  # what the mayor says first
THIRD = "[data-segment='S01:0003']"


@pytest.fixture
def study(tmp_path):
    """Three interviews of the bundled study that nobody has coded yet."""
    copied = copy_sample(tmp_path / "sindaci", interviews=3)
    (copied / "codings.csv").unlink()
    return copied


@contextmanager
def reading(study, *options):
    """The address of the study's room; the server dies at the end without being asked."""
    command = [TRAMA, "read", study, "--no-browser", *options]
    environment = command_environment(study.parent)
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True)
    try:
        yield re.search(r"http://\S+", server.stdout.readline())[0]
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def codings(study):
    decisions, problems = read_journal(study)
    assert problems == ()
    held = [each for each in standing(decisions) if each.do == "code"]
    return {(each.coder, each.segment, each.theme, each.stance) for each in held}


def saved(page):
    until(page, lambda: texts(page, "#saved") == [W["all_saved"]], "everything saved")


def test_a_server_killed_midway_loses_nothing_that_was_coded_by_keyboard(browser, study):
    with reading(study) as address:
        page = enter(browser, address, "Anna")
        until(page, lambda: at_hand(page) == "S01:0002")
        press(page, Keys.ARROW_RIGHT)
        hold(page, Keys.SHIFT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
        press(page, "1", "2", Keys.ENTER)
        saved(page)
        assert barriers(page) == []
        assert page.execute_script("return performance.getEntriesByType('resource').map((each) => each.name)")
    press(page, "2", "1")  # nobody is there
    says(page, f"{THIRD} .stripe.own", W["not_saved"])
    says(page, "#trouble", W["away"])
    assert len(codings(study)) == 1
    with reading(study) as address:
        page.get(address)
        says(page, f"{THIRD} .stripe.own", "Risorse economiche · vantaggio Anna")
        saved(page)
    assert codings(study) == {
        ("Anna", "S01:0002", "personale", "problem"),
        ("Anna", "S01:0003", "risorse", "advantage"),
    }
    coded = read_study(study).human_codings
    assert set(coded["theme"]) >= {"personale", "risorse"}


def test_two_people_code_blind_and_settle_what_they_disagree_on(browser, study):
    with reading(study, "--coder", "Anna", "--blind") as address:
        browser.get(address)
        until(browser, lambda: at_hand(browser) == "S01:0002")
        press(browser, "1", "2", Keys.ENTER)
        saved(browser)
    with reading(study, "--coder", "Bruno", "--blind") as address:
        browser.get(address)
        until(browser, lambda: at_hand(browser) == "S01:0002")
        assert texts(browser, ".stripe") == []  # nothing of Anna's
        press(browser, "2", "4", Keys.ENTER)
        saved(browser)
    with reading(study) as address:
        browser.get(address)
        browser.execute_script("localStorage.clear()")
        page = enter(browser, address.split("?")[0], "Carla")
        says(page, f"{SECOND} .conflict", "Disaccordo: Personale, Risorse economiche")
        find(page, "#tab-agreement").click()
        says(page, "#agreement", "Anna · Bruno")
        assert [each for each in barriers(page) if each[1] in ("serious", "critical")] == []
    assert trama("settle", study, "--by", "Carla", scratch=study.parent).returncode == 0
    sheet = next((study / "codings").glob("*.xlsx"))
    rows = openpyxl.load_workbook(sheet).active.iter_rows(values_only=True)
    told = " ".join(str(cell) for row in rows for cell in row)
    assert "Anna" in told and "Bruno" in told


def test_the_latest_report_is_one_click_away(browser, study):
    with reading(study) as address:
        page = enter(browser, address, "Anna")
        assert not page.find_element(By.ID, "report").is_displayed()  # nothing has run yet
        find(page, "#tab-queue").click()
        says(page, "#queue", W["queue_worth"])
