"""On which segments and themes people differ, and what each of them coded there. Judges and settles nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels


@dataclass(frozen=True, slots=True)
class Side:
    """What one coder decided on a segment and theme; `places` are the passages marked, in the segment's text."""

    coder: str
    given: bool
    stance: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What somebody decided on a disagreement."""

    given: bool
    stance: str
    reason: str
    settler: str
    date: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A segment and theme (places) on which people differ: whether the theme is there, or else on the stance."""

    row: int
    theme: int
    on_theme: bool
    sides: tuple[Side, ...]
    settlement: Settlement | None


def find_disagreements(labels: HumanLabels) -> tuple[Disagreement, ...]:
    """Every disagreement of people who decided on the same segment and theme, settled or not, by segment and theme."""
    given = labels.yes.sum(axis=0)
    asked = labels.asked.sum(axis=0)
    on_theme = (given > 0) & (given < asked)
    stances = _stances(labels.passages)
    differing = stances[stances > 1]
    on_stance = np.zeros_like(on_theme)
    on_stance[differing.index.get_level_values("row"), differing.index.get_level_values("theme")] = True
    passages = dict(iter(labels.passages.groupby(["row", "theme", "coder"])))
    settled = {(row["row"], row["theme"]): row for row in labels.settled.to_dict("records")}
    return tuple(
        Disagreement(
            row,
            theme,
            bool(on_theme[row, theme]),
            _sides(labels, passages, row, theme),
            _settlement(settled, row, theme),
        )
        for row, theme in np.argwhere(on_theme | on_stance).tolist()
    )


def _stances(passages: pd.DataFrame) -> pd.Series:
    """Segment and theme -> how many stances people take there, each coder's first."""
    told = passages[passages["stance"] != ""].drop_duplicates(["row", "theme", "coder"])
    return told.groupby(["row", "theme"])["stance"].nunique()


def _sides(labels: HumanLabels, passages: Mapping[Any, pd.DataFrame], row: int, theme: int) -> tuple[Side, ...]:
    sides = []
    for place in np.flatnonzero(labels.asked[:, row, theme]):
        coder = labels.coders[place]
        marked = passages.get((row, theme, coder), labels.passages.iloc[:0])
        stances = [stance for stance in marked["stance"] if stance]
        places = zip(marked["start"].tolist(), marked["end"].tolist(), strict=True)
        sides.append(Side(coder, bool(labels.yes[place, row, theme]), stances[0] if stances else "", tuple(places)))
    return tuple(sides)


def _settlement(settled: Mapping[Any, Mapping[Any, Any]], row: int, theme: int) -> Settlement | None:
    decision = settled.get((row, theme))
    if decision is None:
        return None
    texts = (str(decision[name]) for name in ("stance", "reason", "settler", "date"))
    return Settlement(bool(decision["given"]), *texts)
