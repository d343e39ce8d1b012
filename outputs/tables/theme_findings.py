"""Findings on the material, the themes and the emergent topics. Reads tables as data and computes no number."""

from collections.abc import Iterable, Mapping
from typing import Any

from corpus.schemas import OUTLIERS
from corpus.words.phrase import Phrase, phrase
from nlp.measures.machine_errors import SIGNIFICANT, worst
from outputs.tables.corrected_tables import KEY as _CORRECTED
from outputs.tables.corrected_tables import corrected_key
from outputs.tables.finding import Finding, Lead, rows_of, top
from outputs.tables.table import Table, row_parts
from outputs.tables.uncoded_table import uncoded_reason

_MOST = 3  # how many themes or topics a sentence names; more when they tie
_FEWEST_OF_A_SIDE = 2  # respondents on each side of a theme on which they divide
_TOLD_STANCES = ("advantage", "problem", "proposal")


def material_findings(tables: Mapping[str, Table]) -> Iterable[Finding]:
    """How much was said and answered, and how many warnings there are."""
    values = tables["campione"].frame["value"].to_dict()
    written = phrase("finding.material.written", n=values["written"]) if "written" in values else None
    answered = phrase("finding.material.answered", n=values["questionnaires"], both=values["both"])
    facts = {name: values[name] for name in ("interviewed", "transcripts", "segments", "words")}
    facts |= {"written": written, "answered": answered if values["items"] else None}
    sentence = Phrase("finding.material.sample", facts)
    behind = [("campione", row, "value") for row in ("interviewed", "questionnaires", "both")]
    yield Finding(Phrase("about.sample"), sentence, behind)
    left_out = tables["lasciati_fuori"]
    if len(left_out.frame):
        sentence = phrase("finding.material.problems", n=len(left_out.frame), table=left_out.title)
        yield Finding(Phrase("about.data"), sentence, tables=(left_out.key,))


def theme_findings(tables: Mapping[str, Table]) -> Iterable[Finding]:
    """Which themes come up most, which nobody speaks of, which are told as problems, by class; then theme by theme.

    Corrected figures stand first where there are any (outputs.tables.leading); of stances those alone that people gave.
    """
    themes = rows_of(tables["temi"])
    stances = rows_of(tables["posizioni"])
    corrected = list(_most_corrected(rows_of(tables["cifre_corrette"])))
    yield from corrected
    yield from _most_mentioned(themes, lead="" if corrected else "most_said")
    yield from _mean_stances(rows_of(tables["posizioni_corrette"]))
    yield from _by_variables(tables)
    yield from _uncoded(tables["termini_non_codificati"])
    told = _told_by_people(tables["posizioni"])
    for stance in ("problem", "advantage", "proposal"):  # what people object to leads
        yield from _most_told_as(stance, stances, told)
    yield from _divided(stances, told)
    yield from _theme_by_theme(themes, stances)


def _most_corrected(rows: list[dict[str, Any]]) -> Iterable[Finding]:
    """The themes with the largest corrected share: of respondents where they were drawn whole, else of segments."""
    for figure in ("respondents", "segments"):
        known = [row for row in rows if row["figure"] == figure and row["leads"] == "corrected"]
        first = top(known, "corrected", _MOST)
        if first:
            told = tuple(_interval("finding.corrected.share", "share", row) for row in first)
            sentence = phrase(f"finding.corrected.most_{figure}", read=first[0]["read"], themes=told)
            behind = [(_CORRECTED, row["row"], "read") for row in first]
            yield Finding(Phrase("about.themes"), sentence, behind, "most_said")
            return


def _mean_stances(rows: list[dict[str, Any]]) -> Iterable[Finding]:
    """The themes whose corrected mean stance is surely on one side."""
    known = [row for row in rows if isinstance(row["corrected_low"], float)]
    sides = {
        "problems": [row for row in known if row["corrected_high"] < 0],
        "advantages": [row for row in known if row["corrected_low"] > 0],
    }
    for side, on_side in sides.items():
        if on_side:
            told = tuple(_interval("finding.corrected.mean", "mean", row) for row in on_side)
            behind = [("posizioni_corrette", row["row"], "read") for row in on_side]
            yield Finding(Phrase("about.themes"), phrase(f"finding.corrected.{side}", themes=told), behind, "stance")


