"""The plain host: no bar where nobody looks, a log of counts and ids, and nothing of a library's on the terminal."""

import logging
import threading

import pandas as pd

from corpus.words.language import Bilingual
from flows.host import PlainHost, logged_to

BAR = Bilingual("Annotazione", "Annotation")


def test_without_a_terminal_the_batches_pass_and_no_thread_is_started(monkeypatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    batches = [pd.DataFrame({"segment_id": [f"S{number}"]}) for number in range(3)]
    before = threading.active_count()
    passed = []
    for batch in PlainHost().follow(batches, BAR):
        assert threading.active_count() == before
        passed.append(batch)
    assert [each is batch for each, batch in zip(passed, batches, strict=True)] == [True] * 3


def test_the_log_names_stages_and_counts_and_the_terminal_gets_nothing(tmp_path, capfd):
    file = tmp_path / "run.log"
    with logged_to(file):
        assert PlainHost().do(BAR, lambda: 7, 12) == 7
        PlainHost().info("%d codifiche", 3)
        logging.getLogger("corpus.store").warning("damaged cache file, made anew: %s", "ab12")
        logging.getLogger("pypdf").warning("words of an interview")
    PlainHost().info("after the run")
    written = file.read_text()
    for line in ("INFO Annotazione: 12 segmenti (", "INFO 3 codifiche", "WARNING damaged cache file"):
        assert line in written
    assert "interview" not in written and "after the run" not in written
    assert capfd.readouterr() == ("", "")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path, capfd):
    with logged_to(tmp_path / "none" / "run.log"):
        PlainHost().warning("%d file", 2)
    assert capfd.readouterr() == ("", "")
