"""The page as a researcher meets it: opened from a file in headless Chromium, by mouse and by keyboard."""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import axe_selenium_python
import pandas as pd
import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from outputs.page import write_page
from outputs.words.render import render
from tests.browser import at_rest, until
from tests.tiny_study import make_run

AXE = Path(axe_selenium_python.__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
NUMBER = "#temi tr[data-r='personale'] button[data-c='mentioned']:not(.derived)"
# Numbers that count tests, parameters or blanks: nobody said or answered what they count.
NO_ONE_BEHIND = {
    "family",
    "base",
    "run",
    "topics_n",
    "decisions",
    "interviews_n",
    "no_answer",
    "no_reply",
    "dont_know",
    "rank",
}
NO_ONE_BEHIND |= {"not_shown", "unknown", "line"}
ALL_UNFOLDED = "for (const each of document.querySelectorAll('details')) each.open = true;"
# How far below the top of the window a heading comes to stand, once the window has come to rest.
WHERE = """
const [id, done] = arguments;
let last = NaN, still = 0;
const look = () => {
  const top = document.getElementById(id).getBoundingClientRect().top;
  still = top === last ? still + 1 : 0;
  last = top;
  if (still > 5) done([top, scrollY + innerHeight >= document.documentElement.scrollHeight - 2]);
  else requestAnimationFrame(look);
};
setTimeout(look, 100);
"""
# Clicks everything that opens, folded or not; returns what opened nothing or lacks speaker, time or context.
OPEN_ALL = """
const faults = [], opened = {};
for (const mark of document.querySelectorAll("main .trail")) {
  const section = mark.dataset.t || mark.closest(".table").id;
  mark.dispatchEvent(new MouseEvent("click", {bubbles: true}));
  const quotes = [...document.querySelectorAll("#behind-list article.quote")];
  const told = quotes.map((q) => q.querySelector("footer").textContent);
  if (!document.getElementById("behind").open || !quotes.length) faults.push([section, mark.textContent, "nothing"]);
  else if (quotes[0].querySelector("details")) {
    for (const [n, quote] of quotes.entries()) {
      const where = /R\\d\\d.* · S · transcripts\\/R\\d\\d.txt, \\S+ \\d+–\\d+ · 0:00:0\\d/;
      if (!where.test(told[n])) faults.push([section, told[n]]);
      quote.querySelector("details").dispatchEvent(new Event("toggle"));
      if (quote.querySelectorAll(".nearby").length !== 3) faults.push([section, quote.textContent]);
    }
  }
  (opened[section] ??= new Set()).add(mark.classList.contains("derived") ? "computed" : "counted");
  document.getElementById("behind").close();
}
const left = [...document.querySelectorAll("td:is(.count, .decimal, .percent, .p)")]
  .filter((cell) => /[1-9]/.test(cell.textContent) && !cell.querySelector("button, .why"))
  .map((cell) => `${cell.closest(".table").id}/${cell.className.match(/k-(\\S+)/)[1]}`);
return [faults, Object.keys(opened), [...new Set(left)].sort()];
"""


@pytest.fixture(scope="module", params=["it"])
def address(request, study, results, tmp_path_factory):
    """The tiny study as a page, its transcripts with times and its topics on a map."""
    timed = results.segments.assign(start_ms=results.segments["start"] * 100).astype(results.segments.dtypes)
    places = pd.DataFrame({"topic": [0, 1, 2], "x": [0.0, 1.0, -1.0], "y": [0.5, 0.0, -0.5], "shown": 0.8})
    shown = replace(results, segments=timed, topic_map=places)
    path = tmp_path_factory.mktemp("page") / "rapporto.html"
    return write_page(study, shown, with_topics(request.param), path, request.param).as_uri()


def with_topics(language):
    """The tables of the tiny study with its one topic three times, so that there is a map to draw."""
    tables = []
    for table in make_run(language).tables:
        if table.key == "argomenti":
            rows = [table.data.frame.iloc[[0]].assign(proposed=name) for name in (None, "Nuovo", None)]
            frame = pd.concat(rows).set_axis(pd.Index(["0", "1", "2"], name="row", dtype="str"))
            cells = [table.cells.assign(row=row) for row in ("0", "1", "2")]
            data = replace(table.data, frame=frame, cells=pd.concat(cells, ignore_index=True))
            table = render(data, language)
        tables.append(table)
    return tables


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


def click(page, selector):
    at_rest(page, find(page, selector)).click()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def serving(folder) -> Iterator[str]:
    """The files of a folder on this machine's own address, as the service serves reports."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def unfold(page, chapter):
    """The tables of a chapter, as a reader opens them."""
    click(page, f"#capitolo-{chapter} details.tables > summary")


def says(page, selector, text):
    """Wait until the element says `text`, among other things."""
    until(page, lambda: text in find(page, selector).text)


def choose_by_keyboard(page, selector, text):
    """Arrow by arrow: letters that come slowly would each begin a new search in the list."""
    box = Select(find(page, selector))
    find(page, selector).send_keys(Keys.HOME)
    for _ in box.options:
        if box.first_selected_option.text.strip() == text:
            return
        find(page, selector).send_keys(Keys.ARROW_DOWN)
    assert box.first_selected_option.text.strip() == text


def requested(page):
    messages = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    return {
        message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"
    }


def test_every_number_opens_without_errors_and_asks_nothing_of_the_network(browser, address):
    for log in ("browser", "performance"):
        browser.get_log(log)  # what was logged before is not the page's
    browser.get(address)
    faults, sections, left = browser.execute_script(OPEN_ALL)
    assert faults == []
    assert {"temi", "temi_classe", "temi_insieme", "joint_display", "argomenti", "saturazione_interviste"} <= set(
        sections
    )
    assert {place.split("/")[1] for place in left} <= NO_ONE_BEHIND
    assert browser.get_log("browser") == []
    assert requested(browser) == {address}


def test_a_number_opens_its_quotations_in_context_with_their_speaker(page):
    unfold(page, "themes")
    assert find(page, NUMBER).text == "10"
    click(page, NUMBER)
    says(page, "#behind [role=status]", "12 citazioni, 10 rispondenti")
    quotes = shown(page, "#behind article.quote")
    assert len(quotes) == 12
    assert quotes[0].find_element(By.TAG_NAME, "mark").text == "Qui"
    assert "E poi?" in quotes[0].text and "R01 · fino a 3.000 · S · transcripts/R01.txt" in quotes[0].text
    quotes[0].find_element(By.TAG_NAME, "summary").click()
    until(page, lambda: quotes[0].find_elements(By.CSS_SELECTOR, "p.nearby"))
    around = [each.text for each in quotes[0].find_elements(By.CSS_SELECTOR, "p.nearby")]
    assert around == [
        "Domanda: E poi?",
        "S 0:00:00: Qui siamo in tre e non basta mai.",
        "S 0:00:03: I sacchi passano il lunedì.",
    ]


def test_a_computed_number_says_which_counts_it_comes_from(page):
    unfold(page, "themes")
    click(page, "#temi tr[data-r='personale'] td.percent button")
    until(page, lambda: find(page, "#behind-from").text == "Numero calcolato a partire da «Ne parlano»")
    says(page, "#behind [role=status]", "12 citazioni, 10 rispondenti")


def test_a_topic_of_the_map_is_opened_by_mouse_and_by_keyboard(page):
    topic = at_rest(page, find(page, "#capitolo-topics g.trail[data-r='1']"))
    ActionChains(page).click(topic).perform()
    says(page, "#behind [role=status]", "12 citazioni, 12 rispondenti")
    press(page, Keys.ESCAPE)
    until(page, lambda: not shown(page, "#behind"))
    topic.send_keys(Keys.ENTER)
    until(page, lambda: shown(page, "#behind article.quote"))


def test_a_number_is_reached_opened_and_closed_by_keyboard(page):
    find(page, "#capitolo-themes details.tables > summary").send_keys(Keys.ENTER)
    until(page, lambda: find(page, "#temi div.scroll").is_displayed())
    page.execute_script("document.querySelector('#temi div.scroll').focus()")
    for _ in range(10):
        press(page, Keys.TAB)
        if page.switch_to.active_element == find(page, NUMBER):
            break
    assert page.switch_to.active_element == find(page, NUMBER)
    press(page, Keys.ENTER)
    until(page, lambda: shown(page, "#behind article.quote"))
    press(page, Keys.ESCAPE)
    until(page, lambda: not shown(page, "#behind"))
    until(page, lambda: page.switch_to.active_element == find(page, NUMBER))


def test_a_mark_of_the_chart_is_opened_by_keyboard(page):
    find(page, "#capitolo-themes g.trail[data-r='rifiuti']").send_keys(Keys.ENTER)
    says(page, "#behind [role=status]", "4 citazioni, 4 rispondenti")


def test_the_joint_display_is_filtered_by_theme_and_reading_by_keyboard(page):
    rows = "#joint_display tbody tr"
    theme = "#joint_display select[data-column='theme']"
    every = len(shown(page, rows))
    choose_by_keyboard(page, theme, "Rifiuti")
    until(page, lambda: all(row.text.startswith("Rifiuti") for row in shown(page, rows)))
    kept = len(shown(page, rows))
    assert 0 < kept < every
    says(page, "#joint_display .found", f"{kept} righe su {every}")
    find(page, theme).send_keys(Keys.HOME)
    until(page, lambda: len(shown(page, rows)) == every)
    reading = find(page, "#joint_display select[data-column='reading']")
    reading.send_keys(Keys.ARROW_DOWN)
    value = until(page, lambda: reading.get_property("value"))
    until(page, lambda: {cell.text for cell in shown(page, f"{rows} .k-reading")} == {value})
    assert len(shown(page, rows)) < every


def test_quotations_are_filtered_by_theme_class_and_words(page):
    status = "#browser [role=status]"
    theme = "#filters [name=theme]"
    says(page, status, "16 citazioni")
    choose_by_keyboard(page, theme, "Rifiuti")
    says(page, status, "4 citazioni")
    choose_by_keyboard(page, "#filters [name=class]", "oltre 8.000")
    says(page, status, "Nulla da mostrare.")
    find(page, theme).send_keys(Keys.HOME)
    says(page, status, "3 citazioni, 3 rispondenti")
    find(page, "#filters [name=text]").send_keys("SACCHI")
    says(page, status, "Nulla da mostrare.")


def test_a_case_leads_to_its_profile_by_keyboard(page):
    unfold(page, "material")
    find(page, "#casi a[href='#profilo-R03']").send_keys(Keys.ENTER)
    until(page, lambda: page.switch_to.active_element == find(page, "#profile"))
    says(page, "#profile h3", "R03")
    find(page, "#chooser [data-step='1']").send_keys(Keys.ENTER)
    says(page, "#profile h3", "R04")
    find(page, "#profile summary").send_keys(Keys.ENTER)
    until(page, lambda: shown(page, "#profile article.quote"))


@pytest.mark.parametrize(
    ("address", "state"), [("it", "everything unfolded"), ("en", "with quotations open")], indirect=["address"]
)
def test_axe_finds_no_barrier(page, state):
    page.execute_script(ALL_UNFOLDED)
    for box in page.find_elements(By.CSS_SELECTOR, "input.detail-switch"):
        page.execute_script("arguments[0].click()", box)
    until(page, lambda: shown(page, "#profile article.quote"))
    if state == "with quotations open":
        click(page, NUMBER)
        until(page, lambda: shown(page, "#behind article.quote summary"))[0].click()
        until(page, lambda: shown(page, "#behind p.nearby"))
    page.execute_script(AXE.read_text(encoding="utf-8"))
    found = page.execute_async_script("axe.run().then(arguments[0])")["violations"]
    assert [(each["id"], each["impact"], each["nodes"][0]["html"]) for each in found] == []


@pytest.mark.parametrize("width", [400, 700])  # a telephone; a laptop's window at 200 %
def test_a_narrow_window_scrolls_tables_not_the_page(page, width):
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    )
    page.execute_script(ALL_UNFOLDED)
    wide = page.execute_script("return document.documentElement.scrollWidth")
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert wide <= width


def test_every_link_of_the_contents_lands_on_its_heading(page):
    """With the smooth scrolling of a reader who did not ask for less motion, and at the first click."""
    page.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "no-preference"}]}
    )
    links = [each.get_attribute("href").partition("#")[2] for each in page.find_elements(By.CSS_SELECTOR, "nav a")]
    inside = page.execute_script("return [...document.querySelectorAll('.inside a')].map((a) => a.hash.slice(1))")
    assert len(links) > 8 and len(inside) > 10
    missed = []
    for target in [*links, *inside]:
        fresh = page.current_url.partition("#")[0]
        page.get("about:blank")
        page.get(fresh)
        page.execute_script(
            "document.querySelector(`nav a[href='#${arguments[0]}'], .inside a[href='#${arguments[0]}']`).click()",
            target,
        )
        below = page.execute_script("return document.querySelector('nav').getBoundingClientRect().height")
        top, at_the_end = page.execute_async_script(WHERE, f"h-{target}")
        if not (below <= top < below + 60 or (at_the_end and top > below)):
            missed.append((target, top))
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert missed == []


def test_an_address_of_a_folded_table_unfolds_it(browser, address):
    browser.get("about:blank")
    browser.get(f"{address}#temi_insieme")
    until(browser, lambda: find(browser, "#h-temi_insieme").is_displayed())
    top, _ = browser.execute_async_script(WHERE, "h-temi_insieme")
    assert 0 <= top < 200


def test_words_that_are_sought_in_the_page_unfold_the_table_they_stand_in(browser, address):
    """By an address with words, which the browser looks for as it does for those of Ctrl+F."""
    browser.get("about:blank")
    browser.get(f"{address}#:~:text=Temi%20che%20stanno%20insieme")
    until(browser, lambda: shown(browser, "#temi_insieme table"))


def test_a_finding_leads_to_its_passages_with_picture_and_voices(page):
    finding = shown(page, "#in-breve .finding")[0]
    assert "I temi di cui parlano più rispondenti" in finding.text and "Personale" in finding.text
    people = {each.text for each in finding.find_elements(By.CSS_SELECTOR, "blockquote footer")}
    assert len(people) == 2
    assert finding.find_elements(By.CSS_SELECTOR, "svg.bar, svg.chart")
    at_rest(page, finding.find_element(By.CSS_SELECTOR, ".under button")).click()
    says(page, "#behind-title", "I temi di cui parlano più rispondenti")
    says(page, "#behind [role=status]", "rispondenti")
    assert shown(page, "#behind article.quote")


def test_a_file_on_a_disk_leads_to_no_reading_room(page):
    click(page, "#in-breve .finding .under button")
    until(page, lambda: shown(page, "#behind article.quote"))
    assert not page.find_elements(By.CSS_SELECTOR, "a.room")


def test_a_page_that_is_served_leads_from_each_quotation_to_the_reading_room(browser, address, tmp_path):
    place = tmp_path / "rapporti" / "studio%20uno"
    (tmp_path / "rapporti" / "studio uno").mkdir(parents=True)
    (tmp_path / "rapporti" / "studio uno" / "rapporto.html").write_bytes(
        Path(address.removeprefix("file://")).read_bytes()
    )
    with serving(tmp_path) as origin:
        browser.get(f"{origin}/rapporti/{place.name}/rapporto.html")
        beside = find(browser, "#in-breve blockquote a.room")
        assert re.fullmatch(rf"{origin}/lettura/studio%20uno/#segment=R\d\d%3A000\d", beside.get_attribute("href"))
        click(browser, "#in-breve .finding .under button")
        until(browser, lambda: shown(browser, "#behind article.quote"))
        quotes = shown(browser, "#behind article.quote")
        assert len(quotes) == len(shown(browser, "#behind article.quote a.room"))
        assert browser.find_element(By.CSS_SELECTOR, "a.room").text == "apri nella sala di lettura"


def test_on_a_telephone_the_joint_display_is_cards_with_their_headings(page):
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    )
    row = find(page, "#joint_display tbody tr")
    cell = row.find_element(By.CSS_SELECTOR, "td.k-item")
    heading = page.execute_script("return getComputedStyle(arguments[0], '::before').content", cell)
    wide = page.execute_script("return document.querySelector('#joint_display .scroll').scrollWidth")
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert "Domanda" in heading and wide <= 390


def test_the_joint_display_fits_a_window_of_1300_pixels(page):
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 1300, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    wide, room = page.execute_script(
        "const box = document.querySelector('#joint_display .scroll'); return [box.scrollWidth, box.clientWidth];"
    )
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert wide <= room


def test_on_paper_the_story_stands_without_what_is_folded(page):
    printed = base64.b64decode(page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    assert 1 < len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= 8
