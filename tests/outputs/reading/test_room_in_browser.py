"""The reading room as a researcher meets it, in headless Chromium: by keyboard alone, and when something goes wrong."""

import io
import json
import wave
from pathlib import Path

import axe_selenium_python
import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from outputs.words.sentences import templates
from tests.browser import until
from tests.outputs.reading.fake_room import FakeRoom

AXE = Path(axe_selenium_python.__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
W = templates("room", "it")
SEGMENT = "[data-segment='S01:0002']"


@pytest.fixture
def room():
    served = FakeRoom()
    yield served
    served.stop()


@pytest.fixture
def page(browser, room):
    """The room, entered as Anna."""
    return enter(browser, room.start(), "Anna")


def enter(browser, address, coder, *, blind=False):
    browser.get("about:blank")
    for log in ("browser", "performance"):
        browser.get_log(log)  # what was logged before is not this page's
    browser.get(address)
    name = until(browser, lambda: find(browser, "dialog[open] input[name=coder]"))
    name.clear()
    name.send_keys(coder)
    if blind:
        find(browser, "dialog input[type=checkbox]").send_keys(Keys.SPACE)
    name.send_keys(Keys.ENTER)
    until(browser, lambda: not browser.find_elements(By.CSS_SELECTOR, "dialog"))
    return browser


def find(page, selector):
    return page.find_element(By.CSS_SELECTOR, selector)


def press(page, *keys):
    for key in keys:
        ActionChains(page).send_keys(key).perform()


def hold(page, key, *pressed):
    ActionChains(page).key_down(key).send_keys(*pressed).key_up(key).perform()


def texts(page, selector):
    shown = page.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map((each) => each.innerText)", selector
    )
    return [" ".join(each.split()) for each in shown]


def says(page, selector, text):
    until(page, lambda: any(text in each for each in texts(page, selector)), f"«{text}» in {selector}")


def at_hand(page):
    return page.execute_script("return document.querySelector('.at-hand')?.dataset.segment")


def requested(page):
    messages = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    return {
        message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"
    }


def barriers(page, within="html"):
    page.execute_script(AXE.read_text(encoding="utf-8"))
    found = page.execute_async_script("axe.run(arguments[0]).then(arguments[1])", within)["violations"]
    return [(each["id"], each["impact"], each["nodes"][0]["html"]) for each in found]


def test_an_interview_is_shown_with_the_machine_s_proposals_and_asks_no_other_host(page, room):
    assert texts(page, ".speaker") == ["I", "S", "I", "S"]
    assert texts(page, f"{SEGMENT} .words") == ["Siamo in tre e non basta mai."]
    assert texts(page, f"{SEGMENT} mark.machine") == ["Siamo in", "tre e non basta mai."]
    assert texts(page, f"{SEGMENT} .stripe") == [
        "Personale · criticità macchina",
        "Risorse economiche · neutro macchina",
    ]
    assert at_hand(page) == "S01:0002"  # the first that somebody who answers says
    assert all(address.startswith(f"http://127.0.0.1:{room.port}/") for address in requested(page) - {"data:,"})
    assert page.get_log("browser") == []


