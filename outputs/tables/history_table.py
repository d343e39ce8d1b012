"""The history of decisions: one row a change from run to run. Compares nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.words.phrase import Phrase, phrase
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.table import Table, Value

KEY = "storia"


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two runs. `seen` is the day of the run that read it first, `kind` a word of the vocabulary.

    `author` and `date` are those that the study gives, "" where it gives none. Of people's codings `before` and `after`
    are numbers, with how many were `added`, `removed`, and got another stance (`restanced`).
    """

    seen: str
    kind: str
    subject: str
    before: str = ""
    after: str = ""
    author: str = ""
    date: str = ""
    added: int = 0
    removed: int = 0
    restanced: int = 0


def history(changes: Sequence[Change]) -> Table:
    """One row a change, oldest first."""
    table = Collector(KEY, columns("seen change changed before after author decided"))
    for number, change in enumerate(changes, start=1):
        table.add(
            f"{number:04d}",
            {
                "seen": change.seen,
                "change": change.kind,
                "changed": change.subject,
                "before": _in_words(change, change.before),
                "after": _counted(change) if change.kind == "codings" else _in_words(change, change.after),
                "author": change.author,
                "decided": change.date,
            },
        )
    if not changes:
        return table.done(Phrase("storia.none"))
    people = tuple(sorted({change.author for change in changes if change.author}))
    days = len({change.seen for change in changes})
    lead = "storia.lead" if people else "storia.lead_unsigned"
    return table.done(phrase(lead, changes=len(changes), days=days, first=changes[0].seen, people=people))


def _in_words(change: Change, value: str) -> Value:
    if value and change.kind in ("link", "reading"):
        return Phrase(f"{'decision' if change.kind == 'link' else 'reading'}.{value}")
    return value


def _counted(change: Change) -> Phrase:
    facts = {"n": int(change.after), "added": change.added, "removed": change.removed}
    return phrase("storia.codings", **facts, restanced=change.restanced)
