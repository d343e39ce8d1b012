"""Questions and answers of a text that names nobody, told apart by its form. A guess, and always said to be one."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from corpus.transcripts.text import Line
from corpus.transcripts.utterances import Utterance
from corpus.words.language import Bilingual

QUESTION = "Domanda"
ANSWER = "Risposta"
FIRST = "Parlante 1"
SECOND = "Parlante 2"
_TURN = re.compile(r"\[SPEAKER_TURN\]\s*$")
_DASH = re.compile(r"\s*[-–—]\s*(?=\S)")
_NUMBER = re.compile(r"\s*(?P<number>\d{1,3})\s*[.)°]-?\s+(?=\S)")
_ASKS = re.compile(r"\?[\"”»')\]]*\s*$")

# Of each block: its lines, then whether it asks and where its text begins; None when the form does not fit.
_Block = Sequence[Line]
_Parted = list[tuple[bool, int]]


def guess_speakers(source: str, lines: Sequence[Line]) -> tuple[list[Utterance], int, Bilingual] | None:
    """Utterances of `Domanda` and `Risposta`, how many lines before them are no part of it, and the warning.

    The forms, tried in this order: questions all in bold or italics; questions that are numbered in order; turns that
    open with a dash and alternate; paragraphs that alternate, those that ask with a question mark at their end.
    None when none fits: what is no interview is not made one.
    """
    forms: tuple[tuple[Callable[[str, Sequence[_Block]], _Parted | None], str, str], ...] = (
        (_stressed, "le domande sono i paragrafi in grassetto o corsivo", "the questions are those in bold or italics"),
        (_numbered, "le domande sono i paragrafi numerati", "the questions are the numbered paragraphs"),
        (_dashed, "i turni aperti da un trattino si alternano", "turns that open with a dash alternate"),
        (
            _asking,
            "le domande sono i paragrafi che finiscono con `?`",
            "the questions are paragraphs that end with `?`",
        ),
    )
    turns = _speaker_turns(source, lines)
    if turns is not None:
        return turns
    by_line: list[_Block] = [[line] for line in lines]
    by_paragraph: list[_Block] = _paragraphs(lines) if sum(line.opens for line in lines) > 1 else by_line
    for part, italian, english in forms:
        blocks = by_line if part in (_dashed, _numbered) else by_paragraph
        parted = part(source, blocks)
        if parted is None:
            continue
        first = next(number for number, (asks, _) in enumerate(parted) if asks)
        utterances = [
            Utterance(QUESTION if asks else ANSWER, start, block[-1].end)
            for block, (asks, start) in zip(blocks[first:], parted[first:], strict=True)
        ]
        warning = Bilingual(
            f"nessuna etichetta: si è supposto che {italian}; controlla, o scrivi chi parla all'inizio dei turni",
            f"no labels: it was supposed that {english}; check it, or write who speaks at the start of each turn",
        )
        return utterances, sum(len(block) for block in blocks[:first]), warning
    return None


def _speaker_turns(source: str, lines: Sequence[Line]) -> tuple[list[Utterance], int, Bilingual] | None:
    """Two speakers who take turns where whisper.cpp (`--tinydiarize`) marks that another begins, None without marks."""
    utterances: list[Utterance] = []
    speaker = FIRST
    for line in lines:
        utterances.append(Utterance(speaker, line.start, line.end))
        if _TURN.search(source, line.start, line.end):
            speaker = SECOND if speaker == FIRST else FIRST
    if len({utterance.speaker for utterance in utterances}) < 2:
        return None
    warning = Bilingual(
        "il file dice dove cambia chi parla ma non chi è: si è supposto che parlino in due, a turno; controlla",
        "the file says where the speaker changes, not who it is: it was supposed that two take turns; check it",
    )
    return utterances, 0, warning


def _paragraphs(lines: Sequence[Line]) -> list[_Block]:
    blocks: list[list[Line]] = []
    for line in lines:
        if line.opens or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return list(blocks)


def _stressed(source: str, blocks: Sequence[_Block]) -> _Parted | None:
    return _mixed([(_is_stressed(block), block[0].start) for block in blocks])


def _is_stressed(block: _Block) -> bool:
    return all(line.stressed >= line.end - line.start for line in block)


def _numbered(source: str, blocks: Sequence[_Block]) -> _Parted | None:
    parted: _Parted = []
    next_number = 1
    for block in blocks:
        line = block[0]
        match = _NUMBER.match(source, line.start, line.end)
        in_order = match is not None and int(match["number"]) == next_number
        next_number += in_order
        start = match.end() if match is not None and in_order else line.start
        parted.append((in_order or line.numbered, start))
    return _mixed(parted)


def _dashed(source: str, blocks: Sequence[_Block]) -> _Parted | None:
    parted: _Parted = []
    asks = False
    for block in blocks:
        match = _DASH.match(source, block[0].start, block[0].end)
        asks = not asks if match is not None else asks
        parted.append((asks, match.end() if match is not None else block[0].start))
    dashes = sum(start > block[0].start for block, (_, start) in zip(blocks, parted, strict=True))
    return _mixed(parted) if dashes * 2 >= len(blocks) else None


def _asking(source: str, blocks: Sequence[_Block]) -> _Parted | None:
    asks = [_ASKS.search(source, block[0].start, block[-1].end) is not None for block in blocks]
    first = asks.index(True) if True in asks else 0
    # A question without its mark, an answer that ends with one: where the paragraphs clearly take turns, turns decide.
    even = asks[first::2]
    odd = asks[first + 1 :: 2]
    if odd and sum(even) >= 0.8 * len(even) and sum(odd) <= 0.3 * len(odd):
        asks = [number >= first and (number - first) % 2 == 0 for number in range(len(asks))]
    return _mixed([(asks, block[0].start) for asks, block in zip(asks, blocks, strict=True)])


def _mixed(parted: _Parted) -> _Parted | None:
    """The blocks, when questions and answers change three times at least."""
    changes = sum(before[0] != after[0] for before, after in pairwise(parted))
    return parted if changes >= 3 else None
