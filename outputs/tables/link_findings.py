"""Findings where interviews and questionnaire meet: readings, divergences, silences, types. Room outputs."""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from corpus.records import Reading
from corpus.respondents.type_rules import THEME, names_stance
from corpus.words.phrase import Phrase, phrase
from outputs.tables.case_tables import declared_key
from outputs.tables.finding import Finding, Lead, rows_of
from outputs.tables.table import Table
from outputs.tables.view import View

_LINKS = "joint_display"
_NAMED = 3  # themes that a sentence names


def link_findings(view: View, tables: Mapping[str, Table]) -> Iterable[Finding]:
    """Links by reading, then each divergence with its reason, what only one source speaks of, declared types."""
    links = rows_of(tables[_LINKS])
    # Where the table has a warning it says so of all links; else some may not have been corrected.
    unchecked = set() if tables[_LINKS].warning else {row["row"] for row in links if row["leads"] == "machine"}
    yield from _readings(links, unchecked)
    yield from _divergences(links, unchecked)
    yield from _silences(tables["silenzi"])
    yield from _declared_types(view, tables["tipi"])


def _unchecked(rows: list[dict[str, Any]], unchecked: set[str]) -> Phrase | None:
    return Phrase("warning.unchecked") if unchecked.intersection(row["row"] for row in rows) else None


def _readings(links: list[dict[str, Any]], unchecked: set[str]) -> Iterable[Finding]:
    for reading in get_args(Reading):
        read_so = [row for row in links if row["reading"] == reading]
        if read_so and reading != "divergence":  # of which each is told
            named = tuple(
                phrase("finding.link.named", theme=row["theme"], item=row["item"].facts["code"]) for row in read_so
            )
            sentence = phrase(
                "finding.link.convergence" if reading == "convergence" else "finding.link.readings",
                reading=Phrase(f"reading.{reading}"),
                n=len(read_so),
                of=len(links),
                links=named,
            )
            behind = [(_LINKS, row["row"], "quotations") for row in read_so]
            caveat = _unchecked(read_so, unchecked)
            lead: Lead = "convergence" if reading == "convergence" else ""
            yield Finding(Phrase("about.links"), sentence, behind, lead, tables=(_LINKS,), caveat=caveat)


def _divergences(links: list[dict[str, Any]], unchecked: set[str]) -> Iterable[Finding]:
    for row in links:
        if row["reading"] == "divergence":
            behind = [(_LINKS, row["row"], column) for column in ("contradict", "quotations")]
            chosen = ((_LINKS, row["row"], "quotations"),)
            caveat = _unchecked([row], unchecked)
            yield Finding(row["theme"], _divergence(row), behind, "divergence", caveat=caveat, chosen=chosen)


def _divergence(row: dict[str, Any]) -> Phrase:
    """Who contradicts their own answer, where that is why; else why, as the joint display has it."""
    facts = {"theme": row["theme"], "item": row["item"], "why": row["why"]}
    inner = row["why"].facts.get("why")
    if isinstance(inner, Phrase) and inner.key == "rule.stances_contradict":
        return Phrase("finding.link.contradict", {**facts, **inner.facts})
    return Phrase("finding.link.divergence", facts)


def _silences(table: Table) -> Iterable[Finding]:
    rows = rows_of(table)
    unasked_themes = [row for row in rows if row["silence"] == "questionnaire" and row["mentioned"]]
    themeless_items = [row for row in rows if row["silence"] == "codebook"]
    about = Phrase("about.silences")
    if unasked_themes:
        told = unasked_themes[:_NAMED]
        named = tuple(phrase("finding.silence.theme", theme=row["theme"], n=row["mentioned"]) for row in told)
        behind = [(table.key, row["row"], "mentioned") for row in told]
        more = len(unasked_themes) - len(told)
        others = phrase("finding.silence.others", n=more) if more else None
        sentence = phrase("finding.silence.themes", themes=named, others=others)
        yield Finding(about, sentence, behind, "silence", tables=(table.key,))
    if themeless_items:
        sentence = phrase("finding.silence.items", items=tuple(row["item"] for row in themeless_items))
        behind = [(table.key, row["row"], "answered") for row in themeless_items]
        yield Finding(about, sentence, behind, tables=(table.key,), by_people=True)


def _declared_types(view: View, table: Table) -> Iterable[Finding]:
    types = view.study.settings.types
    rules = {declared_key(number): kind.where for number, kind in enumerate(types, start=1)}
    for row in rows_of(table):
        if row["made"] != "declared":
            continue
        facts = {"type": row["type"], "n": row["n"], "members": row["members"]}
        sentence = Phrase("finding.type.members" if row["n"] else "finding.type.nobody", facts)
        where = rules.get(row["row"], {})
        caveat = Phrase("caveat.told_by_people") if names_stance(where) else None
        answers_alone = not any(key.startswith(THEME) for key in where)
        behind = [(table.key, row["row"], "n")]
        yield Finding(
            Phrase("about.types"), sentence, behind, tables=(table.key,), caveat=caveat, by_people=answers_alone
        )
