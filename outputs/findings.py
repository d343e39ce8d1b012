"""The findings of a run in sentences and quotations, for document and slides. Room outputs: says what tables hold."""

from dataclasses import dataclass

import pandas as pd

from nlp.mentions import coded_segments
from nlp.quotations import choose_quotations
from outputs.figures.figure import listed
from outputs.numbers import format_value
from outputs.run_record import RunRecord

_MOST = 3
PERSONS = ("PER", "PERSON")


@dataclass(frozen=True)
class Quotation:
    """What a respondent said about a theme; `speaker` is the label in the transcript."""

    theme: str
    text: str
    respondent: str
    speaker: str
    stance: str


def summary(run: RunRecord) -> list[str]:
    """The main findings, one a sentence, every number of them from a table."""
    said = [_sample(run), _themes(run), _stances(run), _readings(run), _new_topics(run), _left_out(run)]
    return [sentence for sentence in said if sentence]


def quotations(run: RunRecord, limit: int, *, longest: int | None = None) -> dict[str, list[Quotation]]:
    """Theme code -> up to `limit` quotations by the rule of nlp.quotations, in the order of the codebook.

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
            Quotation(code, texts[row["segment"]], row["respondent"], row["speaker"], row["stance"])
            for row in picked.to_dict("records")
        ]
    return chosen


def widespread(run: RunRecord) -> pd.DataFrame:
    """The rows of the table `temi`, the most widespread first."""
    table = run.table("temi")
    assert table is not None
    return table.frame.sort_values("mentioned", ascending=False, kind="stable")


def _sample(run: RunRecord) -> str:
    table = run.table("campione")
    if table is None:
        return ""
    n = table.frame["value"]
    return run.say(
        f"Interviste a {n['interviewed']} rispondenti ({n['transcripts']} trascrizioni, {n['segments']} segmenti, "
        f"{n['words']} parole); {n['questionnaires']} hanno risposto al questionario, {n['both']} a entrambi.",
        f"Interviews with {n['interviewed']} respondents ({n['transcripts']} transcripts, {n['segments']} segments, "
        f"{n['words']} words); {n['questionnaires']} answered the questionnaire, {n['both']} both.",
    )


def _themes(run: RunRecord) -> str:
    if run.table("temi") is None:
        return ""
    frame = widespread(run)
    frame = frame[frame["mentioned"].astype(int) > 0]
    if frame.empty:
        return run.say("Nessun tema del codebook compare nelle interviste.", "No theme of the codebook comes up.")
    told = []
    for row in frame.head(_MOST).to_dict("records"):
        share = row["share"]
        more = "" if isinstance(share, str) else f", {format_value(share, 'percent', run.language)}"
        told.append(f"{row['theme']} ({row['mentioned']} {run.say('su', 'of')} {row['n']}{more})")
    names = listed(told, run.language)
    return run.say(f"I temi più diffusi: {names}.", f"The most widespread themes: {names}.")


def _stances(run: RunRecord) -> str:
    table = run.table("posizioni")
    if table is None or "criticità/segments" not in table.frame:
        return ""
    frame = table.frame.sort_values("criticità/segments", ascending=False, kind="stable")
    frame = frame[frame["criticità/segments"].astype(int) > 0].head(_MOST)
    told = listed([f"{row['theme']} ({row['criticità/segments']})" for row in frame.to_dict("records")], run.language)
    if not told:
        return ""
    return run.say(
        f"I temi con più segmenti di criticità: {told}.", f"The themes with most segments of problems: {told}."
    )


def _readings(run: RunRecord) -> str:
    table = run.table("joint_display")
    if table is None or table.frame.empty:
        return ""
    counts = table.frame["reading"].value_counts(sort=False)
    order = sorted(counts.items(), key=lambda pair: (-int(pair[1]), str(pair[0])))
    told = listed([f"{number} {name}" for name, number in order], run.language)
    return run.say(
        f"Questionario e interviste a confronto su {len(table.frame)} legami: {told}.",
        f"Questionnaire and interviews compared on {len(table.frame)} links: {told}.",
    )


def _new_topics(run: RunRecord) -> str:
    table = run.table("argomenti")
    if table is None:
        return ""
    found = table.frame[[str(key) != "-1" for key in table.frame.index]]
    if found.empty:
        return ""
    new = found.loc[found["matches"] == "", "topic"].tolist()
    text = run.say(f"Argomenti emergenti: {len(found)}", f"Emergent topics: {len(found)}")
    if not new:
        return text + run.say(", tutti vicini a un tema del codebook.", ", all near a theme of the codebook.")
    names = "; ".join(f"«{name}»" for name in new[:_MOST])
    return text + run.say(
        f", di cui {len(new)} senza un tema vicino nel codebook, fra cui {names}.",
        f", {len(new)} of them without a near theme in the codebook, such as {names}.",
    )


def _left_out(run: RunRecord) -> str:
    table = run.table("lasciati_fuori")
    if table is None or table.frame.empty:
        return ""
    return run.say(
        f"Avvertenze sui dati: {len(table.frame)} (tabella «{table.title}»).",
        f"Warnings about the data: {len(table.frame)} (table «{table.title}»).",
    )
