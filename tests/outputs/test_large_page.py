"""The page of a large study, simulated: its size in every run of the suite, its speed in `make test-service`."""

import json
import re
from time import perf_counter

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from outputs.page import write_page
from tests.browser import at_rest, open_browser, until
from tests.outputs.simulated import simulated, tables_of

MANY = 20_000  # codings
LARGEST = 15  # MB of the file
SLOWEST = 5  # seconds until it can be read; measured 0.3 to 0.7 on two cores, also with every table (7.1 MB)

STATUS = "#browser [role=status]"
# milliseconds; none before the page has been read
READ_IN = "const t = performance.timing; return t.loadEventEnd && t.loadEventEnd - t.navigationStart;"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    studied, results = simulated(MANY)
    return write_page(studied, results, tables_of(studied, results), tmp_path_factory.mktemp("large") / "p.html")


def test_the_page_of_twenty_thousand_simulated_codings_stays_small(page):
    data = json.loads(re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page.read_text("utf-8"))[1])
    assert len(data["codings"]["segment"]) == MANY
    behind = [cells["mentioned"]["c"] for cells in data["trails"]["temi"].values()]
    assert sum(sum(packed[1::2]) for packed in behind) == MANY  # every coding is reached from a number
    assert page.stat().st_size < LARGEST * 1e6


@pytest.mark.service
def test_the_page_of_twenty_thousand_simulated_codings_opens_and_filters_soon(page, tmp_path):
    browser = open_browser(tmp_path)
    try:
        browser.get(page.as_uri())
        took = until(browser, lambda: browser.execute_script(READ_IN)) / 1000
        theme = at_rest(browser, browser.find_element(By.CSS_SELECTOR, "#filters [name=theme]"))
        every = browser.find_element(By.CSS_SELECTOR, STATUS).text
        start = perf_counter()
        theme.send_keys(Keys.ARROW_DOWN)
        until(browser, lambda: browser.find_element(By.CSS_SELECTOR, STATUS).text != every)
        chosen = perf_counter() - start
        found = browser.find_element(By.CSS_SELECTOR, STATUS).text
        at_rest(
            browser, browser.find_element(By.CSS_SELECTOR, "#temi tr[data-r='t00'] button[data-c='mentioned']")
        ).click()
        opened = until(browser, lambda: browser.find_elements(By.CSS_SELECTOR, "#behind article.quote"))
    finally:
        browser.quit()
    print(f"{page.stat().st_size / 1e6:.1f} MB, read in {took:.2f} s, filtered in {chosen:.2f} s: {found}")
    assert found and opened
    assert 0 < took < SLOWEST and chosen < SLOWEST
