"""The chapters as the page lays them out: what is seen of each at once, and what is folded. Computes nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from corpus.words.language import Language
from outputs.chapters import METHODS, Chapter
from outputs.page.bars import Bar, ItemBars, class_bars, item_bars, name_bars
from outputs.page.story import Told
from outputs.tables.table import records
from outputs.words.render import RenderedTable
from outputs.words.sentences import templates, word

_MOST_TOLD = 4  # findings that a chapter shows at once
_MOST_ITEMS = 9
_MOST_CARDS = 24
_THEMES_OF_A_CARD = 3
_CASE_THEME = "tema:"  # how columns of the table of cases begin that count a theme


@dataclass(frozen=True)
class Card:
    """A respondent: the name, the place of the profile, the class, what is spoken of most (theme, segments)."""

    name: str
    place: str
    group: str
    themes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Section:
    """A chapter on the page: its key, the id of its place, its words, what has to be known before it is believed.

    Seen at once are `told` and, where there are any, `bars`, `cards`, `items`, the `chart` (by the table that it is
    over) and `open_tables`; the rest is folded.
    """

    key: str
    place: str
    title: str
    nav: str
    warning: str
    told: tuple[Told, ...]
    more_told: tuple[Told, ...]
    folded: tuple[RenderedTable, ...]
    open_tables: tuple[RenderedTable, ...] = ()
    chart: str = ""
    bars: tuple[Bar, ...] = ()
    cards: tuple[Card, ...] = ()
    items: tuple[ItemBars, ...] = ()
    more_items: tuple[ItemBars, ...] = ()


def lay_out(
    chapters: Sequence[Chapter],
    told: Mapping[str, Sequence[Told]],
    charts: Collection[str],
    items: Sequence[str],
    people: int,
    language: Language,
) -> list[Section]:
    """The sections of the page: `told` are findings by chapter, `charts` the tables that have a chart.

    `items` are the codes of the questionnaire in its order, `people` is how many were interviewed.
    """
    return [_section(chapter, told.get(chapter.key, ()), charts, items, people, language) for chapter in chapters]


def _section(
    chapter: Chapter,
    told: Sequence[Told],
    charts: Collection[str],
    codes: Sequence[str],
    people: int,
    language: Language,
) -> Section:
    by_key = {table.key: table for table in chapter.tables}
    main = chapter.main
    chart = main.key if main.key in charts else ""
    bars: tuple[Bar, ...] = ()
    cards: tuple[Card, ...] = ()
    items: tuple[ItemBars, ...] = ()
    if chapter.key == "material":
        bars = class_bars(main, people, language)
        cards = _cards(by_key.get("casi"))
    elif chapter.key == "questionnaire":
        items = tuple(item_bars(codes, by_key.get("domande_frequenze"), by_key.get("domande_numeri"), language))
    elif chapter.key == "places" and main.key == "entita":
        bars = name_bars(main, people, language)
    # What the bars of the questionnaire show need not be said beside them.
    seen = () if items else tuple(told[:_MOST_TOLD])
    open_tables = () if chart or bars or cards or items else (main,)
    return Section(
        chapter.key,
        "metodi" if chapter.key == METHODS else f"capitolo-{chapter.key}",
        word("chapter", chapter.key, language),
        templates("page.nav", language)[chapter.key],
        "" if open_tables else main.warning,
        seen,
        tuple(one for one in told if one not in seen),
        chapter.others if open_tables else chapter.tables,
        open_tables,
        chart,
        bars,
        cards[:_MOST_CARDS],
        items[:_MOST_ITEMS],
        items[_MOST_ITEMS:],
    )


def _cards(cases: RenderedTable | None) -> tuple[Card, ...]:
    if cases is None:
        return ()
    themes = {column.key: column.label for column in cases.columns if column.key.startswith(_CASE_THEME)}
    cards = []
    for row in records(cases.frame):
        spoken = [(label, row[key]) for key, label in themes.items() if row[key]]
        most = sorted(spoken, key=lambda pair: -pair[1])[:_THEMES_OF_A_CARD]
        name = str(row["respondent"])
        cards.append(Card(name, f"profilo-{quote(name)}", str(row.get("class") or ""), tuple(most)))
    return tuple(cards)