def _interval(key: str, name: str, row: dict[str, Any]) -> Phrase:
    ends = {"low": row["corrected_low"], "high": row["corrected_high"]}
    return Phrase(key, {"theme": row["theme"], name: row["corrected"], **ends})


def _by_variables(tables: Mapping[str, Table]) -> Iterable[Finding]:
    """Themes on which classes of respondents differ, by the corrected figures where there are any."""
    verdicts = _verdicts_on_errors(tables["errori_macchina"])
    by_variable = [table for table in tables.values() if table.family == "temi_per"]
    for table in by_variable:
        assert isinstance(table.title, Phrase)
        variable = str(table.title.facts["variable"])
        corrected = tables[corrected_key(variable)]
        if len(corrected.frame):
            yield from _corrected_differences(corrected, variable)
            continue
        for row in rows_of(table):
            if isinstance(row["q"], float) and row["q"] < SIGNIFICANT:
                kind = "more" if row["larger"] else "differ"
                facts = {"theme": row["theme"], "variable": variable, "larger": row["larger"], "q": row["q"]}
                effect = {"effect_name": Phrase(f"effect.{row['effect_name']}"), "effect": row["effect"]}
                counted = [(table.key, row["row"], one.key) for one in table.columns if one.word == "mentioned"]
                sentence = Phrase(f"finding.by_variable.{kind}", facts | effect)
                verdict = verdicts.get((variable, row["row"]), "few")
                caveat = None if verdict == "alike" else phrase(f"caveat.{verdict}", variable=variable)
                yield Finding(row["theme"], sentence, counted, "by_class", caveat=caveat)


def _corrected_differences(table: Table, variable: str) -> Iterable[Finding]:
    by_theme: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(table):
        by_theme.setdefault(row_parts(row["row"])[0], []).append(row)
    for *groups, difference in by_theme.values():
        if isinstance(difference["q"], float) and difference["q"] < SIGNIFICANT:
            shares = tuple(phrase("finding.by_variable.share", group=row["group"], share=row["corrected"],
                                  low=row["corrected_low"], high=row["corrected_high"]) for row in groups)  # fmt: skip
            facts = {"theme": difference["theme"], "variable": variable, "shares": shares, "q": difference["q"]}
            behind = [(table.key, row["row"], "read") for row in groups]
            sentence = Phrase("finding.by_variable.corrected", facts)
            yield Finding(difference["theme"], sentence, behind, "by_class")


def _verdicts_on_errors(table: Table) -> dict[tuple[str, str], str]:
    """Variable and theme -> whether the machine errs alike: the worse verdict of missed and invented codings."""
    verdicts: dict[tuple[str, str], set[str]] = {}
    for row in rows_of(table):
        variable, theme, *_ = row_parts(row["row"])
        verdicts.setdefault((variable, theme), set()).add(row["verdict"])
    return {key: worst(given) for key, given in verdicts.items()}


def _most_mentioned(themes: list[dict[str, Any]], *, lead: Lead) -> Iterable[Finding]:
    """By the codings as they are counted; `lead` where no corrected figure leads."""
    spoken_of = [row for row in themes if row["mentioned"]]
    first = sorted(spoken_of, key=lambda row: (-row["mentioned"], -row["segments"]))[:_MOST]
    if first:
        named = tuple(Phrase("finding.theme.most_mentioned_theme", row) for row in first)
        sentence = phrase("finding.theme.most_mentioned", n=first[0]["n"], themes=named)
        behind = [("temi", row["row"], "mentioned") for row in first]
        yield Finding(Phrase("about.themes"), sentence, behind, lead)
    silent = tuple(row["theme"] for row in themes if not row["mentioned"])
    if silent:
        sentence = phrase("finding.theme.unmentioned", themes=silent)
        yield Finding(Phrase("about.themes"), sentence, tables=("temi",))


def _uncoded(table: Table) -> Iterable[Finding]:
    """In how many segments of respondents a term of a theme stands that was not given."""
    by_others = uncoded_reason("speaker")
    by_respondents = [row["row"] for row in rows_of(table) if row["uncoded_reason"] != by_others]
    if by_respondents:
        segments = table.cells.loc[table.cells["row"].isin(by_respondents), "segment"].nunique()
        sentence = phrase("finding.theme.uncoded", n=segments, table=table.title)
        yield Finding(Phrase("about.themes"), sentence, [(table.key, row, "segments") for row in by_respondents])


