"""Transcription signs out of a turn's text, with every kept character led back to the source.

Looks at text alone: it knows nothing of speakers or files, and never changes a character that it keeps.
"""

import re
from collections.abc import Iterable, Iterator

from corpus.transcripts.clocks import BRACKETED, RANGE

# Signs that no ordinary text has, one pattern a kind. Two kinds at least must occur, see `is_jefferson`.
_JEFFERSON_KINDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\(\([^()\n]*\)\)",  # ((ride))
        r"\(\.+\)|\(\d+[.,]\d+\)",  # (.) (0.5)
        r"[^\W\d_]:+[^\W\d_]|[^\W\d_]::+",  # co:sa, e::
        r"°[^°\n]+°",  # °piano°
        r"[^\W\d_][\[\]][^\W\d_]",  # b[ar], insie]me
        r">[^<>\n]+<|<[^<>\n/]+>",  # >svelto<
        r"[^\W\d_]:*=[^\W\d_]",  # dieci=anni
    )
)
_URL = re.compile(r"\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@\w[\w-]*\.\w[\w.]*")
_WORD = re.compile(r"[^\W_]+")

_ASIDES = (
    r"inc(?:ompr(?:ensibile)?)?\.?|incomprensibile|inudibile|inintelligibile|non udibile|inaudible|unclear|crosstalk"
    r"|rid(?:e|ono|endo)|risate?|risata|laughs?|laughter|sorrid(?:e|ono|endo)|sospir[aio]|tossisce|pausa(?: lunga)?"
    r"|silenzio|voci sovrapposte|sovrapposizione(?: di voci)?|omissis"
)
_TIMED_ASIDE = rf"{RANGE}\s+(?:{_ASIDES})|(?:{_ASIDES})\s+{RANGE}"
_PAUSE = r"(?:pausa\s+(?:di\s+)?)?\d+\s*(?:secondi|seconds?|secs?\.?|s)(?:\s+di)?(?:\s+(?:pausa|pause))"
_EVERYWHERE = (
    rf"(?P<gap>\(\([^()]*\)\)|\(\.+\)|\[\s*(?i:{_ASIDES})\s*\]"
    rf"|[\[(]\s*(?i:{_TIMED_ASIDE}|{_PAUSE})\s*[\])]|\[SPEAKER_TURN\]|{BRACKETED})"
    # Invisible characters of word processors: soft hyphen, zero-width and direction marks, byte order mark.
    r"|(?P<drop>[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|\*\*)"
)
_ORDINARY = re.compile(_EVERYWHERE)
_JEFFERSON = re.compile(
    rf"(?P<keep>{_URL.pattern})|{_EVERYWHERE}"
    r"|(?P<pause>\(\d+(?:[.,]\d+)?\s*s?\)|\(-+\)|=+|(?<!\w)\.h+(?!\w)|(?<!\w)h{2,}(?!\w)|(?<!\w)(?<!\w[\[\]()°])[xX]+(?!\w)(?![\[\]()°:]\w))"
    r"|(?P<sign>(?<!\d):+|:+(?!\d)|[\[\]()<>°#↑↓→←⌈⌉⌊⌋])"
)
_WHOLE_ASIDE = re.compile(rf"{_ASIDES}|{_TIMED_ASIDE}|{_PAUSE}", re.IGNORECASE)
_SPACES = re.compile(r"\s")
_UNEVEN = re.compile(r"[^\S ]\s*|\s{2,}")
_CLOSING = ",.;:?!…"


def is_jefferson(texts: Iterable[str]) -> bool:
    """Whether a transcript is written in Jefferson's signs (or a kin of them).

    The rule: at least two different kinds of sign that ordinary text does not have, and together at least three of
    them and one every hundred words. It is asked once for a whole transcript, of all that was said in it.
    """
    text = _URL.sub(" ", "\n".join(texts))
    counts = [_times(kind, text) for kind in _JEFFERSON_KINDS]
    words = _times(_WORD, text)
    return sum(count > 0 for count in counts) >= 2 and sum(counts) >= max(3, words / 100)


def _times(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def is_aside(text: str) -> bool:
    """Whether the words in a pair of brackets say what happens and not who speaks: `ride`, `voci sovrapposte`."""
    return _WHOLE_ASIDE.fullmatch(text) is not None


def clean(text: str, *, jefferson: bool) -> tuple[str, list[tuple[int, int, int]]]:
    """The words of `text` and the pieces `(clean_start, text_start, length)` copied unchanged.

    In every text: white space becomes one space; `((ride))`, `(.)`, `[inc.]`, `[ride]`, time marks (`[00:03:12]`,
    `{3:12}`, `#00:03:12-5#`), `**` and invisible characters go. In Jefferson also: lengthening, overlap and uncertainty
    brackets, loudness, pace, pitch arrows, `=`, pauses and breath, and the `xx` of what nobody understood. The mark of
    a truncated word (`parla-`, `pr~`) stays, so that half a word is never read as a whole one. Ordinary parentheses and
    colons stay.
    """
    pieces: list[tuple[int, int, int]] = []
    out: list[str] = []
    length = 0
    gap_from = 0  # where in `text` the last kept run ended
    for start, end in _stretches_without_signs(text, jefferson):
        if out:
            between = text[gap_from:start]
            spaced = _SPACES.search(between) is not None or _stands_between_words(between, jefferson)
            if between.strip() and text[start] in _CLOSING:
                spaced = False  # "ma ((ride)), certo" -> "ma, certo"
            if spaced:
                out.append(" ")
                length += 1
        clean_start, source_start, size = pieces[-1] if pieces else (0, -1, 0)
        if pieces and start - source_start == length - clean_start and text[gap_from:start] in ("", " "):
            pieces[-1] = (clean_start, source_start, size + (end - gap_from))
        else:
            pieces.append((length, start, end - start))
        out.append(text[start:end])
        length += end - start
        gap_from = end
    return "".join(out), pieces


def _stretches_without_signs(text: str, jefferson: bool) -> Iterator[tuple[int, int]]:
    """The stretches of `text` that are kept as they are: no sign in them, and no space but single blanks."""
    position = 0
    for match in (_JEFFERSON if jefferson else _ORDINARY).finditer(text):
        if match.lastgroup != "keep":
            yield from _unspaced(text, position, match.start())
            position = match.end()
    yield from _unspaced(text, position, len(text))


def _unspaced(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _UNEVEN.finditer(text, start, end):
        yield from _trimmed(text, position, match.start())
        position = match.end()
    yield from _trimmed(text, position, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if start < end and text[start] == " ":
        start += 1
    if start < end and text[end - 1] == " ":
        end -= 1
    if start < end:
        yield start, end


def _stands_between_words(between: str, jefferson: bool) -> bool:
    """Whether what was taken out stood between two words (`dieci=anni`) and not inside one (`co:sa`)."""
    return any(
        match.lastgroup in ("gap", "pause") for match in (_JEFFERSON if jefferson else _ORDINARY).finditer(between)
    )
