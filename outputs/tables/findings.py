"""Results in brief: sentences filled from the tables, each with what is behind it. Room outputs; computes no number.

Every figure is read from a cell of another table; what no table holds is not said. Document, slides and page take
their sentences from here.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from outputs.tables.glossary import columns
from outputs.tables.item_findings import APART, item_findings
from outputs.tables.link_findings import link_findings
from outputs.tables.table import (
    CELL_COLUMNS,
    PEOPLE_COLUMNS,
    Table,
    Trail,
    Value,
    frame_trail,
    join_trails,
    make_frame,
)
from outputs.tables.theme_findings import material_findings, theme_findings, topic_findings
from outputs.tables.view import View
from outputs.words.render import RenderedTable

KEY = "risultati"
Places = Mapping[Any, np.ndarray]  # row and column of a number -> its rows in a trail


def findings(view: View, tables: Iterable[RenderedTable]) -> Table:
    """One row a finding: chapter, what it is about, the sentence, the tables whose cells it is read from.

    `main` marks those that a summary holds. The trail of a sentence is that of the cells it tells of.
    """
    by_key = {table.key: table for table in tables}
    places = cache(lambda name, part: getattr(by_key[name], part).groupby(["row", "column"], sort=False).indices)
    passages = cache(lambda name, part: frame_trail(getattr(by_key[name], part).drop(columns=["row", "column"])))
    chapters = {
        view.say("Il materiale", "The material"): material_findings(view, by_key),
        view.say("I temi", "The themes"): theme_findings(view, by_key),
        view.say("Il questionario", "The questionnaire"): item_findings(view, by_key),
        view.say("Interviste e questionario", "Interviews and questionnaire"): link_findings(view, by_key),
        view.say("Argomenti emergenti", "Emergent topics"): topic_findings(view, by_key),
    }
    heads = columns("chapter about finding source main", view.language)
    rows: dict[str, dict[str, Value]] = {}
    cells, people = [], []
    for chapter, found in chapters.items():
        for one in found:
            key = f"{len(rows) + 1:03d}"
            rows[key] = {
                "chapter": chapter,
                "about": one.about,
                "finding": one.sentence,
                "source": "; ".join(by_key[name].title for name in one.sources),
                "main": view.say("sì", "yes") if one.main else "",
            }
            for name in one.sources:
                read = [(row, column) for table, row, column in one.behind if table == name]
                cells.append(_behind(passages(name, "cells"), places(name, "cells"), key, read))
                people.append(_behind(passages(name, "people"), places(name, "people"), key, read))
    note = view.say(
        "Frasi riempite dalle altre tabelle, senza altri calcoli: ogni cifra si ritrova nella tabella indicata. Le "
        f"differenze fra classi sono conteggi: quote che distano almeno {APART:.0%}, in classi di almeno tre persone; "
        "il test è nella tabella delle risposte per classe.",
        "Sentences filled from the other tables, nothing else is computed: each figure stands in the table named. "
        f"Differences between classes are counts: shares at least {APART:.0%} apart, in classes of at least three; the "
        "test is in the table of answers by class.",
    )
    title = view.say("Risultati in breve", "Results in brief")
    said, who = join_trails(cells, CELL_COLUMNS), join_trails(people, PEOPLE_COLUMNS)
    return Table(KEY, title, note, heads, make_frame(heads, rows), said, who)


def _behind(passages: Trail, places: Places, key: str, read: Iterable[tuple[str, str]]) -> Trail:
    """What stands behind the cells `read`, each once and in the order of a trail's `passages`; `places` says where."""
    found = [places[cell] for cell in read if cell in places]
    mine = np.unique(np.concatenate(found)).tolist() if found else []
    return list(dict.fromkeys((key, "finding", *passages[place]) for place in mine))
