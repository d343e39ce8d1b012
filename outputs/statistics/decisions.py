"""Who decided what on a segment and theme: the machine, people, the known sample. Counts and estimates nothing."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from corpus.records import ITALIAN
from nlp.measures.agreement import MACHINE, PEOPLE, people_of
from outputs.tables.leading import leading
from outputs.tables.view import View

Place = tuple[str, str]  # segment, theme


def machine_decisions(view: View) -> dict[Place, int]:
    """What the machine says of a segment and theme; nothing where it does not read."""
    if leading(view) == "corrected":
        sampled = view.sampled
        return {place: int(given) for place, given in _by_place(view, sampled.machine).items()}
    languages = view.results.languages
    read = languages.loc[languages["language"] == ITALIAN, "segment"]
    codings = view.results.codings
    by_machine = codings[codings["how"] != "human"]
    given = set(zip(by_machine["segment"], by_machine["theme"], strict=True))
    decided = people_decisions(view)
    places = [(segment, theme.code) for theme in view.study.themes for segment in read]
    told = {place: int(place in given) for place in places if place not in decided}
    decisions = view.results.decisions
    return told | _decided(decisions[decisions["coder"] == MACHINE])


def people_decisions(view: View) -> dict[Place, int]:
    """What people together say of a segment and theme, as a run does: as it was settled, else by the majority."""
    decisions = view.results.decisions
    each = decisions[decisions["coder"].isin(people_of(decisions))]
    together = each.groupby(["segment", "theme"], as_index=False)["value"].mean()
    told = _decided(together.assign(value=together["value"] >= 0.5))
    told |= _decided(decisions[decisions["coder"] == PEOPLE])  # not of what the machine does not read
    sampled = view.sampled
    in_sample = _by_place(view, sampled.people, ~np.isnan(sampled.people))
    return told | {place: int(given) for place, given in in_sample.items()}


def corrected_segments(view: View, theme: str) -> pd.Series:
    """Segments of each respondent with the theme: the machine's, and its errors in the sample over their chances."""
    sampled = view.sampled
    number = sampled.themes.index(theme)
    machine, people, probability = (
        array[:, number] for array in (sampled.machine, sampled.people, sampled.probability)
    )
    corrected = pd.Series(machine + np.nan_to_num((people - machine) / probability))
    return corrected.groupby(sampled.person).sum()


def sample_chances(view: View) -> dict[Place, float]:
    """The chance with which a segment came into the part of the known sample that people read for a theme."""
    return _by_place(view, view.sampled.probability, ~np.isnan(view.sampled.people))


def _by_place(view: View, array: NDArray, there: NDArray | None = None) -> dict[Place, float]:
    """What an array of nlp.measures.sampled_themes says of each segment and theme, of those that are `there`."""
    sampled = view.sampled
    rows, themes = np.nonzero(np.ones(array.shape, dtype=bool) if there is None else there)
    segments = sampled.segments["segment"].to_numpy(object)[rows].tolist()
    codes = np.array(sampled.themes, dtype=object)[themes].tolist()
    return dict(zip(zip(segments, codes, strict=True), array[rows, themes].tolist(), strict=True))


def _decided(decisions: pd.DataFrame) -> dict[Place, int]:
    places = zip(decisions["segment"].tolist(), decisions["theme"].tolist(), strict=True)
    return dict(zip(places, decisions["value"].astype(int).tolist(), strict=True))
