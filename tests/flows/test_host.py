"""The plain host: a log of counts and ids, and nothing of a library's on the terminal."""

import logging

from corpus.words.language import Bilingual
from flows.host import PlainHost, logged_to

STAGE = Bilingual("Annotazione", "Annotation")


def test_the_log_names_stages_and_counts_and_the_terminal_gets_nothing(tmp_path, capfd):
    file = tmp_path / "run.log"
    with logged_to(file):
        assert PlainHost().do(STAGE, lambda: 7, 12) == 7
        with PlainHost().watch(STAGE, 12, Bilingual("nuovi 2", "new 2")):
            PlainHost().info("%d codifiche", 3)
        logging.getLogger("corpus.store").warning("damaged cache file, made anew: %s", "ab12")
        logging.getLogger("pypdf").warning("words of an interview")
    PlainHost().info("after the run")
    written = file.read_text()
    for line in (
        "INFO Annotazione: 12 segmenti (",
        "INFO Annotazione: nuovi 2",
        "INFO 3 codifiche",
        "WARNING damaged cache file",
    ):
        assert line in written
    assert "interview" not in written and "after the run" not in written
    assert capfd.readouterr() == ("", "")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path, capfd):
    with logged_to(tmp_path / "none" / "run.log"):
        PlainHost().warning("%d file", 2)
    assert capfd.readouterr() == ("", "")
