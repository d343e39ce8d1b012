"""The links that a person may accept, as a file to fill in and put into the study. Room outputs; proposes none."""

import csv
from pathlib import Path

import pandas as pd

from corpus.formulas import guard
from corpus.language import Bilingual, Language
from corpus.links import COLUMNS
from corpus.links import FILE as DECISIONS
from corpus.study import Study
from outputs.tables.table import records

FILE = "collegamenti_proposti.csv"
_DECIDED = ("decision", "reading", "reason", "author", "date")
_WHY = {
    "theme": Bilingual("il tema non ha domande", "the theme has no item"),
    "item": Bilingual("la domanda non ha temi", "the item has no theme"),
}


def write_link_proposals(study: Study, proposals: pd.DataFrame, folder: Path, language: Language) -> Path:
    """`collegamenti_proposti.csv`: what people decided so far, as it is, then the proposals with `decision` blank.

    Filled in and put into the study as `collegamenti.csv` it is obeyed by the next run. Raises OSError.
    """
    labels = {theme.code: theme.label for theme in study.themes}
    texts = {item.code: item.text for item in study.items}
    rows = [
        [*_named(row["theme"], row["item"], labels, texts), "", "", DECISIONS, *(row[name] for name in _DECIDED)]
        for row in records(study.link_decisions)
    ]
    by_pair: dict[tuple[str, str], list[str]] = {}
    for row in records(proposals):
        pair = (row["theme"], row["item"])
        score = f"{row['score']:.2f}".replace(".", "," if language == "it" else ".")
        known = by_pair.setdefault(pair, [*_named(*pair, labels, texts), score, str(row["rank"]), "", *[""] * 5])
        known[6] = "; ".join(filter(None, (known[6], _WHY[row["side"]].say(language))))
    path = folder / FILE
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows([guard(cell) for cell in row] for row in [*rows, *by_pair.values()])
    return path


def _named(theme: str, item: str, labels: dict[str, str], texts: dict[str, str]) -> list[str]:
    return [theme, labels.get(theme, theme), item, texts.get(item, item)]
