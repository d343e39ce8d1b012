"""Lines that begin with a speaker's name and another sign than the colon of all other labels: `Pietro. Mah.`"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.transcripts.believing import Beliefs, Slip
from corpus.transcripts.labels import Label
from corpus.transcripts.text import Line

_SIGN = r"\s*(?P<sign>[.;])\s+(?=\S)"
_LABELLED = 0.6  # of the paragraphs open with a label where each of them should


def with_missing_colons(beliefs: Beliefs, source: str, lines: Sequence[Line]) -> Beliefs:
    """`beliefs`, with a turn, told as a slip, for each paragraph that opens with a speaker's name and `.` or `;`.

    Only where nearly all paragraphs open with a label, by a colon: elsewhere it may be how somebody begins to speak.
    """
    typed = [label for label in beliefs.labels if label is not None and label.sign == "colon"]
    times = Counter(label.name for label in typed)
    names = [name for name, turns in times.items() if turns > 1]
    openings = sum(line.opens for line in lines)
    packed = openings <= 1  # lines under one another are a turn each
    if not names or len(typed) < _LABELLED * (len(lines) if packed else openings):
        return beliefs
    opening = re.compile(rf"\s*(?P<name>{'|'.join(map(re.escape, names))}){_SIGN}")
    labels = list(beliefs.labels)
    slips = list(beliefs.slips)
    for number, line in enumerate(lines):
        match = opening.match(source, line.start, line.end) if labels[number] is None else None
        if match is None or line.speaker is not None or not (line.opens or packed):
            continue
        labels[number] = Label(match["name"], match.end(), None, "weak", False)
        slips.append(Slip(match["name"], match["name"], number, match["sign"]))
    return replace(beliefs, labels=tuple(labels), slips=tuple(slips))
