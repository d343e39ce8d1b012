"""How far a run is and how long it still takes, by what this machine did in this run and in earlier ones of the study.

Shows nothing: flows.screen does. Knows names of stages and counts, never what was said.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.words.language import Bilingual

FILE = "pace-{command}.json"  # in the study's state folder: stage -> seconds it took when it was last made


@dataclass
class StageGoingOn:
    """A stage that is being made: `done` of its `segments` so far, None where they are not counted.

    `note` is what else there is to say of it. `started` is by the clock, `within` the seconds of stages inside it.
    """

    name: Bilingual
    segments: int | None
    note: Bilingual | None
    started: float
    done: int = 0
    within: float = 0.0


class Progress:
    """What a host tells of the stages it does; by itself nobody sees it.

    `earlier` has the seconds that stages took when they were last made, in the order of a run; `now` is the clock.
    """

    def __init__(self, earlier: Mapping[str, float] | None = None, now: Callable[[], float] = time.monotonic):
        self.earlier = dict(earlier or {})
        self.made: dict[str, float] = {}  # in the order in which they began
        self.going: list[StageGoingOn] = []  # the innermost last
        self.now = now

    def __enter__(self) -> Self:
        """Begin to show it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End to show it."""

    @contextmanager
    def stage(self, name: Bilingual, segments: int | None, note: Bilingual | None) -> Iterator[None]:
        """The stage `name` goes on while the block lasts; one that fails teaches nothing."""
        stage = StageGoingOn(name, segments, note, self.now())
        self.going.append(stage)
        self.made.setdefault(name.it, 0.0)
        try:
            yield
            seconds = self._seconds(len(self.going) - 1)
            self.made[name.it] += seconds
            self.ended(stage, seconds)
        finally:
            self.going.pop()
            if self.going:
                self.going[-1].within += self.now() - stage.started

    def advance(self, segments: int) -> None:
        """So many more segments of the innermost stage are done; of one that does not count them this is no news."""
        if self.going and self.going[-1].segments is not None:
            stage = self.going[-1]
            stage.done = min(stage.done + segments, self.going[-1].segments)

    def ended(self, stage: StageGoingOn, seconds: float) -> None:
        """A stage is done, in so many seconds but for those of stages inside it."""

    def left_of_stage(self) -> float | None:
        """Seconds until the innermost stage is done, by what is done of it; None where nothing counted is."""
        if not self.going or not self.going[-1].done:
            return None
        stage = self.going[-1]
        return self._seconds(len(self.going) - 1) / stage.done * ((stage.segments or 0) - stage.done)

    def left(self) -> float | None:
        """Seconds until the run is done, None where no earlier run tells.

        Stages to come are taken for as long as when they were last made, though some may turn out to be kept.
        """
        if not self.earlier:
            return None
        order = list(self.earlier)
        reached = max((order.index(name) for name in self.made if name in self.earlier), default=-1)
        to_come = sum(self.earlier[name] for name in order[reached + 1 :] if name not in self.made)
        return to_come + sum(map(self._left_of, range(len(self.going))))

    def pace(self) -> dict[str, float]:
        """Stage -> seconds it took when it was last made, in the order of a run: what the next run knows."""
        pace = dict(self.earlier)
        order = list(pace)
        place = 0
        for name, seconds in self.made.items():
            if not seconds:
                continue
            if name in pace:
                place = order.index(name) + 1
            else:
                order.insert(place, name)
                place += 1
            pace[name] = round(seconds, 1)
        return {name: pace[name] for name in order}

    def _left_of(self, place: int) -> float:
        if place == len(self.going) - 1 and (counted := self.left_of_stage()) is not None:
            return counted
        name = self.going[place].name.it
        return max(0.0, self.earlier.get(name, 0.0) - self.made[name] - self._seconds(place))

    def _seconds(self, place: int) -> float:
        """How long the stage at `place` has been going on, without the stages inside it."""
        stage = self.going[place]
        inside = self.going[place + 1].started if place + 1 < len(self.going) else self.now()
        return inside - stage.started - stage.within


def read_pace(file: Path) -> dict[str, float]:
    """What `keep_pace` wrote; nothing where there is none or it is damaged."""
    try:
        return {str(name): float(seconds) for name, seconds in json.loads(file.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def keep_pace(file: Path, pace: Mapping[str, float]) -> None:
    """Keep the pace for the next run; a disk that is full, or not ours, keeps none."""
    unfinished = file.with_suffix(".partial")
    with suppress(OSError):
        unfinished.write_text(json.dumps(pace, ensure_ascii=False, indent=1), encoding="utf-8")
        unfinished.replace(file)
