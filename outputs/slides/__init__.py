"""Results as slides, for the people interviewed or for colleagues. Room outputs: says what tables hold."""

from pathlib import Path

from corpus.words.audiences import Audience
from outputs.packaging import save_package
from outputs.run.record import RunRecord
from outputs.slides.deck import Deck
from outputs.slides.for_colleagues import fill_for_colleagues
from outputs.slides.for_respondents import fill_for_respondents

_FILL = {"respondents": fill_for_respondents, "colleagues": fill_for_colleagues}


def write_slides(run: RunRecord, path: Path, audience: Audience | None = None) -> Path:
    """The run as PPTX of at most 12 slides with speaker's notes, for an audience (default: that of study.toml).

    The people interviewed get plain words and counts, and quotations of which nobody need be ashamed; colleagues get
    intervals and caveats. A slide comes only where there is something to show. The same run gives the same bytes.
    Raises OSError.
    """
    deck = Deck(run.language)
    _FILL[audience or run.settings.outputs.slides_for](run, deck)
    return save_package(deck.file, path, run.settings.study.title, run.language)
