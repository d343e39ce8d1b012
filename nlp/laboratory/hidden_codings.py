"""Corrected figures on coded studies: everything was read, most of it is hidden, and the figure is held to the whole.

Run it as `python -m nlp.laboratory.hidden_codings DATA STUDY...`: the open benchmarks in DATA and study folders with
human codings. Prints a table of docs/statistics.md. Changes no coding.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from nlp.embeddings import Encoder, load_encoder
from nlp.laboratory.evaluation import codings_by_method, prepare_study
from nlp.laboratory.network.benchmark import SETS, open_benchmark
from nlp.measures.corrected import corrected_share
from nlp.themes.theme_model import theme_cut

TIMES = 200
READ = (0.1, 0.2, 0.4)
LEAST = 0.03  # of the segments: a rarer theme is not tried


@dataclass(frozen=True)
class ReadWhole:
    """A study all of whose segments were read: machine, people (segments, themes) 0 or 1, person (segments,)."""

    name: str
    machine: np.ndarray
    people: np.ndarray
    person: np.ndarray


def read_benchmarks(data: Path, encoder: Encoder) -> Iterator[ReadWhole]:
    """The open benchmarks, coded by Trama without any person's codings; interviews are the respondents."""
    for name in SETS:
        bench = open_benchmark(data, name, encoder)
        machine = bench.read.unaided >= theme_cut(bench.read.unaided)
        interviews = np.array([passage.interview for passage in bench.passages])
        yield ReadWhole(name, machine.astype(float), bench.has.astype(float), interviews)


def read_study_whole(folder: Path, encoder: Encoder) -> ReadWhole:
    """The segments of a study folder that people decided on, coded by Trama without learning from them."""
    study = prepare_study(folder, encoder)
    machine = codings_by_method(study)["trama"]
    decided = study.people.decided.all(axis=1)
    person = study.segments["respondent"].to_numpy(object).astype(str)
    said = study.people.share >= 0.5
    return ReadWhole(study.name, machine[decided].astype(float), said[decided].astype(float), person[decided])


def hide_most(study: ReadWhole, read: float, times: int = TIMES, *, anew: bool = False) -> pd.DataFrame:
    """Read a share of the segments at random, `times` times: columns theme, truth, machine, value, low, high, people.

    `anew`: respondents are drawn anew each time too, as many with replacement out of themselves, as a study of others
    would be; else only what is read differs. Rows without a figure have NaN.
    """
    rng = np.random.default_rng([19, round(100 * read)])
    persons, owner = np.unique(study.person, return_inverse=True)
    rows = []
    for _ in range(times):
        drawn = rng.integers(len(persons), size=len(persons)) if anew else np.arange(len(persons))
        places = [np.nonzero(owner == number)[0] for number in drawn]
        segments = np.concatenate(places)
        person = np.repeat(np.arange(len(drawn)), [len(place) for place in places])
        count = max(1, round(read * len(segments)))
        chosen = rng.permutation(len(segments)) < count
        probability = np.full(len(segments), count / len(segments))
        for theme, truth in enumerate(study.people.mean(axis=0)):
            if LEAST <= truth <= 1 - LEAST:
                people = np.where(chosen, study.people[segments, theme], np.nan)
                machine = study.machine[segments, theme]
                found = corrected_share(machine, people, probability, person)
                rows.append((theme, truth, machine.mean(), found.value, found.low, found.high, found.people))
    return pd.DataFrame(rows, columns=["theme", "truth", "machine", "value", "low", "high", "people"])


def compare(study: ReadWhole, read: float, times: int = TIMES) -> dict[str, object]:
    """How often intervals hold the share of the whole, and how far from it the machine and both estimates are."""
    hidden = hide_most(study, read, times).dropna(subset=["value"])
    anew = hide_most(study, read, times, anew=True).dropna(subset=["value"])
    off = (hidden[["machine", "people", "value"]].sub(hidden["truth"], axis=0) ** 2).mean() ** 0.5
    return {
        "study": study.name,
        "respondents": len(np.unique(study.person)),
        "segments": len(study.people),
        "themes": hidden["theme"].nunique(),
        "read": read,
        "holds": hidden["truth"].between(hidden["low"], hidden["high"]).mean(),
        "holds, respondents anew": anew["truth"].between(anew["low"], anew["high"]).mean(),
        "machine off by": off["machine"],
        "read part off by": off["people"],
        "corrected off by": off["value"],
    }


def main(data: Path, folders: Sequence[Path]) -> None:
    """Print the table."""
    encoder = load_encoder()
    studies = [*read_benchmarks(data, encoder), *(read_study_whole(folder, encoder) for folder in folders)]
    table = pd.DataFrame([compare(study, read) for study in studies for read in READ])
    print(table.round(3).to_string(index=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]])
