"""The links that a person may accept, as a file to fill in and put into the study. Room outputs; proposes none."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from corpus.codings.link_decisions import COLUMNS, DECISION_NAMES, READING_NAMES
from corpus.codings.link_decisions import FILE as DECISIONS
from corpus.study import Study
from corpus.words.language import Bilingual, Language
from outputs.csv_tables import write_rows
from outputs.tables.table import records
from outputs.words.render import RenderedTable

FILE = "collegamenti_proposti.csv"
_WRITTEN = ("reason", "author", "date")
_LINKED = Bilingual("legame del codebook", "link of the codebook")
_WHY = {
    "theme": Bilingual("il tema non ha domande", "the theme has no item"),
    "item": Bilingual("la domanda non ha temi", "the item has no theme"),
}


def write_link_proposals(
    study: Study, tables: Sequence[RenderedTable], proposals: pd.DataFrame, folder: Path, language: Language
) -> Path:
    """`collegamenti_proposti.csv`: what people decided so far, as it is; the other links of the joint display, with the
    reading of the rules, to be read otherwise; then the proposals. `decision` and `reading` of those are blank.

    Filled in and put into the study as `collegamenti.csv` it is obeyed by the next run. Raises OSError.
    """
    joint = next(table for table in tables if table.key == "joint_display").data.frame
    readings = zip(joint.index, joint["rules_reading"], strict=True)
    computed = {link: _word(READING_NAMES, code, language) for link, code in readings}
    rows: dict[tuple[str, str], dict[str, str]] = {}
    decided = study.link_decisions
    for row in records(decided[(decided["decision"] != "") | (decided["reading"] != "")]):
        pair = row["theme"], row["item"]
        then = _word(READING_NAMES, row["rules_reading"], language)
        known = then or (computed.get("|".join(pair), "") if row["reading"] else "")
        rows[pair] = {
            "decision": _word(DECISION_NAMES, row["decision"], language),
            "reading": _word(READING_NAMES, row["reading"], language),
            **{name: row[name] for name in _WRITTEN},
            "why": DECISIONS,
            "rules_reading": known,
        }
    for theme in study.themes:
        for item in theme.questionnaire_items:
            linked = {"why": _LINKED.say(language), "rules_reading": computed.get(f"{theme.code}|{item}", "")}
            rows.setdefault((theme.code, item), linked)
    for row in records(proposals):
        score = f"{row['score']:.2f}".replace(".", "," if language == "it" else ".")
        proposed = rows.setdefault((row["theme"], row["item"]), {"similarity": score, "rank": str(row["rank"])})
        proposed["why"] = "; ".join(filter(None, (proposed.get("why"), _WHY[row["side"]].say(language))))
    written = []
    for pair, cells in rows.items():
        named = _named(study, *pair) | cells
        written.append([named.get(name, "") for name in COLUMNS])
    return write_rows(folder / FILE, COLUMNS, written, language)


def _word(names: Mapping[str, Bilingual], code: str, language: Language) -> str:
    """A decision or reading as a person writes it, in either language; "" for none."""
    return names[code].say(language) if code else ""


def _named(study: Study, theme: str, item: str) -> dict[str, str]:
    label = next((one.label for one in study.themes if one.code == theme), theme)
    text = next((one.text for one in study.items if one.code == item), item)
    return {"theme": theme, "label": label, "item": item, "text": text}
