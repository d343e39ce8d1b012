"""What one source speaks of and the other does not: themes without an item, items without a theme. Room outputs."""

from nlp.crosswalk import worded_items
from outputs.tables.glossary import columns
from outputs.tables.table import (
    CELL_COLUMNS,
    PEOPLE_COLUMNS,
    Table,
    Value,
    answer_trail,
    join_trails,
    make_frame,
    records,
    trail,
)
from outputs.tables.view import View


def silences(view: View) -> Table:
    """One row a theme that no item asks about, then one an item that no theme speaks of, most spoken of first."""
    heads = columns("silence theme item item_text mentioned answered nearest", view.language)
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    people = []
    unasked = [theme for theme in view.study.themes if not theme.questionnaire_items]
    for theme in sorted(unasked, key=lambda theme: -view.said_of(theme.code)["respondent"].nunique()):
        key = f"theme|{theme.code}"
        mine = view.said_of(theme.code)
        rows[key] = {
            "silence": view.say("il questionario non lo chiede", "the questionnaire does not ask"),
            "theme": theme.label,
            "mentioned": mine["respondent"].nunique(),
            "nearest": _nearest(view, "theme", theme.code),
        }
        trails.append(trail(key, "mentioned", mine))
    linked = {item for theme in view.study.themes for item in theme.questionnaire_items}
    for item in worded_items(view.study.items):
        if item.code in linked:
            continue
        key = f"item|{item.code}"
        who = set(view.answered.loc[view.answered["item"] == item.code, "respondent"])
        rows[key] = {
            "silence": view.say("il codebook dei temi non ne parla", "no theme of the codebook speaks of it"),
            "item": item.code,
            "item_text": item.text,
            "answered": len(who),
            "nearest": _nearest(view, "item", item.code),
        }
        people.append(answer_trail(key, "answered", who))
    note = view.say(
        "Temi senza domanda e domande senza tema, dopo le decisioni in collegamenti.csv; le date non contano. Legami "
        "proposti: coseno fra etichetta e definizione del tema e testo o opzione più vicina della domanda, in ordine "
        "di quanto supera quello che ognuno ha con tutti; non sono usati finché una persona non scrive `accetta` (file "
        "collegamenti_proposti.csv della corsa); un legame rifiutato non torna. Silenzio nel senso del protocollo di "
        "triangolazione (Farmer et al. 2006).",
        "Themes without an item and items without a theme, after the decisions in collegamenti.csv; dates do not "
        "count. Proposed links: cosine of the theme's label and definition with the item's wording or nearest option, "
        "in the order of how far it exceeds what each has with all others; they are not used until a person writes "
        "`accetta` (collegamenti_proposti.csv in the run); a rejected link does not come back. Silence as in the "
        "triangulation protocol (Farmer et al. 2006).",
    )
    title = view.say(
        "Silenzi: temi senza domanda, domande senza tema", "Silences: themes without an item and items without a theme"
    )
    frame = make_frame(heads, rows)
    return Table(
        "silenzi", title, note, heads, frame, join_trails(trails, CELL_COLUMNS), join_trails(people, PEOPLE_COLUMNS)
    )


def _nearest(view: View, side: str, code: str) -> str:
    proposals = view.results.link_proposals
    mine = proposals[(proposals["side"] == side) & (proposals[side] == code)].sort_values("rank")
    named = []
    for row in records(mine):
        score = f"{row['score']:.2f}".replace(".", "," if view.language == "it" else ".")
        other = view.item(row["item"]).text if side == "theme" else view.theme(row["theme"]).label
        named.append(f"{other} ({score})")
    return "; ".join(named)
