"""Headless Chromium as Debian packages it, for tests of what a researcher sees; skipped where it is missing.

A page does much after the key or click that asked for it, in a task of its own: so every look at it waits (`until`).
"""

import shutil

import pytest
from selenium import webdriver
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
    TimeoutException,
)
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 120  # seconds; a busy machine takes as long as it takes
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",  # a click must not chase a page that still scrolls
    "--window-size=1400,1000",
)
_NOT_YET = (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
)
# Calls back once the element stays where it is: what is scrolled into view is laid out only then, and moves the rest.
_AT_REST = """
const [element, done] = arguments;
element.scrollIntoView({block: "center"});
const place = () => { const box = element.getBoundingClientRect(); return `${box.x} ${box.y}`; };
let last = place(), still = 0;
const look = () => {
  const now = place();
  still = now === last ? still + 1 : 0;
  last = now;
  if (still > 2) done(element);
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def open_browser(profile):
    """A browser with an empty profile in the folder `profile`, keeping console and network logs."""
    chromium = shutil.which("chromium")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("needs chromium and chromedriver (Debian packages chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened = webdriver.Chrome(options=options, service=Service(driver))
    opened.set_script_timeout(PATIENCE)
    return opened


def until(page, look, what=""):
    """What `look()` returns once that is true; what is not there yet, or not any more, is looked for again.

    When it does not come, the failure names `what` was waited for and the page that is shown.
    """
    try:
        return WebDriverWait(page, PATIENCE, 0.1, _NOT_YET).until(lambda _: look())
    except TimeoutException as error:
        raise AssertionError(f"waited {PATIENCE} s for {what or 'the page'} on {page.current_url}") from error


def at_rest(page, element):
    """The element, scrolled into view, once it has stopped moving there."""
    return page.execute_async_script(_AT_REST, element)
