"""The page as a researcher meets it: opened from a file in headless Chromium, by mouse and by keyboard."""

import json
from pathlib import Path

import axe_selenium_python
import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from outputs.page import write_page
from tests.browser import open_browser
from tests.nlp.studied import study
from tests.outputs.built import built

AXE = Path(axe_selenium_python.__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
NUMBER = "button.trail[data-t='temi'][data-r='personale'][data-c='mentioned']"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    opened = open_browser(tmp_path_factory.mktemp("chromium"))
    yield opened
    opened.quit()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    return write_page(*study(), built(), tmp_path_factory.mktemp("page") / "rapporto.html").as_uri()


@pytest.fixture
def page(browser, address):
    browser.get("about:blank")
    browser.get(address)
    return browser


def find(page, selector):
    return page.find_element(By.CSS_SELECTOR, selector)


def shown(page, selector):
    return [each for each in page.find_elements(By.CSS_SELECTOR, selector) if each.is_displayed()]


def press(page, key):
    ActionChains(page).send_keys(key).perform()


def requested(page):
    messages = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    return {
        message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"
    }


def test_it_opens_from_a_file_without_errors_and_asks_nothing_of_the_network(browser, address):
    for log in ("browser", "performance"):
        browser.get_log(log)  # what was logged before is not the page's
    browser.get(address)
    find(browser, NUMBER).click()
    assert browser.get_log("browser") == []
    assert requested(browser) == {address}


def test_a_number_opens_its_quotations_in_context_with_their_speaker(page):
    assert find(page, NUMBER).text == "10"
    find(page, NUMBER).click()
    assert "12 citazioni, 10 rispondenti" in find(page, "#behind [role=status]").text
    quotes = shown(page, "#behind article.quote")
    assert len(quotes) == 12
    assert quotes[0].find_element(By.TAG_NAME, "mark").text == "Qui"
    assert "E poi?" in quotes[0].text and "R01 · fino a 3.000 · S · transcripts/R01.txt" in quotes[0].text
    quotes[0].find_element(By.TAG_NAME, "summary").click()
    around = [each.text for each in quotes[0].find_elements(By.CSS_SELECTOR, "p.nearby")]
    assert around == ["▸ Qui siamo in tre e non basta mai.", "I sacchi passano il lunedì."]


def test_a_number_is_reached_opened_and_closed_by_keyboard(page):
    page.execute_script("document.querySelector('#temi div.scroll').focus()")
    for _ in range(10):
        press(page, Keys.TAB)
        if page.switch_to.active_element == find(page, NUMBER):
            break
    assert page.switch_to.active_element == find(page, NUMBER)
    press(page, Keys.ENTER)
    assert shown(page, "#behind article.quote")
    press(page, Keys.ESCAPE)
    assert not shown(page, "#behind")
    assert page.switch_to.active_element == find(page, NUMBER)


def test_a_mark_of_the_chart_is_opened_by_keyboard(page):
    find(page, "#temi g.trail[data-r='rifiuti']").send_keys(Keys.ENTER)
    assert "4 citazioni, 4 rispondenti" in find(page, "#behind [role=status]").text


def test_the_joint_display_is_filtered_by_theme_and_reading_by_keyboard(page):
    rows = "#joint_display tbody tr"
    theme = find(page, "#joint_display select[data-column='theme']")
    every = len(shown(page, rows))
    theme.send_keys("Rifiuti")
    kept = [row.text for row in shown(page, rows)]
    assert 0 < len(kept) < every and all(text.startswith("Rifiuti") for text in kept)
    assert find(page, "#joint_display .found").text == f"{len(kept)} righe su {every}"
    theme.send_keys(Keys.HOME)
    assert len(shown(page, rows)) == every
    reading = find(page, "#joint_display select[data-column='reading']")
    reading.send_keys(Keys.ARROW_DOWN)
    kept = {cell.text for cell in shown(page, f"{rows} .k-reading")}
    assert len(shown(page, rows)) < every and kept == {reading.get_property("value")}


def test_quotations_are_filtered_by_theme_class_and_words(page):
    status = "#browser [role=status]"
    assert "16 citazioni" in find(page, status).text
    find(page, "#filters [name=theme]").send_keys("Rifiuti")
    assert "4 citazioni" in find(page, status).text
    find(page, "#filters [name=class]").send_keys("oltre")
    assert find(page, status).text == "Nulla da mostrare."
    find(page, "#filters [name=theme]").send_keys(Keys.HOME)
    assert "3 citazioni, 3 rispondenti" in find(page, status).text
    find(page, "#filters [name=text]").send_keys("SACCHI")
    assert find(page, status).text == "Nulla da mostrare."


def test_a_case_leads_to_its_profile_by_keyboard(page):
    find(page, "#casi a[href='#profilo-R03']").send_keys(Keys.ENTER)
    WebDriverWait(page, 5).until(lambda _: page.switch_to.active_element == find(page, "#profile"))
    assert find(page, "#profile h3").text == "R03"
    find(page, "#chooser [data-step='1']").send_keys(Keys.ENTER)
    assert find(page, "#profile h3").text == "R04"
    find(page, "#profile summary").send_keys(Keys.ENTER)
    assert shown(page, "#profile article.quote")


@pytest.mark.parametrize("state", ["as it opens", "with quotations open"])
def test_axe_finds_no_serious_barrier(page, state):
    if state != "as it opens":
        find(page, NUMBER).click()
    page.execute_script(AXE.read_text(encoding="utf-8"))
    found = page.execute_async_script("axe.run().then(arguments[0])")["violations"]
    serious = [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}]
    assert serious == []
