"""The findings of a run, for document and slides. Room outputs: says what tables hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.words.phrase import Phrase
from outputs.run.record import RunRecord
from outputs.tables.table import records
from outputs.words.render import RenderedTable


@dataclass(frozen=True)
class ToldFinding:
    """A finding in words, with all that is shown beside it.

    `row` is its key in the table `risultati`, whose column "quotations" has the trail of its quotations (Phrases with
    the facts text, respondent and, where a person gave it, stance). `chapter` is a key of the vocabulary; `rank` 1 for
    the first of those that lead, None for one that does not. `table` is the key of the table that it is read from, with
    the rows and columns there, which may be none. The picture of a finding is the chart over `table` where there is
    one (outputs.charts.Chart.over), else those rows.
    """

    row: str
    chapter: str
    about: str
    sentence: str
    caveat: str
    rank: int | None
    table: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    quotations: tuple[Phrase, ...]

    @property
    def with_caveat(self) -> str:
        """The sentence, and in brackets what has to be known before it is believed."""
        return f"{self.sentence} [{self.caveat}]" if self.caveat else self.sentence


def told_findings(table: RenderedTable | None) -> list[ToldFinding]:
    """Every finding of the table `risultati`, in its order; none where a run has no such table."""
    if table is None:
        return []
    coded = table.data.frame
    return [
        _finding(str(row), words, codes)
        for row, words, codes in zip(table.frame.index, records(table.frame), records(coded), strict=True)
    ]


def _finding(row: str, words: Mapping[str, Any], codes: Mapping[str, Any]) -> ToldFinding:
    """What a run of an older Trama does not have is "", and its main findings come first."""
    cited = codes.get("quotations")
    rank = codes.get("rank", int(row) if codes.get("main") else None)
    return ToldFinding(
        row=row,
        chapter=codes["chapter"],
        about=words["about"],
        sentence=words["finding"],
        caveat=words.get("caveat") or "",
        rank=None if rank is None else int(rank),
        table=codes.get("source_table") or "",
        rows=tuple((codes.get("source_rows") or "").splitlines()),
        columns=tuple((codes.get("source_columns") or "").splitlines()),
        quotations=tuple(cited.facts["quotations"]) if cited else (),
    )


def leading(findings: Sequence[ToldFinding]) -> list[ToldFinding]:
    """Those that lead, the first one first."""
    return sorted((one for one in findings if one.rank is not None), key=lambda one: one.rank or 0)


def summary(run: RunRecord) -> list[str]:
    """The findings that lead, one a sentence."""
    return [one.with_caveat for one in leading(told_findings(run.table("risultati")))]
