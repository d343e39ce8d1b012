"""The findings and quotations of a run, for document and slides. Room outputs: says what tables hold."""

from dataclasses import dataclass

import pandas as pd

from corpus.words.stances import stance_word
from nlp.measures.theme_mentions import coded_segments
from nlp.measures.typical_quotations import choose_quotations
from outputs.run.record import RunRecord

PERSONS = ("PER", "PERSON")


@dataclass(frozen=True)
class Quotation:
    """What a respondent said about a theme; `speaker` is the label in the transcript, `stance` a word of the report."""

    theme: str
    text: str
    respondent: str
    speaker: str
    stance: str


def summary(run: RunRecord) -> list[str]:
    """The main findings, one a sentence, as the table `risultati` has them."""
    return [sentence for _, sentence, main in _findings(run) if main]


def chapters(run: RunRecord) -> dict[str, list[str]]:
    """Chapter (a key of its vocabulary) -> the findings that the summary does not tell."""
    told: dict[str, list[str]] = {}
    for chapter, sentence, main in _findings(run):
        if not main:
            told.setdefault(chapter, []).append(sentence)
    return told


def _findings(run: RunRecord) -> list[tuple[str, str, str]]:
    """Chapter, sentence and "yes" for a main one, of each finding; none where a run has no such table."""
    table = run.table("risultati")
    if table is None:
        return []
    data = table.data.frame
    sentences = table.frame["finding"].tolist()
    if "caveat" in table.frame:  # not in a run of an older Trama
        sentences = list(map(_with_caveat, sentences, table.frame["caveat"]))
    return list(zip(data["chapter"], sentences, data["main"], strict=True))


def _with_caveat(sentence: str, caveat: str) -> str:
    return f"{sentence} [{caveat}]" if caveat else sentence


def quotations(run: RunRecord, limit: int, *, longest: int | None = None) -> dict[str, list[Quotation]]:
    """Theme code -> up to `limit` quotations by the rule of typical_quotations, in the order of the codebook.

    With `longest`, for showing to others: only texts of at most so many signs in which no person is named.
    """
    coded = coded_segments(run.results.codings, run.results.segments)
    texts = run.results.segments.set_index("segment")["text"]
    if longest is not None:
        entities = run.results.entities
        named = set(entities.loc[entities["label"].isin(PERSONS), "segment"])
        short = coded["segment"].map(texts).str.len() <= longest
        coded = coded[short & ~coded["segment"].isin(named)]
    chosen: dict[str, list[Quotation]] = {}
    for code in run.themes:
        mine = coded[coded["theme"] == code].set_index("coding", drop=False)
        picked = mine.loc[choose_quotations(mine.reset_index(drop=True), limit)]
        chosen[code] = [
            Quotation(
                code, texts[row["segment"]], row["respondent"], row["speaker"], stance_word(row["stance"], run.language)
            )
            for row in picked.to_dict("records")
        ]
    return chosen


def widespread(run: RunRecord) -> pd.DataFrame:
    """The rows of the table `temi`, the most widespread first."""
    table = run.table("temi")
    assert table is not None
    return table.frame.sort_values("mentioned", ascending=False, kind="stable")
