"""What the page opens with: what was studied, how far to trust it, the findings that lead with picture and voices.

Room outputs: reads tables and chooses by stated rules; computes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from corpus.words.language import Language
from corpus.words.phrase import Phrase, phrase
from nlp.measures.reasons import MIN_PERCENT_BASE
from nlp.results import Results
from outputs.chapters import SUMMARY, says_something
from outputs.findings import ToldFinding, leading, told_findings
from outputs.numbers import in_words
from outputs.page.bars import Bar, finding_bars
from outputs.tables.table import records
from outputs.words.render import RenderedTable
from outputs.words.sentences import say

_LONGEST = 190  # signs of a quotation that is read at a glance
_SAMPLE = "finding.material.sample"  # its figures stand above, one by one
_FACTS = ("interviewed", "transcripts", "words", "questionnaires", "themes")


@dataclass(frozen=True)
class Fact:
    """A figure of the material: its row in the table of the sample, the number, what it counts, whether it opens."""

    row: str
    value: str
    what: str
    opens: bool


@dataclass(frozen=True)
class Voice:
    """A quotation cut to what can be read at a glance: `evidence` stands between `before` and `after`."""

    segment: str
    before: str
    evidence: str
    after: str
    respondent: str
    theme: str


@dataclass(frozen=True)
class Told:
    """A finding as the page shows it: whether passages or people stand behind it, its picture (bars, or the table whose
    chart it is) and its voices."""

    finding: ToldFinding
    opens: bool
    bars: tuple[Bar, ...] = ()
    chart: str = ""
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True)
class Story:
    """The opening: how many `people` were interviewed, figures, how far to trust them (`trusted` says whose codings
    they are), the findings that lead; and by chapter those that do not."""

    people: int
    facts: tuple[Fact, ...]
    trusted: str
    trust: tuple[str, ...]
    findings: tuple[Told, ...]
    others: dict[str, list[Told]]


def tell_story(tables: Sequence[RenderedTable], charts: Collection[str], results: Results, language: Language) -> Story:
    """The opening of the page; `charts` are the keys of the tables that have one."""
    by_key = {table.key: table for table in tables}
    summary = by_key.get(SUMMARY)
    findings = told_findings(summary)
    people = _interviewed(by_key.get("campione"))
    opening = set() if summary is None else {*summary.cells["row"], *summary.people["row"]}
    voices = _voices(summary, by_key.get("temi"), results)
    first = []
    for one in leading(findings):
        bars = finding_bars(one, by_key.get(one.table), people, language)
        chart = one.table if not bars and one.table in charts else ""
        first.append(Told(one, one.row in opening, bars, chart, voices.get(one.row, ())))
    others: dict[str, list[Told]] = {}
    for one in findings:
        if one.rank is None:
            others.setdefault(one.chapter, []).append(Told(one, one.row in opening))
    facts = _facts(by_key.get("campione"), language)
    trusted = _whose(by_key.get("temi"))
    trust = [*_trust(by_key, trusted, people, language), *_faults(others.pop("material", []), summary)]
    return Story(people, facts, trusted, tuple(trust), tuple(first), others)


def _voices(
    summary: RenderedTable | None, themes: RenderedTable | None, results: Results
) -> dict[str, tuple[Voice, ...]]:
    """Row of a finding -> the quotations beside it, by the trail of their column."""
    if summary is None:
        return {}
    cited = summary.cells[summary.cells["column"] == "quotations"]
    segments = _records_of(results.segments, "segment", cited["segment"])
    codings = _records_of(results.codings, "coding", cited["coding"])
    labels = {} if themes is None else themes.frame["theme"].to_dict()
    voices: dict[str, tuple[Voice, ...]] = {}
    for row in records(cited):
        where = segments[row["segment"]]
        coded = codings.get(row["coding"], {"start": 0, "end": 0, "theme": ""})
        glance = _glance(where["text"], coded["start"], coded["end"])
        voice = Voice(row["segment"], *glance, where["respondent"], str(labels.get(coded["theme"], coded["theme"])))
        voices[row["row"]] = (*voices.get(row["row"], ()), voice)
    return voices


def _records_of(frame: pd.DataFrame, key: str, wanted: pd.Series) -> dict[str, dict[str, Any]]:
    """Key -> the row of a frame, of those wanted."""
    return {row[key]: row for row in records(frame[frame[key].isin(wanted)])}


def _glance(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What comes before the evidence, the evidence, and what comes after, cut at words to what is read at a glance."""
    evidence = _cut(text[start:end], _LONGEST)
    room = _LONGEST - len(evidence)
    after = _cut(text[end:], max(room // 2, room - start)) if evidence == text[start:end] else ""
    before = text[:start]
    if len(before) > room - len(after):
        kept = before[start - max(room - len(after), 0) :]
        before = "… " + kept.partition(" ")[2]
    return before, evidence, after


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"


def _interviewed(sample: RenderedTable | None) -> int:
    return 0 if sample is None else int(str(sample.frame["value"].get("interviewed", 0)))


def _facts(sample: RenderedTable | None, language: Language) -> tuple[Fact, ...]:
    """The figures of the material that are not 0; as many people as interviews are one figure, which opens people."""
    if sample is None:
        return ()
    values = sample.frame["value"].to_dict()
    opening = {*sample.cells["row"], *sample.people["row"]}
    facts = []
    same = values.get("transcripts") == values.get("interviewed")
    for row in _FACTS:
        if values.get(row) and not (row == "interviewed" and same):
            value = in_words(values[row], language)
            what = say(phrase(f"page.fact.{row}", n=values[row], items=values.get("items", 0)), language)
            opened = "interviewed" if row == "transcripts" and same else row
            facts.append(Fact(opened, value, what, opened in opening))
    return tuple(facts)


def _whose(themes: RenderedTable | None) -> str:
    """Whose codings the tables of the themes count, by their warning; "" where there are none."""
    if themes is None or not len(themes.frame):
        return ""
    warning = themes.data.warning
    return warning.key.removeprefix("warning.") if isinstance(warning, Phrase) else "people"


def _trust(by_key: Mapping[str, RenderedTable], trusted: str, people: int, language: Language) -> list[str]:
    """How far to trust it: whose codings they are, how machine and people agreed, how few people there are."""
    sentences = []
    if trusted:
        warning = by_key["temi"].data.warning
        facts = warning.facts if isinstance(warning, Phrase) else {}
        sentences.append(say(Phrase(f"page.trusted.{trusted}", facts), language))
    measured = by_key.get("fiducia")
    if measured is not None and says_something(measured.data) and measured.lead:
        sentences.append(say(phrase("page.agreement", levels=measured.lead), language))
    if 0 < people < MIN_PERCENT_BASE:
        sentences.append(say(phrase("page.few", n=people, least=MIN_PERCENT_BASE), language))
    return sentences


def _faults(told: Sequence[Told], summary: RenderedTable | None) -> list[str]:
    """What else is told of the material, such as errors in the data."""
    frame = pd.DataFrame() if summary is None else summary.data.frame
    return [
        one.finding.sentence for one in told if getattr(frame.loc[one.finding.row, "finding"], "key", "") != _SAMPLE
    ]