def test_an_interview_is_coded_by_keyboard_alone(page, room):
    press(page, "a")  # the first proposal holds
    says(page, f"{SEGMENT} .stripe.own", "Personale · criticità Anna")
    press(page, "c", "3", "3")  # the second is of another theme: bandi, a proposal
    says(page, f"{SEGMENT} .stripe.own", "Bandi · proposta Anna")
    press(page, Keys.ENTER)
    until(page, lambda: at_hand(page) == "S01:0003")
    press(page, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    hold(page, Keys.SHIFT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    press(page, "1", "1")
    says(page, "[data-segment='S01:0003'] mark.own", "la Giusi è")
    hold(page, Keys.SHIFT, *[Keys.ARROW_RIGHT] * 7)
    press(page, "4", "2")
    says(page, "[data-segment='S01:0003'] .stripe.own", "Rifiuti · criticità Anna")
    press(page, "m")
    until(page, lambda: find(page, "dialog textarea")).send_keys("La Giusi torna spesso")
    hold(page, Keys.CONTROL, Keys.ENTER)
    says(page, "[data-segment='S01:0003'] .note", "Anna: La Giusi torna spesso")
    press(page, Keys.ENTER, Keys.ENTER, Keys.ENTER)
    says(page, "#about .progress", "4 di 4 passaggi letti")
    until(page, lambda: texts(page, "#saved") == [W["all_saved"]])
    codings = {(each["segment"], each["theme"]): each for each in room.of("code")}
    assert codings["S01:0002", "personale"]["proposal"] == {"theme": "personale", "stance": "problem"}
    assert codings["S01:0002", "bandi"]["proposal"] == {"theme": "risorse", "stance": "neutral"}
    assert codings["S01:0002", "bandi"]["stance"] == "proposal"
    giusi = codings["S01:0003", "personale"]
    assert (giusi["start"], giusi["end"], giusi["words"]) == (5, 15, "la Giusi è")
    beyond = codings["S01:0003", "rifiuti"]
    words = "Però la Giusi è brava 🙂 e copre"
    assert (beyond["start"], beyond["end"], beyond["words"]) == (0, len(words), words)  # code points, also behind 🙂
    assert [each["theme"] for each in room.of("refuse")] == ["risorse"]
    assert {each["segment"] for each in room.of("read")} == {"S01:0002", "S01:0003", "S01:0005", "S01:0006"}
    assert {each["coder"] for each in room.decisions} == {"Anna"}


def test_a_decision_is_undone_and_done_again(page, room):
    press(page, "x")
    until(page, lambda: room.of("refuse"))
    hold(page, Keys.CONTROL, "z")
    until(page, lambda: not room.of("refuse"))
    says(page, f"{SEGMENT} .stripe.proposal", "Personale")


def test_words_are_chosen_by_mouse_and_coded_in_the_codebook(page, room):
    words = find(page, "[data-segment='S01:0005'] .words")
    left = 40 - words.size["width"] // 2
    ActionChains(page).move_to_element_with_offset(words, left, 0).double_click().perform()
    find(page, "[data-code='risorse'] .theme").click()
    until(page, lambda: find(page, ".pending button:nth-child(2)")).click()
    until(page, lambda: room.of("code"))
    coding = room.of("code")[0]
    assert coding["segment"] == "S01:0005" and coding["theme"] == "risorse"
    assert coding["words"] in "A settembre la cassa è già vuota." and " " not in coding["words"]


def test_a_decision_that_cannot_be_saved_stays_in_sight_and_is_sent_when_the_server_is_back(page, room):
    port = room.port
    room.stop()
    press(page, "a")
    says(page, f"{SEGMENT} .stripe.own", W["not_saved"])
    says(page, "#saved", "1 decisione non salvata")
    says(page, "#trouble", W["away"])
    room.start(port)
    until(page, lambda: room.of("code"))
    says(page, "#saved", W["all_saved"])
    assert len(room.decisions) == 1


def test_what_a_closed_window_could_not_save_is_sent_by_the_next_one(page, room):
    port = room.port
    room.stop()
    press(page, "a")
    says(page, "#saved", "1 decisione non salvata")
    page.get("about:blank")  # the window dies
    room.start(port)
    page.get(f"http://127.0.0.1:{port}/")
    until(page, lambda: room.of("code"))
    says(page, f"{SEGMENT} .stripe.own", "Personale · criticità Anna")


def test_what_the_interviewer_says_is_not_coded(page, room):
    press(page, Keys.ARROW_UP, "1")
    says(page, "#news", W["not_codable"])
    assert not page.find_elements(By.CSS_SELECTOR, ".pending")


def test_what_the_server_refuses_is_told_with_its_reason_and_can_be_dropped(page, room):
    room.fault = (422, "Il tema non c'è più.")
    press(page, "a")
    says(page, "#trouble", "Il tema non c'è più.")
    says(page, f"{SEGMENT} .stripe.own", W["not_accepted"])
    find(page, "#trouble button:last-child").click()
    until(page, lambda: not texts(page, f"{SEGMENT} .stripe.own"))
    assert not find(page, "#trouble").is_displayed()


def test_a_deep_link_opens_the_place(browser, room):
    page = enter(browser, room.start() + "#segment=S02:0006", "Anna")
    until(page, lambda: at_hand(page) == "S02:0006")
    assert texts(page, "#about h2") == ["S02 transcripts/S02.txt"]


def test_blind_readers_see_no_one_else_s_codings_and_disagreements_are_shown_afterwards(browser, room):
    address = room.start()
    page = enter(browser, address, "Anna", blind=True)
    assert texts(page, ".stripe") == []
    press(page, "1", "2")
    until(page, lambda: room.of("code"))
    find(page, "#coder").click()
    name = until(page, lambda: find(page, "dialog input[name=coder]"))
    name.clear()
    name.send_keys("Bruno", Keys.ENTER)
    until(page, lambda: texts(page, ".stripe") == [])
    find(page, "#coder").click()
    until(page, lambda: find(page, "dialog input[type=checkbox]")).click()
    find(page, "dialog button.main").click()
    says(page, f"{SEGMENT} .stripe.other", "Personale · criticità Anna")
    press(page, "v", "v", "x")
    says(page, f"{SEGMENT} .conflict", "Disaccordo: Personale")
    says(page, "#passage .conflict", "Disaccordo su Personale: Anna: criticità; Bruno: no")


def test_words_are_found_in_all_interviews_and_lead_to_their_place(page):
    press(page, "/")
    until(page, lambda: page.switch_to.active_element == find(page, "#find-words"))
    press(page, "cassa", Keys.ENTER)
    says(page, "#found", "2 volte")
    find(page, "#lines li:nth-child(2) button").send_keys(Keys.ENTER)
    until(page, lambda: at_hand(page) == "S02:0005")


def test_the_queue_is_gone_through_in_its_order(page, room):
    find(page, "#tab-queue").click()
    says(page, "#queue", "probabilità 25%")
    press(page, "j")  # the text's keys work from a tab too
    until(page, lambda: at_hand(page) == "S01:0003")
    find(page, "#queue li button").click()
    until(page, lambda: at_hand(page) == "S01:0005")
    press(page, Keys.ENTER)
    until(page, lambda: at_hand(page) == "S01:0002")


def test_the_recording_plays_from_the_second_of_the_passage(browser, room):
    silence = io.BytesIO()
    with wave.open(silence, "wb") as recording:
        recording.setparams((1, 1, 8000, 60 * 8000, "NONE", ""))
        recording.writeframes(b"\x80" * 60 * 8000)
    room.sound = silence.getvalue()
    page = enter(browser, room.start() + "#segment=S01:0005", "Anna")
    until(page, lambda: at_hand(page) == "S01:0005")
    press(page, "s")
    until(page, lambda: page.execute_script("return document.querySelector('audio')?.currentTime ?? 0") > 27)
    press(page, "s")
    until(page, lambda: page.execute_script("return document.querySelector('audio').paused"))


def test_other_people_s_work_appears_and_what_is_selected_stays(page, room):
    press(page, "j", "j", Keys.ARROW_RIGHT)
    hold(page, Keys.SHIFT, Keys.ARROW_RIGHT)
    room.decide({"id": "b" * 32, "do": "code", "coder": "Bruno", "segment": "S01:0005", "transcript": "S01"}
                | {"start": 0, "end": 11, "theme": "risorse", "stance": "problem"})  # fmt: skip
    says(page, "[data-segment='S01:0005'] .stripe.other", "Risorse economiche · criticità Bruno")
    says(page, "#news", "Bruno: 1 nuova decisione")
    assert page.execute_script("return getSelection().toString()") == "A settembre"


@pytest.mark.parametrize("view", ["interviews", "queue", "search", "memos", "agreement", "help", "pending"])
def test_axe_finds_no_barrier(page, view):
    if view == "help":
        press(page, "?")
    elif view == "pending":
        press(page, "a", "1")
    else:
        find(page, f"#tab-{view}").click()
    if view == "search":
        find(page, "#find-words").send_keys("cassa", Keys.ENTER)
        says(page, "#found", "2 volte")
    assert barriers(page, "dialog" if view == "help" else "html") == []


def test_a_telephone_scrolls_the_text_not_the_page(browser, room):
    size = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        page = enter(browser, room.start(), "Anna")
        assert page.execute_script("return document.documentElement.scrollWidth") <= 390
        assert page.execute_script("return document.querySelector('main').scrollWidth") <= 390
        find(page, "[data-drawer=side]").click()
        find(page, "#interviews li:nth-child(2) button").click()
        until(page, lambda: texts(page, "#about h2") == ["S02 transcripts/S02.txt"])
        assert barriers(page) == []
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
