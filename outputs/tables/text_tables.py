"""Entities, what was left out, and every coding with its place in the source. Codes nothing."""

import pandas as pd

from corpus.codings.link_decisions import FILE as LINKS
from corpus.questionnaire.written_answers import place_of
from corpus.records import ITALIAN
from corpus.transcripts.segments import to_source
from corpus.words.phrase import Phrase, pair, phrase
from nlp.language_id import UNKNOWN
from outputs.numbers import clock
from outputs.tables.collector import Collector
from outputs.tables.date_words import date_words
from outputs.tables.explanations import explanations
from outputs.tables.glossary import columns
from outputs.tables.table import Table, frame_trail, records
from outputs.tables.view import View


def entities(view: View) -> Table:
    """One row an entity that respondents name, by how many of them."""
    table = Collector("entita", columns("entity label code respondents segments"))
    speakers = view.spoken.loc[view.spoken["respondent"] != "", ["segment", "respondent"]]
    named = view.results.entities.merge(speakers, on="segment")
    counts = named.groupby(["entity", "label"]).agg(
        respondents=("respondent", "nunique"), segments=("segment", "nunique"), code=("code", "max"),
        normal_form=("normal_form", "min"),
    )  # fmt: skip
    order = counts.reset_index().sort_values(
        ["respondents", "segments", "normal_form", "entity"], ascending=[False, False, True, True], kind="stable"
    )
    # Each segment once an entity: frames of a few rows, selected entity by entity, would take seconds.
    segments: dict[tuple[str, str], list[str]] = {}
    for entity, label, segment in frame_trail(named[["entity", "label", "segment"]].drop_duplicates()):
        segments.setdefault((entity, label), []).append(segment)
    for row in records(order):
        row_key = f"{row['label']}|{row['entity']}"
        name = date_words(row["normal_form"]) if row["label"] == "DATA" else row["normal_form"]
        table.add(row_key, {"entity": name, "label": row["label"], "code": row["code"]})
        table.add(row_key, {"respondents": row["respondents"]})
        table.quote_segments(row_key, "respondents", segments[row["entity"], row["label"]])
        table.count_segments(row_key, "segments", segments[row["entity"], row["label"]])
    return table.done()


def left_out(view: View, readings: pd.DataFrame) -> Table:
    """One row a problem of the files, a person's reading to be looked at again, a transcript and language not coded.

    The message of a problem was written in both languages where it arose: it stays such a pair (corpus.words.phrase).
    """
    table = Collector("lasciati_fuori", columns("severity file line column message segments"))
    for number, problem in enumerate(view.study.problems, start=1):
        table.add(
            f"{number:04d}",
            {
                "severity": problem.severity,
                "file": problem.file,
                "line": problem.row,
                "column": problem.column,
                "message": pair(problem.message),
            },
        )
    for row in records(readings[readings["outdated"]]):
        message = phrase(
            "lasciati_fuori.outdated", theme=view.theme(row["theme"]).label, item=row["item"], why=row["why"]
        )
        row_key = f"{row['theme']}|{row['item']}"
        table.add(row_key, {"severity": "warning", "file": LINKS, "column": "reading", "message": message})
    _add_foreign(table, view)
    return table.done()


def _add_foreign(table: Collector, view: View) -> None:
    """One row a transcript and language of which segments were not coded."""
    files = {transcript.id: transcript.file for transcript in view.study.transcripts}
    languages = view.results.languages
    unread = languages["language"] != ITALIAN
    if "read" in languages:
        unread &= ~languages["read"]
    foreign = view.spoken[["segment", "transcript"]].merge(languages.loc[unread, ["segment", "language"]], on="segment")
    for (transcript, language), of_language in foreign.groupby(["transcript", "language"]):
        row_key = f"{transcript}|{language}"
        named = Phrase("lasciati_fuori.unsure_language") if language == UNKNOWN else str(language)
        message = phrase("lasciati_fuori.foreign", language=named)
        file = files.get(str(transcript), str(transcript))
        table.add(row_key, {"severity": "warning", "file": file, "message": message})
        table.count_segments(row_key, "segments", of_language["segment"])


def codings(view: View) -> Table:
    """One row a coding: quotation, evidence, speaker, file and position."""
    keys = "theme stance respondent class quotation evidence file source_start source_end speaker time how score"
    heads = columns(f"{keys} coder explanation")
    transcripts = {transcript.id: transcript for transcript in view.study.transcripts}
    coded = pd.Index(view.coded["segment"].unique())
    segments = view.results.segments[coded.get_indexer(view.results.segments["segment"]) >= 0]
    placed = to_source(view.coded, segments, view.study.transcripts).merge(
        segments[["segment", "text", "start_ms"]], on="segment"
    )
    # In the order of the codebook; codes that it does not have come last.
    order = {theme.code: number for number, theme in enumerate(view.study.themes)}
    placed = placed.assign(order=placed["theme"].map(order).fillna(len(order)))
    placed = placed.sort_values(["order", "theme", "segment"], kind="stable", ignore_index=True)
    labels = {theme.code: theme.label for theme in view.study.themes}
    turns = zip(placed["transcript"], placed["turn"], strict=True)
    frame = pd.DataFrame(
        {
            "theme": placed["theme"].map(labels).fillna(placed["theme"]),
            "stance": placed["stance"],
            "respondent": placed["respondent"],
            "class": placed["respondent"].map(view.all_classes).fillna(""),
            "quotation": placed["text"],
            "evidence": placed["evidence"],
            "file": [place_of(transcripts[transcript], turn) for transcript, turn in turns],
            **{name: placed[name] for name in ("source_start", "source_end", "speaker")},
            "time": placed["start_ms"].map(clock, na_action="ignore"),
            "how": placed["how"],
            **{name: placed[name] for name in ("score", "coder")},
            "explanation": explanations(placed),
        }
    ).astype(object)
    frame = frame.where(frame.notna(), None).set_index(pd.Index(placed["coding"], name="row", dtype="str"))
    return Table("codifiche", Phrase("codifiche.title"), Phrase("codifiche.note"), heads, frame)
