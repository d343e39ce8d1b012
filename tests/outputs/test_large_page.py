"""The page of a large study, simulated: its size in every run of the suite, its speed in `make test-service`."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from corpus.alignment import Alignment
from corpus.records import Theme, Transcript, Turn
from corpus.schemas import Entities, TopicMembers, Topics, empty
from corpus.study import Study
from corpus.words.stances import STANCES
from nlp.results import Results
from outputs.page import write_page
from outputs.tables.overview import overview
from outputs.tables.text_tables import codings as codings_table
from outputs.tables.theme_tables import prevalence, stances
from outputs.tables.view import make_view
from outputs.words.render import RenderedTable, render_all
from tests.browser import at_rest, open_browser, until
from tests.tiny_study import PEOPLE, codings, make_study, segments

MANY = 20_000  # codings
LARGEST = 15  # MB of the file
SLOWEST = 5  # seconds until it can be read; measured 0.3 to 0.7 on two cores, also with every table (7.1 MB)

STATUS = "#browser [role=status]"
# milliseconds; none before the page has been read
READ_IN = "const t = performance.timing; return t.loadEventEnd && t.loadEventEnd - t.navigationStart;"

_WORDS = "il comune personale rifiuti servizio ufficio cittadini sempre quando però anche molto accordo insieme scuola"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    studied, results = _simulated(MANY)
    return write_page(studied, results, _tables_of(studied, results), tmp_path_factory.mktemp("large") / "p.html")


def _simulated(many: int, *, themes: int = 12, said: int = 1350) -> tuple[Study, Results]:
    """The tiny study's respondents with `said` turns each of 20 to 60 words, and `many` codings of `themes` themes."""
    draw = np.random.default_rng(7)
    words = _WORDS.split()
    texts = {
        person: [" ".join(draw.choice(words, size)).capitalize() + "." for size in draw.integers(20, 60, said)]
        for person in PEOPLE
    }
    frame = segments(texts)
    dealt = draw.choice(len(frame) * themes, many, replace=False)
    names = frame["segment"].tolist()
    rows = [(names[place // themes], f"t{place % themes:02d}", STANCES[place % 4]) for place in np.sort(dealt).tolist()]
    made, results = make_study(title="Studio simulato")
    sources = {person: " ".join(spoken) for person, spoken in texts.items()}
    transcripts = tuple(
        Transcript(name, f"transcripts/{name}.txt", "0" * 64, source,
                   (Turn(1, "S", 0, len(source), source, Alignment(((0, 0, len(source)),))),))
        for name, source in sources.items()
    )  # fmt: skip
    named = tuple(Theme(f"t{number:02d}", f"Tema simulato {number}") for number in range(themes))
    nothing = {"topics": empty(Topics), "topic_members": empty(TopicMembers), "entities": empty(Entities)}
    return (
        replace(made, transcripts=transcripts, themes=named),
        replace(results, segments=frame, codings=codings(rows, frame), **nothing),
    )


def _tables_of(studied: Study, results: Results) -> Sequence[RenderedTable]:
    """The sample, which no page is without, and tables whose numbers lead to every coding: themes, stances, codings."""
    view = make_view(studied, results)
    return render_all([overview(view), prevalence(view), stances(view), codings_table(view)], "it")


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
        tables = browser.find_element(By.CSS_SELECTOR, "#capitolo-themes details.tables > summary")
        at_rest(browser, tables).click()
        at_rest(
            browser, browser.find_element(By.CSS_SELECTOR, "#temi tr[data-r='t00'] button[data-c='mentioned']")
        ).click()
        opened = until(browser, lambda: browser.find_elements(By.CSS_SELECTOR, "#behind article.quote"))
    finally:
        browser.quit()
    print(f"{page.stat().st_size / 1e6:.1f} MB, read in {took:.2f} s, filtered in {chosen:.2f} s: {found}")
    assert found and opened
    assert 0 < took < SLOWEST and chosen < SLOWEST
