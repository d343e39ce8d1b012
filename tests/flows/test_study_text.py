"""Segments and languages out of the store are those made at once, and only what changed is made anew."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from corpus.store import Store
from corpus.study import read_study
from corpus.transcripts.segments import split_segments
from flows import study_text
from flows.host import PlainHost
from flows.study_text import split_into_segments, tell_languages
from nlp.language_id import identify_languages

HOST = PlainHost()
SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"


@pytest.fixture(scope="module")
def study():
    return read_study(SAMPLE)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


@pytest.fixture
def made(monkeypatch):
    """The transcripts that were split, then those whose languages were told, a list for each time."""
    done = []

    def split(turns, *rest):
        done.append(list(turns["transcript"].unique()))
        return split_segments(turns, *rest)

    def identify(segments):
        done.append(list(segments["transcript"].unique()))
        return identify_languages(segments)

    monkeypatch.setattr(study_text, "split_segments", split)
    monkeypatch.setattr(study_text, "identify_languages", identify)
    return done


def _of_all(study):
    return split_segments(study.turns, study.transcripts, study.settings.segments)


def test_kept_frames_are_those_made_at_once(study, store, made):
    whole = _of_all(study)
    for _ in range(2):
        segments = split_into_segments(study, store, HOST)
        pd.testing.assert_frame_equal(segments, whole)
        pd.testing.assert_frame_equal(tell_languages(segments, store, HOST), identify_languages(whole))
    assert len(made) == 2


def test_only_the_transcript_that_changed_is_made_anew(study, store, made):
    tell_languages(split_into_segments(study, store, HOST), store, HOST)
    made.clear()
    first, second, *others = study.transcripts
    turn = replace(
        second.turns[1], start_ms=7_000
    )  # the turns' frame does not say it: times are looked up in the units
    later = replace(
        study, transcripts=(first, replace(second, turns=(second.turns[0], turn, *second.turns[2:])), *others)
    )
    segments = split_into_segments(later, store, HOST)
    pd.testing.assert_frame_equal(segments, _of_all(later))
    tell_languages(segments, store, HOST)
    assert made == [[second.id]]  # in the same words


def test_another_role_makes_other_segments(study, store):
    split_into_segments(study, store, HOST)
    answers = study.turns["speaker"] == study.turns["speaker"].iloc[1]
    later = replace(study, turns=study.turns.assign(role=study.turns["role"].mask(answers, "other")))
    pd.testing.assert_frame_equal(split_into_segments(later, store, HOST), _of_all(later))


def test_other_options_make_other_segments(study, store, made):
    split_into_segments(study, store, HOST)
    settings = study.settings.model_copy(
        update={"segments": study.settings.segments.model_copy(update={"max_words": 50})}
    )
    later = replace(study, settings=settings)
    pd.testing.assert_frame_equal(split_into_segments(later, store, HOST), _of_all(later))
    assert made[1] == made[0]


def test_a_study_without_turns_has_no_segments(study, store):
    silent = replace(study, turns=study.turns.iloc[:0], transcripts=())
    segments = split_into_segments(silent, store, HOST)
    assert segments.empty
    assert tell_languages(segments, store, HOST).empty
