"""On what answers agree most and where they divide most: two findings on the questionnaire. Computes no number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from corpus.records import Item
from corpus.words.phrase import Phrase, phrase
from outputs.tables.finding import Finding, Rows
from outputs.tables.view import View

_FEWEST = 3  # answers to an item of which anything is said
_AGREE = 2 / 3  # of those who answer; where more give one answer, they agree
_DIVIDE = 1 / 3  # of those who answer, from there on a side is one
_SIDES = ("likert", "yesno")


@dataclass(frozen=True, slots=True)
class _Side:
    """Answers to an item that go together, such as both grades of consent: their rows, and how many of n give one."""

    item: Item
    rows: Rows

    @property
    def count(self) -> int:
        return sum(row["count"] for row in self.rows)

    @property
    def n(self) -> int:
        return int(max(row["n"] for row in self.rows))

    @property
    def share(self) -> float:
        return self.count / self.n

    @property
    def options(self) -> tuple[Phrase, ...]:
        return tuple(phrase("finding.item.quoted", option=row["option"]) for row in self.rows)

    def behind(self, table: str) -> list[tuple[str, str, str]]:
        return [(table, row["row"], "count") for row in self.rows]


def opinion_findings(view: View, table: str, counts: Rows) -> Iterable[Finding]:
    """The item on which most agree, and the one whose two sides are most alike; items linked to a theme before others.

    `counts` are the rows of the table `table`, the answers by option.
    """
    linked = {item for theme in view.study.themes for item in theme.questionnaire_items}
    items = [item for item in view.study.items if item.code in linked] or list(view.study.items)
    by_item: dict[str, Rows] = {}
    for row in counts:
        by_item.setdefault(row["item"], []).append(row)
    sides = [_sides(item, by_item.get(item.code, [])) for item in items]
    agreed = max(chain.from_iterable(sides), key=lambda side: side.share, default=None)
    if agreed is not None and agreed.share > _AGREE:
        facts = {"item": agreed.item.text, "count": agreed.count, "n": agreed.n, "options": agreed.options}
        sentence = Phrase("finding.item.agreed", facts)
        yield Finding(agreed.item.code, sentence, agreed.behind(table), "answers", by_people=True)
    two = [of_item for of_item in sides if len(of_item) == 2 and of_item[0].item.type in _SIDES]
    one, other = max(two, key=lambda of_item: min(side.share for side in of_item), default=(None, None))
    if one is not None and other is not None and min(one.share, other.share) >= _DIVIDE:
        facts = {"item": one.item.text, "n": one.n, "one": one.count, "other": other.count}
        sentence = Phrase("finding.item.divided", facts | {"options": one.options, "others": other.options})
        yield Finding(one.item.code, sentence, one.behind(table) + other.behind(table), "divided", by_people=True)


def _sides(item: Item, rows: Rows) -> Sequence[_Side]:
    """Lower and upper half of a scale without its middle, else each answer by itself; none where too few answer."""
    given = [row for row in rows if row["n"] >= _FEWEST]
    if not given:
        return []
    half = len(rows) // 2
    groups = [given[:half], given[-half:]] if item.type == "likert" and half else [[row] for row in given]
    said = [list(filter(itemgetter("count"), group)) for group in groups]
    return [_Side(item, group) for group in said if group]
