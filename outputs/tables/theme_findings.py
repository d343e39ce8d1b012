"""Findings on the material, the themes and the emergent topics. Reads tables as data and computes no number."""

from collections.abc import Iterable, Mapping
from typing import Any

from corpus.schemas import OUTLIERS
from corpus.words.phrase import Phrase, phrase
from outputs.tables.finding import Finding, rows_of, top
from outputs.tables.table import Table
from outputs.tables.uncoded_table import uncoded_reason

_MOST = 3  # how many themes or topics a sentence names; more when they tie
_TOLD_STANCES = ("advantage", "problem", "proposal")


def material_findings(tables: Mapping[str, Table]) -> Iterable[Finding]:
    """How much was said and answered, and how many warnings there are."""
    values = tables["campione"].frame["value"].to_dict()
    written = phrase("finding.material.written", n=values["written"]) if "written" in values else None
    counted = ("interviewed", "transcripts", "segments", "words", "questionnaires", "both")
    sentence = Phrase("finding.material.sample", {name: values[name] for name in counted} | {"written": written})
    behind = [("campione", row, "value") for row in ("interviewed", "questionnaires", "both")]
    yield Finding(Phrase("about.sample"), sentence, behind, main=True)
    left_out = tables["lasciati_fuori"]
    if len(left_out.frame):
        sentence = phrase("finding.material.problems", n=len(left_out.frame), table=left_out.title)
        yield Finding(Phrase("about.data"), sentence, main=True, tables=(left_out.key,))


def theme_findings(tables: Mapping[str, Table]) -> Iterable[Finding]:
    """Which themes most respondents speak of, which nobody, which are told as problems; then theme by theme."""
    themes = rows_of(tables["temi"])
    stances = rows_of(tables["posizioni"])
    yield from _most_mentioned(themes)
    yield from _uncoded(tables["termini_non_codificati"])
    for stance in _TOLD_STANCES:
        yield from _most_told_as(stance, stances)
    yield from _theme_by_theme(themes, stances)


def _most_mentioned(themes: list[dict[str, Any]]) -> Iterable[Finding]:
    first = top(themes, "mentioned", _MOST)
    if first:
        sentence = phrase("finding.theme.most_mentioned", n=first[0]["n"], themes=_counted(first, "theme", "mentioned"))
        behind = [("temi", row["row"], "mentioned") for row in first]
        yield Finding(Phrase("about.themes"), sentence, behind, main=True)
    silent = tuple(row["theme"] for row in themes if not row["mentioned"])
    if silent:
        sentence = phrase("finding.theme.unmentioned", themes=silent)
        yield Finding(Phrase("about.themes"), sentence, main=True, tables=("temi",))


def _uncoded(table: Table) -> Iterable[Finding]:
    """In how many segments of respondents a term of a theme stands that was not given."""
    by_others = uncoded_reason("speaker")
    by_respondents = [row["row"] for row in rows_of(table) if row["uncoded_reason"] != by_others]
    if by_respondents:
        segments = table.cells.loc[table.cells["row"].isin(by_respondents), "segment"].nunique()
        sentence = phrase("finding.theme.uncoded", n=segments, table=table.title)
        yield Finding(Phrase("about.themes"), sentence, [(table.key, row, "segments") for row in by_respondents])


def _most_told_as(stance: str, stances: list[dict[str, Any]]) -> Iterable[Finding]:
    column = f"{stance}/respondents"
    first = top([row for row in stances if row.get(column)], column, _MOST)
    if first:
        sentence = phrase(f"finding.theme.most_{stance}", themes=_counted(first, "theme", column))
        behind = [("posizioni", row["row"], column) for row in first]
        yield Finding(Phrase("about.themes"), sentence, behind, main=True)


def _theme_by_theme(themes: list[dict[str, Any]], stances: list[dict[str, Any]]) -> Iterable[Finding]:
    """How many speak of each theme that is told with a stance, and with which."""
    by_theme = {row["row"]: row for row in themes}
    for row in stances:
        counts = {stance: row.get(f"{stance}/respondents") or 0 for stance in _TOLD_STANCES}
        if not any(counts.values()):
            continue
        of_theme = by_theme[row["row"]]
        facts = {"theme": row["theme"], "mentioned": of_theme["mentioned"], "n": of_theme["n"], **counts}
        behind = [("temi", row["row"], "mentioned")]
        behind += [("posizioni", row["row"], f"{stance}/respondents") for stance in counts if counts[stance]]
        yield Finding(row["theme"], Phrase("finding.theme.stances", facts), behind)


def topic_findings(tables: Mapping[str, Table]) -> Iterable[Finding]:
    """How many topics came up, and which the codebook lacks."""
    topics = [row for row in rows_of(tables["argomenti"]) if row["row"] != str(OUTLIERS)]
    if not topics:
        return
    new = [row for row in topics if row["proposed"]]
    first = top(new, "respondents", _MOST) if new else []
    if new:
        named = tuple(phrase("finding.topic.named", name=row["proposed"], n=row["respondents"]) for row in first)
        sentence = phrase("finding.topic.new", n=len(topics), new=len(new), topics=named)
    else:
        sentence = phrase("finding.topic.known", n=len(topics))
    behind = [("argomenti", row["row"], "respondents") for row in first]
    yield Finding(Phrase("about.topics"), sentence, behind, main=True, tables=("argomenti",))


def _counted(rows: list[dict[str, Any]], name: str, count: str) -> tuple[Phrase, ...]:
    """Each row by its name, with a count in brackets."""
    return tuple(phrase("finding.counted", name=row[name], n=row[count]) for row in rows)
