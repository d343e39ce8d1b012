"""Quotations of a run's themes by a stated rule, for document and slides. Room outputs: says what tables hold."""

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from corpus.questionnaire.written_answers import is_written
from corpus.words.audiences import Audience
from corpus.words.stances import stance_word
from nlp.measures.theme_mentions import coded_segments
from nlp.measures.typical_quotations import LONG, SHORT, choose_quotations
from outputs.numbers import clock
from outputs.run.record import RunRecord
from outputs.tables.table import records

PERSONS = ("PER", "PERSON")
# Relatives, by whom people are known in a small place, and figures: the entities of a text do not hold them.
_TRACEABLE = re.compile(
    r"\d|\b(?:madre|padre|mamm|papà|babbo|figli|marit|mogli|fratell|sorell|nonn|zi[oa]\b|cugin|nipot|nuor|gener[oi]\b"
    r"|suocer|cognat|fidanzat|vent|trent|quarant|cinquant|sessant|settant|ottant|novant|cent[oi]|mill?[ae])",
    re.IGNORECASE,
)
_LONGEST = 240  # signs of a quotation on a slide
_FEWEST = 3  # respondents of a theme: of fewer, who is in the room knows who said it


@dataclass(frozen=True)
class Quotation:
    """What a respondent said about a theme and where; `stance` is a word of the report, "" where no person gave one."""

    theme: str
    text: str
    respondent: str
    place: str
    stance: str


def quotations(run: RunRecord, limit: int, shown_to: Audience | None = None) -> dict[str, list[Quotation]]:
    """Theme code -> up to `limit` quotations by the rule of typical_quotations, the most widespread theme first.

    Of a readable length, and not quoted for another theme, where a theme has any; a stance that the machine alone gave
    neither chooses nor is told.
    `shown_to` whom it is for, where it goes on a slide: short and naming nobody; to the people interviewed only what a
    person read and coded, of themes of at least three people, in which nothing that leads to anybody is told and nobody
    complains.
    """
    coded = coded_segments(run.results.codings, run.results.segments)
    by_person = coded["how"] == "human"
    coded = coded.assign(stance=coded["stance"].where(by_person, "neutral"))
    segments = run.results.segments.set_index("segment")
    if shown_to:
        coded = _showable(coded, run, shown_to)
    chosen: dict[str, list[Quotation]] = {}
    quoted: set[str] = set()
    for code in by_spread(run):
        of_theme = coded[coded["theme"] == code]
        fresh = of_theme[~of_theme["segment"].isin(quoted)]
        unquoted = fresh if len(fresh) else of_theme
        readable = unquoted[unquoted["words"].between(SHORT, LONG)]
        candidates = readable if len(readable) else unquoted
        picked = candidates.set_index("coding", drop=False)
        ids = choose_quotations(candidates.reset_index(drop=True), limit)
        quoted.update(picked.loc[ids, "segment"])
        chosen[code] = [_quotation(run, row, segments.loc[row["segment"]]) for row in records(picked.loc[ids])]
    return chosen


def by_spread(run: RunRecord) -> list[str]:
    """The codes of the themes, the most widespread first."""
    table = run.table("temi")
    if table is None:
        return []
    return [str(code) for code in table.frame.sort_values("mentioned", ascending=False, kind="stable").index]


def place_of(run: RunRecord, segment: "pd.Series[Any]") -> str:
    """Where a segment stands, for people: the transcript, where it is not called as who speaks, and the time or turn;
    or that it is a written answer."""
    if is_written(segment["transcript"]):
        return run.words("quoted.written")
    timed = pd.notna(segment["start_ms"])
    moment = clock(int(segment["start_ms"])) if timed else run.words("quoted.turn", turn=int(segment["turn"]))
    own = segment["transcript"] == segment["respondent"]
    return moment if own else f"{segment['transcript']}, {moment}"


def _showable(coded: pd.DataFrame, run: RunRecord, audience: Audience) -> pd.DataFrame:
    entities = run.results.entities
    texts = run.results.segments.set_index("segment")["text"].astype("str")
    short = coded["segment"].map(texts).str.len() <= _LONGEST
    if audience == "colleagues":
        return coded[short & ~coded["segment"].isin(entities.loc[entities["label"].isin(PERSONS), "segment"])]
    # A machine cannot tell what embarrasses: a person has to have read it.
    traceable = coded["segment"].isin(entities["segment"]) | coded["segment"].map(texts).str.contains(_TRACEABLE)
    harmless = (coded["how"] == "human") & (coded["stance"] != "problem") & ~traceable
    spread = coded[coded["respondent"] != ""].groupby("theme")["respondent"].nunique()
    many = coded["theme"].map(spread).fillna(0) >= _FEWEST
    return coded[short & harmless & many]


def _quotation(run: RunRecord, coding: dict[str, str], segment: "pd.Series[Any]") -> Quotation:
    told = coding["how"] == "human" and coding["stance"] != "neutral"
    stance = stance_word(coding["stance"], run.language) if told else ""
    return Quotation(coding["theme"], str(segment["text"]), coding["respondent"], place_of(run, segment), stance)
