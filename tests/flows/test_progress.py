"""How long a run still takes is said by what this machine did, and not said where nothing tells."""

import pytest

from corpus.words.language import Bilingual
from flows.progress import Progress, keep_pace, read_pace

READ, ANNOTATE, CODE, SCORE, WRITE = (
    Bilingual(it, en)
    for it, en in (
        ("Leggi", "Read"),
        ("Annota", "Annotate"),
        ("Codifica", "Code"),
        ("Dai i punti", "Score"),
        ("Scrivi", "Write"),
    )
)
EARLIER = {"Leggi": 2.0, "Annota": 30.0, "Codifica": 5.0, "Dai i punti": 40.0, "Scrivi": 10.0}


class Clock:
    """Seconds that pass when they are told to."""

    seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


def test_a_first_run_knows_nothing_but_what_is_counted(clock):
    progress = Progress(now=clock)
    with progress.stage(READ, None, None):
        clock.seconds += 2
        assert (progress.left(), progress.left_of_stage()) == (None, None)
    with progress.stage(ANNOTATE, 400, None):
        clock.seconds += 10
        assert progress.left_of_stage() is None, "nothing is done of it yet"
        progress.advance(100)
        assert (progress.left(), progress.left_of_stage()) == (None, 30)
        progress.advance(500)
        assert progress.left_of_stage() == 0
    assert progress.pace() == {"Leggi": 2, "Annota": 10}


def test_another_run_knows_what_is_to_come_from_the_one_before(clock):
    progress = Progress(EARLIER, clock)
    assert progress.left() == 87
    with progress.stage(READ, None, None):
        clock.seconds += 1
        assert progress.left() == 86
        clock.seconds += 9
        assert progress.left() == 85, "longer than before: what is to come stays"
    with progress.stage(ANNOTATE, 100, None):
        clock.seconds += 5
        progress.advance(50)
        assert progress.left() == 5 + 55, "what is counted in this run counts more than the run before"


def test_a_stage_inside_another_is_counted_once(clock):
    progress = Progress(EARLIER, clock)
    with progress.stage(CODE, None, None):
        clock.seconds += 1
        with progress.stage(SCORE, 80, None):
            clock.seconds += 20
            progress.advance(20)
            assert progress.left() == 60 + 4 + 10
        clock.seconds += 2
        assert progress.left() == 2 + 10
    assert progress.pace() == EARLIER | {"Codifica": 3, "Dai i punti": 20}


def test_stages_that_were_kept_are_passed_over_and_their_pace_stays(clock):
    progress = Progress(EARLIER, clock)
    with progress.stage(WRITE, None, None):
        clock.seconds += 4
        assert progress.left() == 6
    assert progress.pace() == EARLIER | {"Scrivi": 4}


def test_a_new_stage_takes_its_place_among_the_others(clock):
    progress = Progress({"Leggi": 2.0, "Scrivi": 10.0}, clock)
    for stage in (READ, ANNOTATE, WRITE):
        with progress.stage(stage, None, None):
            clock.seconds += 1
    assert list(progress.pace()) == ["Leggi", "Annota", "Scrivi"]


def test_a_stage_that_fails_teaches_nothing(clock):
    progress = Progress(EARLIER, clock)
    with pytest.raises(ValueError), progress.stage(READ, None, None):
        clock.seconds += 1
        raise ValueError
    assert progress.pace() == EARLIER
    assert progress.going == []


def test_the_pace_is_kept_and_a_damaged_file_is_none(tmp_path):
    file = tmp_path / "pace-run.json"
    assert read_pace(file) == {}
    keep_pace(file, EARLIER)
    assert read_pace(file) == EARLIER
    assert list(read_pace(file)) == list(EARLIER)
    for damaged in ("[1]", "{", '{"Leggi": null}', '{"Leggi": "x"}'):
        file.write_text(damaged)
        assert read_pace(file) == {}
    keep_pace(tmp_path / "none" / "pace-run.json", EARLIER)
