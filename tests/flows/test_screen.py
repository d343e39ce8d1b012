"""What a terminal shows: two lines while the run goes on and nothing of them after; elsewhere a line a stage."""

import io
import threading

import pytest
from rich.console import Console

from corpus.words.language import Bilingual
from flows.cli import listening
from flows.progress import Progress
from flows.screen import LiveLines, StageLines, about, time_left

ANNOTATE = Bilingual("Annota il testo", "Annotate the text")
NOTE = Bilingual("trascritti nuovi o cambiati 3, già pronti 28", "transcripts new or changed 3, ready 28")


def drawn(screen, width=80):
    paper = io.StringIO()
    Console(file=paper, width=width).print(screen.lines())
    return [line.rstrip() for line in paper.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("language", "earlier", "words"),
    [
        ("it", {}, ["Annota il testo", "3.100 di 8.240 segmenti", "il resto non si sa ancora"]),
        ("it", {"Annota il testo": 9.0, "Scrivi": 100.0}, ["3.100 di 8.240 segmenti", "0:00:00 · ancora circa 2 min"]),
        ("en", {}, ["Annotate the text", "3,100 of 8,240 segments", "the rest is not known yet"]),
        ("en", {"Annota il testo": 9.0, "Scrivi": 100.0}, ["3,100 of 8,240 segments", "about 2 min left"]),
    ],
)
def test_a_terminal_shows_the_stage_how_far_it_is_and_what_is_left(language, earlier, words):
    screen = LiveLines(earlier, language, Console(file=io.StringIO(), force_terminal=True))
    with screen.stage(ANNOTATE, 8240, NOTE):
        screen.advance(3100)
        lines = drawn(screen)
        narrow = drawn(screen, 38)
    assert len(lines) == len(narrow) == 2
    assert all(len(line) <= 38 for line in narrow)
    for expected in words:
        assert expected in " ".join(lines)


def test_before_the_first_stage_and_in_one_that_counts_nothing_a_terminal_shows_a_line_too():
    screen = LiveLines({}, "it", Console(file=io.StringIO(), force_terminal=True))
    assert "Preparo gli strumenti" in drawn(screen)[0]
    with screen.stage(ANNOTATE, None, None):
        assert drawn(screen)[0].endswith("Annota il testo")


def test_nothing_stays_drawn_and_nobody_draws_when_the_run_is_done_or_failed():
    paper = io.StringIO()
    console = Console(file=paper, force_terminal=True, width=80)
    before = set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt), LiveLines({}, "it", console) as screen, screen.stage(ANNOTATE, None, None):
        raise KeyboardInterrupt
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=20)
        assert not thread.is_alive()
    assert paper.getvalue().rstrip().endswith("\x1b[2K"), "the lines are wiped"
    assert "\x1b[?25h" in paper.getvalue(), "the cursor is back"


def test_without_a_terminal_there_is_a_line_a_stage_and_no_thread(capfd, monkeypatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    before = threading.active_count()
    for language in ("it", "en"):
        with listening.listener(language).progress({}) as screen:
            assert isinstance(screen, StageLines)
            assert threading.active_count() == before
            with screen.stage(ANNOTATE, 40, NOTE):
                screen.advance(40)
    said, told = capfd.readouterr()
    assert said == ""
    assert told == (
        "Annota il testo: trascritti nuovi o cambiati 3, già pronti 28 (0 s)\n"
        "Annotate the text: transcripts new or changed 3, ready 28 (0 s)\n"
    )


def test_a_quiet_command_says_nothing(capfd, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    with listening.listener("it", quiet=True).progress({}) as screen, screen.stage(ANNOTATE, 40, NOTE):
        assert type(screen) is Progress
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("seconds", "it", "en"),
    [
        (3, "pochi secondi", "a few seconds"),
        (11, "circa 10 secondi", "about 10 seconds"),
        (56, "circa 1 min", "about 1 min"),
        (170, "circa 3 min", "about 3 min"),
        (4300, "circa 1 h 12 min", "about 1 h 12 min"),
    ],
)
def test_seconds_are_said_as_people_say_them(seconds, it, en):
    assert about(seconds) == Bilingual(it, en)
    assert it in time_left(None, seconds).it and it in time_left(seconds, 4).it
