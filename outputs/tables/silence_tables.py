"""What one source speaks of and the other does not: themes without an item, items without a theme. Room outputs."""

from corpus.records import Theme
from corpus.words.phrase import Phrase, phrase
from nlp.crosswalk import worded_items
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.table import Table, records
from outputs.tables.view import View


def silences(view: View) -> Table:
    """One row a theme that no item asks about, then one an item that no theme speaks of, most spoken of first.

    No row without a questionnaire, which then is silent of nothing.
    """
    table = Collector("silenzi", columns("silence theme item item_text mentioned answered nearest"))
    for theme in _unasked_themes(view) if view.study.items else []:
        key = f"theme|{theme.code}"
        table.add(key, {"silence": "questionnaire", "theme": theme.label})
        table.count(key, "mentioned", view.said_of(theme.code))
        table.add(key, {"nearest": _nearest(view, "theme", theme.code)})
    linked = {item for theme in view.study.themes for item in theme.questionnaire_items}
    for item in worded_items(view.study.items):
        if item.code in linked:
            continue
        key = f"item|{item.code}"
        table.add(key, {"silence": "codebook", "item": item.code, "item_text": item.text})
        table.count_people(key, "answered", view.answered.loc[view.answered["item"] == item.code, "respondent"])
        table.add(key, {"nearest": _nearest(view, "item", item.code)})
    return table.done()


def _unasked_themes(view: View) -> list[Theme]:
    """The themes without an item, most respondents first."""
    unasked = [theme for theme in view.study.themes if not theme.questionnaire_items]
    return sorted(unasked, key=lambda theme: -view.said_of(theme.code)["respondent"].nunique())


def _nearest(view: View, side: str, code: str) -> Phrase:
    """The links proposed for a theme or item: the name of the other side and the similarity."""
    proposals = view.results.link_proposals
    of_this = proposals[(proposals["side"] == side) & (proposals[side] == code)].sort_values("rank")
    named = []
    for row in records(of_this):
        other = view.item(row["item"]).text if side == "theme" else view.theme(row["theme"]).label
        named.append(phrase("silenzi.near", name=other, score=float(row["score"])))
    return phrase("list.semicolon", parts=tuple(named))
