"""The random draws of a study carried over to sources without originals. Draws nothing."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from corpus.codings.known_sample import GONE
from corpus.codings.quotations import Wording
from corpus.codings.sample_design import PARTED
from corpus.pseudonyms.edits import Edited
from corpus.study import Study, read_draws, wordings


def moved_sample(
    sample: pd.DataFrame, ids: Mapping[str, str], people: Mapping[str, str], sources: Mapping[str, Edited]
) -> pd.DataFrame:
    """The SampledPassages frame at its places in the masked sources.

    `ids` and `people` give each transcript and each respondent the masked name.
    """
    frame = sample.copy()
    frame["transcript"] = frame["transcript"].map(lambda name: ids.get(name, name)).astype("str")
    frame["respondent"] = frame["respondent"].map(lambda name: people.get(name, name)).astype("str")
    frame["stratum"] = frame["stratum"].map(lambda name: _stratum(name, people)).astype("str")
    places = [
        (start, end) if start == GONE else sources[name].moved(start, end)
        for name, start, end in zip(frame["transcript"], frame["start"], frame["end"], strict=True)
    ]
    return frame.assign(start=[start for start, _ in places], end=[end for _, end in places])


def sample_on_masked(original: Study, masked: Study, texts: Mapping[str, Wording]) -> Study:
    """The masked study with the draws that were made on masked text, where more of their words are found there.

    `texts` are the masked transcripts. What is told of them is told as it is there.
    """
    sample, problems = read_draws(original.opened, texts, masked.themes)
    if (sample["start"] == GONE).sum() >= (original.sample["start"] == GONE).sum():
        return masked
    _, told = read_draws(original.opened, wordings(original.transcripts), original.themes)
    places = {(problem.file, problem.row) for problem in told}
    others = [problem for problem in masked.problems if (problem.file, problem.row) not in places]
    return replace(masked, sample=sample, problems=(*others, *problems))


def _stratum(name: str, people: Mapping[str, str]) -> str:
    return PARTED.join(people.get(part, part) for part in name.split(PARTED))
