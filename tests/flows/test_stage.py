"""A stage out of the store makes nothing; what is missing is made in batches of whole transcripts and kept at once."""

from typing import ClassVar

import pandas as pd
import pytest

from corpus.store import Store
from corpus.words.language import Bilingual
from flows.crew import Processes
from flows.host import PlainHost
from flows.progress import Progress
from flows.stage import Stage, Transcripts, each_transcript, joined, run_stage, whole_transcripts

NAME = Bilingual("Conta le parole", "Count the words")
HOST = PlainHost()
TEXTS = pd.DataFrame({"transcript": ["S01", "S01", "S02", "S02", "S03"], "text": ["a b", "c", "d", "e f", "g"]})


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


class Counter:
    """Counts the words of a batch and remembers which transcripts it was given."""

    def __init__(self, fails_at=""):
        self.batches = []
        self.fails_at = fails_at

    def __call__(self, batch):
        transcripts = list(batch["transcript"].unique())
        if self.fails_at in transcripts:
            raise KeyboardInterrupt
        self.batches.append(transcripts)
        return each_transcript(batch.assign(words=batch["text"].str.split().str.len()), batch)


def _count(count, store, **changes):
    keys = {name: f"{name}-1" for name in ("S01", "S02", "S03")} | changes
    return joined(run_stage(Stage(NAME, count, keys, per=Transcripts(TEXTS, batch=2)), HOST, store))


def _fail():
    raise AssertionError("it was made again")


def test_what_is_kept_of_a_whole_study_is_not_made_again(store):
    frame = pd.DataFrame({"n": [1, 2]})
    run_stage(Stage(NAME, lambda: frame, "k"), HOST, store)
    pd.testing.assert_frame_equal(run_stage(Stage(NAME, _fail, "k"), HOST, store), frame)


def test_the_log_of_a_long_stage_says_how_much_of_it_was_ready(store, caplog):
    keys = {name: name for name in ("S01", "S02", "S03")}
    with caplog.at_level("INFO", "flows"):
        for wanted in ({"S01": "S01"}, keys, keys):
            run_stage(Stage(NAME, Counter(), wanted, per=Transcripts(TEXTS, batch=2)), HOST, store)
    said = [record.getMessage() for record in caplog.records if "pronti" in record.getMessage()]
    assert said == [
        "Conta le parole: trascritti nuovi o cambiati 1, già pronti 0",
        "Conta le parole: trascritti nuovi o cambiati 2, già pronti 1",
        "Conta le parole: trascritti nuovi o cambiati 0, già pronti 3",
    ]


def test_a_stage_without_a_key_is_done_every_time(store):
    done = []
    for _ in range(2):
        run_stage(Stage(NAME, lambda: done.append(1)), HOST, store)
    assert done == [1, 1]


def test_batches_hold_whole_transcripts_and_only_those_that_are_missing(store):
    first = Counter()
    whole = _count(first, store)
    assert first.batches == [["S01"], ["S02"], ["S03"]]
    assert whole["words"].tolist() == [2, 1, 1, 2, 1]
    again = Counter()
    pd.testing.assert_frame_equal(_count(again, store, S02="S02-2"), whole)
    assert again.batches == [["S02"]]


def test_a_run_that_ends_midway_has_kept_the_batches_that_were_done(store):
    with pytest.raises(KeyboardInterrupt):
        _count(Counter(fails_at="S03"), store)
    rest = Counter()
    _count(rest, store)
    assert rest.batches == [["S03"]]


def test_the_progress_hears_of_each_batch_and_of_nothing_that_was_ready(store):
    class Heard(Progress):
        steps: ClassVar = []

        def ended(self, stage, seconds):
            self.steps.append((stage.name.it, stage.done, stage.segments, stage.note.it))

    keys = {name: name for name in ("S01", "S02", "S03")}
    stage = Stage(NAME, Counter(), keys, per=Transcripts(TEXTS, batch=2))
    for _ in range(2):
        run_stage(stage, PlainHost(Heard()), store)
    assert Heard.steps == [("Conta le parole", 5, 5, "trascritti nuovi o cambiati 3, già pronti 0")]


@pytest.mark.parametrize("batches", [[TEXTS], [TEXTS[:2], TEXTS[2:]]])
def test_one_batch_or_little_work_is_not_worth_another_process(batches):
    crew = Processes(2)
    made = [transcript for pending in crew.hand_out(Counter(), batches) for transcript in pending.result()]
    assert made == ["S01", "S02", "S03"]
    assert "_pool" not in vars(crew)


def test_a_batch_of_no_size_is_all_there_is():
    (batch,) = whole_transcripts(TEXTS, ["S01", "S03"], 0)
    assert batch["transcript"].tolist() == ["S01", "S01", "S03"]
    assert list(whole_transcripts(TEXTS, [], 0)) == []
