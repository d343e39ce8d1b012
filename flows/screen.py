"""What a terminal shows of a run: two living lines, or, where nobody looks, a line a stage. Decides nothing."""

from collections.abc import Mapping
from types import TracebackType
from typing import Self

import click
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from corpus.words.language import Bilingual, Language
from flows.progress import Progress, StageGoingOn
from outputs.numbers import clock, in_words

_BAR_WIDTH = 24


class StageLines(Progress):
    """A line on standard error for each stage that is done."""

    def __init__(self, earlier: Mapping[str, float], language: Language):
        super().__init__(earlier)
        self._language = language

    def ended(self, stage: StageGoingOn, seconds: float) -> None:
        """Say that it is done."""
        note = f": {stage.note.say(self._language)}" if stage.note else ""
        click.echo(
            f"{stage.name.say(self._language)}{note} ({in_words(round(seconds, 1), self._language)} s)", err=True
        )


class LiveLines(Progress):
    """Two lines that are drawn anew while the run goes on, and are gone when it is done."""

    def __init__(self, earlier: Mapping[str, float], language: Language, console: Console):
        super().__init__(earlier)
        self._language = language
        self._began = self.now()
        self._spinner = Spinner("dots")
        self._live = Live(console=console, get_renderable=self.lines, transient=True)

    def __enter__(self) -> Self:
        """Draw."""
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave nothing drawn."""
        self._live.stop()

    def lines(self) -> RenderableType:
        """The stage and how far it is; how long the run has been going on and what is left of it."""
        stage = self.going[-1] if self.going else None
        name = stage.name if stage else _PREPARING
        first = Table.grid(padding=(0, 1))
        first.add_column(no_wrap=True)
        first.add_column(no_wrap=True, overflow="ellipsis")
        first.add_column(no_wrap=True, overflow="ellipsis")
        first.add_row(self._spinner, Text(name.say(self._language), style="bold"), *self._counted(stage))
        gone = clock(round(1000 * (self.now() - self._began)))
        second = f"  {gone} · {time_left(self.left(), self.left_of_stage()).say(self._language)}"
        return Group(first, Text(second, style="dim", no_wrap=True, overflow="ellipsis"))

    def _counted(self, stage: StageGoingOn | None) -> list[RenderableType]:
        """The bar, and the number beside it, of a stage whose segments are counted."""
        if stage is None or not stage.segments:
            return []
        done = in_words(stage.done, self._language)
        every = in_words(stage.segments, self._language)
        numbers = Bilingual(f"{done} di {every} segmenti", f"{done} of {every} segments")
        bar = ProgressBar(total=stage.segments, completed=stage.done, width=_BAR_WIDTH)
        return [bar, Text(numbers.say(self._language))]


_PREPARING = Bilingual("Preparo gli strumenti", "Getting ready")


def time_left(run: float | None, stage: float | None) -> Bilingual:
    """What is known of the seconds left of the run and of its stage, in words; that nothing is, where nothing is."""
    if run is not None:
        left = about(run)
        return Bilingual(f"ancora {left.it}", f"{left.en} left")
    if stage is not None:
        left = about(stage)
        return Bilingual(
            f"questa fase: ancora {left.it}; il resto non si sa ancora",
            f"this stage: {left.en} left; the rest is not known yet",
        )
    return Bilingual("quanto manca non si sa ancora", "how long it takes is not known yet")


def about(seconds: float) -> Bilingual:
    """Seconds as people say how long they expect something to last."""
    if seconds < 10:
        return Bilingual("pochi secondi", "a few seconds")
    if seconds < 55:
        tens = 10 * round(seconds / 10)
        return Bilingual(f"circa {tens} secondi", f"about {tens} seconds")
    minutes = round(seconds / 60)
    hours = minutes // 60
    if not hours:
        return Bilingual(f"circa {minutes} min", f"about {minutes} min")
    return Bilingual(f"circa {hours} h {minutes % 60} min", f"about {hours} h {minutes % 60} min")