def _told_by_people(stances: Table) -> Phrase:
    """That stances of people alone count, and of how many segments where they did not read all."""
    warning = stances.warning
    if isinstance(warning, Phrase) and warning.key == "warning.partly":
        return Phrase("caveat.told_in_part", warning.facts)
    return Phrase("caveat.told_by_people")


def _divided(stances: list[dict[str, Any]], told: Phrase) -> Iterable[Finding]:
    """The theme that most people tell as an advantage and most as a problem."""
    columns = ("advantage/told", "problem/told")
    row = max(stances, key=_smaller_side, default={})
    if _smaller_side(row) >= _FEWEST_OF_A_SIDE:
        facts = {"theme": row["theme"], "advantage": row["advantage/told"], "problem": row["problem/told"]}
        behind = [("posizioni", row["row"], column) for column in columns]
        sentence = Phrase("finding.theme.divided", facts)
        yield Finding(row["theme"], sentence, behind, "divided", caveat=told, by_people=True)


def _smaller_side(row: dict[str, Any]) -> int:
    return min(row.get("advantage/told") or 0, row.get("problem/told") or 0)


def _most_told_as(stance: str, stances: list[dict[str, Any]], told: Phrase) -> Iterable[Finding]:
    column = f"{stance}/told"
    first = top([row for row in stances if row.get(column)], column, _MOST)
    if first:
        sentence = phrase(f"finding.theme.most_{stance}", themes=_counted(first, "theme", column))
        behind = [("posizioni", row["row"], column) for row in first]
        yield Finding(Phrase("about.themes"), sentence, behind, "stance", caveat=told, by_people=True)


def _theme_by_theme(themes: list[dict[str, Any]], stances: list[dict[str, Any]]) -> Iterable[Finding]:
    """How many speak of each theme of which people told the stance, and with which."""
    by_theme = {row["row"]: row for row in themes}
    for row in stances:
        counts = {stance: row.get(f"{stance}/told") or 0 for stance in _TOLD_STANCES}
        if not any(counts.values()):
            continue
        of_theme = by_theme[row["row"]]
        facts = {"theme": row["theme"], "mentioned": of_theme["mentioned"], "n": of_theme["n"], **counts}
        behind = [("temi", row["row"], "mentioned")]
        behind += [("posizioni", row["row"], f"{stance}/told") for stance in counts if counts[stance]]
        caveat = Phrase("caveat.told_by_people")
        yield Finding(row["theme"], Phrase("finding.theme.stances", facts), behind, caveat=caveat)


def topic_findings(tables: Mapping[str, Table]) -> Iterable[Finding]:
    """How many topics came up, and which the codebook lacks."""
    topics = [row for row in rows_of(tables["argomenti"]) if row["row"] != str(OUTLIERS)]
    if not topics:
        return
    new = [row for row in topics if row["proposed"]]
    stable = [row for row in new if row["stable"] == "yes"]
    first = sorted(stable, key=lambda row: (-row["respondents"], -row["segments"]))[:_MOST]
    if new:
        named = tuple(phrase("finding.topic.named", name=row["proposed"], n=row["respondents"]) for row in first)
        counts = {"n": len(topics), "new": len(new), "stable": len(stable)}
        sentence = phrase("finding.topic.new" if first else "finding.topic.unstable", **counts, topics=named)
    else:
        sentence = phrase("finding.topic.known", n=len(topics))
    behind = [("argomenti", row["row"], "respondents") for row in first]
    chosen = tuple(("argomenti", row["row"], "topic_quotations") for row in first)
    lead: Lead = "topics" if first else ""
    caveat = Phrase("caveat.topics")
    yield Finding(Phrase("about.topics"), sentence, behind, lead, ("argomenti",), caveat, chosen=chosen)


def _counted(rows: list[dict[str, Any]], name: str, count: str) -> tuple[Phrase, ...]:
    """Each row by its name, with a count in brackets."""
    return tuple(phrase("finding.counted", name=row[name], n=row[count]) for row in rows)
