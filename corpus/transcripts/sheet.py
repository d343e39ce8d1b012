"""The sheet of an interview before its first turn: number, date, place, who was there. Reads lines, no roles."""

import re
from collections.abc import Sequence

from corpus.transcripts.labels import Label
from corpus.transcripts.text import Line

# Words that open a line with a colon without being anybody: what a sheet asks for, and turns of speech.
SHEET = frozenset(
    str.split(
        "data luogo durata ora orario intervista interviste comune file trascrizione trascrittore trascrittrice codice "
        "titolo progetto legenda presenti partecipanti audio registrazione date place duration sede provincia regione "
        "modalità popolazione abitanti id oggetto ricerca studio convenzioni durate inizio fine note"
    )
)
_TURNS_OF_SPEECH = frozenset(
    str.split(
        "allora ecco cioè quindi infatti insomma dunque poi anzi esempio nota note attenzione risultato morale punto "
        "primo secondo terzo quarto uno due tre conclusione traduzione problema motivo soluzione obiettivo nb n.b p.s "
        "ps bene ok sì no beh mah però comunque inoltre infine tipo ovvero ossia premessa domanda-chiave"
    )
)
_OPENERS = frozenset(
    str.split(
        "per ad come dico dice diceva dicevo e ma che il le gli un una se no sì mi ti ci vi si lo la io lui lei noi "
        "voi loro questo questa quello quella anche qui là così è ho abbiamo"
    )
)
_WORDS_OF_A_NAME = 8
_MOST_LINES = 30


def is_nobody(key: str) -> bool:
    """Whether `key` (a label without regard to case) opens a line with a colon but is nobody: `allora`, `data`."""
    first, *rest = key.split()
    first = first.strip("#.°")
    return first in SHEET or first in _TURNS_OF_SPEECH or (bool(rest) and first in _OPENERS)


def sheet_length(source: str, lines: Sequence[Line], labels: Sequence[Label | None]) -> int:
    """How many lines at the top are the interview's sheet: `Data: ...`, `Luogo: ...`, with names among them.

    They end with the last entry such as `Data:`; `Intervistatrice: Anna Bianchi` belongs to them when it stands
    between two, or goes on in the same paragraph, and reads like an entry: no more than eight words, no sentence.
    """
    length = 0
    in_sheet = False
    for number, (line, label) in enumerate(zip(lines[:_MOST_LINES], labels, strict=False)):
        if line.start_ms is not None:
            break  # what has a time was said
        words = source[label.text_start : line.end].strip() if label else source[line.start : line.end].strip()
        if label is not None and label.sign == "colon" and label.key.split()[0].strip("#.°") in SHEET:
            length = number + 1
            in_sheet = True
            continue
        entry = len(words.split()) <= _WORDS_OF_A_NAME and not re.search(r"[.?!…]$", words)
        if not entry:
            break
        if line.opens:
            in_sheet = False
        elif in_sheet:
            length = number + 1
    return length
