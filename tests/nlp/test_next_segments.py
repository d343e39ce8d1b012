"""Which segments a person is asked to code: the unsure ones, unlike each other, of many interviews."""

import numpy as np
import pandas as pd

from corpus.codings.human_labels import label_segments
from corpus.records import Theme
from corpus.schemas import HumanCodings
from nlp.next_segments import choose_at_random, choose_uncertain


def study(per_interview: int = 10, interviews: int = 4) -> tuple[pd.DataFrame, np.ndarray]:
    names = [f"S{number}" for number in range(interviews) for _ in range(per_interview)]
    segments = pd.DataFrame({"transcript": names, "words": 20})
    segments["segment"] = [f"{name}:{place:04d}" for place, name in enumerate(names)]
    random = np.random.default_rng(1)
    vectors = random.normal(size=(len(names), 8))
    return segments, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def scores(segments: pd.DataFrame, given: dict[int, float]) -> pd.DataFrame:
    rows = [(segments["segment"][row], "personale", score) for row, score in given.items()]
    return pd.DataFrame(rows, columns=["segment", "theme", "score"])


def none_decided(segments: pd.DataFrame) -> np.ndarray:
    return np.zeros(len(segments), dtype=bool)


def test_the_least_certain_come_first_and_those_that_people_decided_never():
    segments, vectors = study()
    codings = scores(segments, {3: 0.5, 14: 0.52, 25: 0.99, 36: 0.49})
    decided = none_decided(segments)
    decided[14] = True
    chosen = choose_uncertain(segments, vectors, codings, decided, 2)
    assert set(chosen) == {3, 36}


def test_of_two_alike_one_is_asked_and_interviews_take_turns():
    segments, vectors = study()
    vectors[1] = vectors[0]
    codings = scores(segments, dict.fromkeys(range(40), 0.5))
    chosen = choose_uncertain(segments, vectors, codings, none_decided(segments), 8)
    assert not {0, 1} <= set(chosen)
    assert segments["transcript"].iloc[chosen].value_counts().max() <= 3
    again = choose_uncertain(segments, vectors, codings, none_decided(segments), 8)
    assert chosen.tolist() == again.tolist()


def test_a_random_sample_takes_as_many_of_each_interview_and_depends_on_the_seed_alone():
    segments, _ = study()
    drawn = [choose_at_random(segments, none_decided(segments), 8, seed).tolist() for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert set(segments["transcript"].iloc[drawn[0]].value_counts()) == {2}


def test_a_passage_shown_alone_says_nothing_of_the_rest_of_the_interview():
    segments, _ = study(per_interview=4, interviews=1)
    segments = segments.assign(start=[0, 10, 20, 30], end=[9, 19, 29, 39], text="abcdefghi")
    row = {"transcript": "S0", "start": 0, "end": 9, "quote": "abcdefghi", "theme": "", "stance": "", "coder": "Anna"}
    asked = {
        alone: label_segments(
            segments,
            HumanCodings.validate(pd.DataFrame([{**row, "alone": alone, "given": True}])),
            (Theme("personale", "P"),),
        ).decided[:, 0]
        for alone in (True, False)
    }
    assert asked[True].tolist() == [True, False, False, False]
    assert asked[False].tolist() == [True] * 4
