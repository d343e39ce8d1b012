"""Why a number cannot be given: a few keys, whose words are in outputs/words/reasons.toml. Computes nothing."""

from corpus.words.phrase import Phrase

MIN_PERCENT_BASE = 10  # below this many respondents a percentage says more than is known

REASONS = (
    "few",
    "fewer than 3",
    "fewer than 6",
    "nobody",
    "everybody",
    "constant",
    "one group",
    "small groups",
    "one person",
    "no answers",
    "no pairs",
    "too few answers",
    "no order",
    "no polarity",
    "date",
    "free text",
    "no item",
    "one rater",
    "undefined",
    "no sample",
    "sample unread",
    "sample with gaps",
    "sample edited",
    "sample lost",
    "sample outdated",
    "theme not in sample",
    "all read",
    "few read",
    "absent from sample",
    "everywhere in sample",
    "segments only",
    "no cases",
    "no stance told",
)


def reason_phrase(reason: str) -> Phrase:
    """A key of REASONS as a text: "fewer than 10 respondents"."""
    return Phrase(f"reason.{reason}", {"least": MIN_PERCENT_BASE} if reason == "few" else {})


def not_computable(reason: str) -> Phrase | None:
    """What stands where a number cannot be computed, "not computable: ..."; None for ""."""
    return Phrase("not_computable", {"reason": reason_phrase(reason)}) if reason else None


def not_calculable(reason: str) -> Phrase | None:
    """What stands where a measure of coders or of pairs of themes has no value or no interval; None for ""."""
    return Phrase(f"not_calculable.{reason}") if reason else None
