"""Results in brief: sentences filled from the tables, each with what is behind it. Room outputs; computes no number.

Every figure is read from a cell of another table; what no table holds is not said. Document, slides and page take
their sentences from here.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from corpus.words.phrase import Phrase, phrase
from outputs.tables.collector import Collector
from outputs.tables.finding import Finding, ranks
from outputs.tables.finding_quotations import quotations, quoted_passages
from outputs.tables.glossary import columns
from outputs.tables.item_findings import APART, item_findings
from outputs.tables.link_findings import link_findings
from outputs.tables.table import Table, Trail, frame_trail
from outputs.tables.theme_findings import material_findings, theme_findings, topic_findings
from outputs.tables.view import View

KEY = "risultati"
_COLUMNS = "chapter about finding caveat quotations source rank source_table source_rows source_columns"
_SHORT = {
    "warning.unchecked": "warning.unchecked",
    "warning.partly": "warning.unchecked",
    "warning.counted": "caveat.counted",
}
CellRows = Mapping[Any, Any]  # row and column of a cell -> the rows of a trail that are behind it


def findings(view: View, tables: Iterable[Table]) -> Table:
    """One row a finding: chapter, what it is about, the sentence, two quotations, and where it is read from.

    `rank` numbers those that lead (outputs.tables.finding.ranks). `source_table` is the first table that a finding is
    read from, with the rows and columns there. The trail of a sentence is that of the cells it tells of.
    """
    by_key = {table.key: table for table in tables}
    chapters: dict[str, Iterable[Finding]] = {
        "material": material_findings(by_key),
        "themes": theme_findings(by_key),
        "questionnaire": item_findings(view, by_key),
        "links": link_findings(view, by_key),
        "topics": topic_findings(by_key),
    }
    told = [(chapter, finding) for chapter, of_chapter in chapters.items() for finding in of_chapter]
    collector = Collector(KEY, columns(_COLUMNS))
    behind_in_cells = _trail_reader({key: table.cells for key, table in by_key.items()})
    behind_in_people = _trail_reader({key: table.people for key, table in by_key.items()})
    for (chapter, finding), rank in zip(told, ranks([finding for _, finding in told]), strict=True):
        key = f"{len(collector.rows) + 1:03d}"
        titles = tuple(by_key[name].title for name in finding.sources)
        shown = finding.chosen or finding.behind
        trails = [behind_in_cells(name, [(row, column)]) for name, row, column in shown]
        passages = quoted_passages(view, trails, chosen=bool(finding.chosen))
        collector.add(
            key,
            {
                "chapter": chapter,
                "about": finding.about,
                "finding": finding.sentence,
                "caveat": _caveat(finding, by_key),
                "quotations": quotations(view, passages),
                "source": phrase("list.semicolon", parts=titles),
                "rank": rank,
                **_source(finding),
            },
        )
        collector.quote_trail(key, "quotations", passages)
        for name in finding.sources:
            cells = [(row, column) for table, row, column in finding.behind if table == name]
            collector.quote_trail(key, "finding", behind_in_cells(name, cells))
            collector.name_trail(key, "finding", behind_in_people(name, cells))
    return collector.done(apart=APART)


def _source(finding: Finding) -> dict[str, str]:
    """The first table that the finding is read from, and the cells there."""
    table = finding.sources[0]
    cells = [(row, column) for name, row, column in finding.behind if name == table]
    rows = dict.fromkeys(row for row, _ in cells)
    names = dict.fromkeys(column for _, column in cells)
    return {"source_table": table, "source_rows": "\n".join(rows), "source_columns": "\n".join(names)}


def _caveat(finding: Finding, tables: Mapping[str, Table]) -> Phrase | str:
    """What the finding itself has to be told with, and the warnings of the tables it is read from, in short."""
    warnings = [] if finding.by_people else [tables[name].warning for name in finding.sources]
    short = [Phrase(_SHORT[one.key]) for one in warnings if isinstance(one, Phrase)]
    caveats = list(dict.fromkeys(filter(None, [finding.caveat, *short])))
    return phrase("list.semicolon", parts=tuple(caveats)) if caveats else ""


def _trail_reader(trails: Mapping[str, pd.DataFrame]) -> Callable[[str, Iterable[tuple[str, str]]], Trail]:
    """A function that gives what stands behind cells of a table, each passage or person once, in the trail's order."""
    # Grouping a trail takes longer than all look-ups in it: each table's once, and only when a finding reads from it.
    rows_behind = cache(lambda name: trails[name].groupby(["row", "column"], sort=False).indices)
    passages = cache(lambda name: frame_trail(trails[name].drop(columns=["row", "column"])))

    def behind(name: str, cells: Iterable[tuple[str, str]]) -> Trail:
        known: CellRows = rows_behind(name)
        rows = [known[cell] for cell in cells if cell in known]
        ordered = np.unique(np.concatenate(rows)).tolist() if rows else []
        return list(dict.fromkeys(passages(name)[row] for row in ordered))

    return behind
