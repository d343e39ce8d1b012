"""Entities, topics, what was left out, and every coding with its place in the source. Room outputs."""

import pandas as pd

from corpus.codings.link_decisions import FILE as LINKS
from corpus.questionnaire.written_answers import place_of
from corpus.records import ITALIAN
from corpus.transcripts.segments import to_source
from corpus.words.stances import stance_word
from nlp.language_id import UNKNOWN
from outputs.numbers import clock
from outputs.tables.explanations import explanations
from outputs.tables.glossary import columns
from outputs.tables.table import (
    CELL_COLUMNS,
    Table,
    Value,
    frame_trail,
    join_trails,
    make_frame,
    records,
    segment_trail,
)
from outputs.tables.view import View


def entities(view: View) -> Table:
    """One row an entity that respondents name, by how many of them."""
    heads = columns("entity label code respondents segments", view.language)
    where = view.spoken.loc[view.spoken["respondent"] != "", ["segment", "respondent"]]
    named = view.results.entities.merge(where, on="segment")
    counts = named.groupby(["entity", "label"]).agg(
        respondents=("respondent", "nunique"), segments=("segment", "nunique"), code=("code", "max"),
        normal_form=("normal_form", "min"),
    )  # fmt: skip
    order = counts.reset_index().sort_values(
        ["respondents", "segments", "normal_form", "entity"], ascending=[False, False, True, True], kind="stable"
    )
    behind: dict[tuple[str, str], list[str]] = {}
    for entity, label, segment in frame_trail(named[["entity", "label", "segment"]].drop_duplicates()):
        behind.setdefault((entity, label), []).append(segment)
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    for row in records(order):
        key = f"{row['label']}|{row['entity']}"
        rows[key] = {"entity": row["normal_form"], **{name: row[name] for name in ("label", "code")}}
        rows[key] |= {name: row[name] for name in ("respondents", "segments")}
        trails += [
            segment_trail(key, name, behind[row["entity"], row["label"]]) for name in ("respondents", "segments")
        ]
    note = view.say(
        "Nomi detti dai rispondenti, dal più diffuso. Le menzioni della stessa cosa sono unite.",
        "Names said by respondents, most widespread first. Mentions of one thing are joined.",
    )
    title = view.say("Entità nominate", "Entities named")
    return Table("entita", title, note, heads, make_frame(heads, rows), join_trails(trails, CELL_COLUMNS))


def left_out(view: View, readings: pd.DataFrame) -> Table:
    """One row a problem of the files, a person's reading to be looked at again, a transcript and language not coded."""
    heads = columns("severity file line column message segments", view.language)
    words = {"error": view.say("errore", "error"), "warning": view.say("avviso", "warning")}
    rows: dict[str, dict[str, Value]] = {
        f"{number:04d}": {
            "severity": words[problem.severity],
            "file": problem.file,
            "line": problem.row,
            "column": problem.column,
            "message": problem.message.say(view.language),
        }
        for number, problem in enumerate(view.study.problems, start=1)
    }
    for row in records(readings[readings["outdated"]]):
        rows[f"{row['theme']}|{row['item']}"] = {
            "severity": words["warning"],
            "file": LINKS,
            "column": "reading",
            "message": f"{view.theme(row['theme']).label} – {row['item']}: {row[f'why_{view.language}']}",
        }
    files = {transcript.id: transcript.file for transcript in view.study.transcripts}
    languages = view.results.languages
    unread = languages["language"] != ITALIAN
    if "read" in languages:
        unread &= ~languages["read"]
    languages = languages.loc[unread, ["segment", "language"]]
    foreign = view.spoken[["segment", "transcript"]].merge(languages, on="segment")
    trails = []
    for (transcript, language), mine in foreign.groupby(["transcript", "language"]):
        key = f"{transcript}|{language}"
        said = view.say("segmenti non in italiano ({}): non codificati", "segments not in Italian ({}): not coded")
        message = said.format(view.say("lingua incerta", "language unsure") if language == UNKNOWN else language)
        rows[key] = {"severity": words["warning"], "file": files.get(str(transcript), str(transcript))}
        rows[key] |= {"message": message, "segments": len(mine)}
        trails.append(segment_trail(key, "segments", mine["segment"].tolist()))
    note = view.say(
        "Errore: qualcosa è rimasto fuori dall'analisi. Avviso: da sapere, nulla è rimasto fuori.",
        "Error: something was left out of the analysis. Warning: good to know, nothing was left out.",
    )
    title = view.say("Che cosa è rimasto fuori", "What was left out")
    return Table("lasciati_fuori", title, note, heads, make_frame(heads, rows), join_trails(trails, CELL_COLUMNS))


def codings(view: View) -> Table:
    """One row a coding: quotation, evidence, speaker, file and position."""
    keys = "theme stance respondent class quotation evidence file source_start source_end speaker time how score"
    heads = columns(f"{keys} coder explanation", view.language)
    transcripts = {transcript.id: transcript for transcript in view.study.transcripts}
    coded = pd.Index(view.coded["segment"].unique())
    segments = view.results.segments[coded.get_indexer(view.results.segments["segment"]) >= 0]
    placed = to_source(view.coded, segments, view.study.transcripts).merge(
        segments[["segment", "text", "start_ms"]], on="segment"
    )
    place = {theme.code: number for number, theme in enumerate(view.study.themes)}
    placed = placed.assign(place=placed["theme"].map(place).fillna(len(place)))
    placed = placed.sort_values(["place", "theme", "segment"], kind="stable", ignore_index=True)
    frame = pd.DataFrame(
        {
            "theme": placed["theme"]
            .map({theme.code: theme.label for theme in view.study.themes})
            .fillna(placed["theme"]),
            "stance": [stance_word(stance, view.language) for stance in placed["stance"]],
            "respondent": placed["respondent"],
            "class": placed["respondent"].map(view.all_classes).fillna(""),
            "quotation": placed["text"],
            "evidence": placed["evidence"],
            "file": [
                place_of(transcripts[name], turn, view.language)
                for name, turn in zip(placed["transcript"], placed["turn"], strict=True)
            ],
            **{name: placed[name] for name in ("source_start", "source_end", "speaker")},
            "time": placed["start_ms"].map(clock, na_action="ignore"),
            "how": placed["how"],
            **{name: placed[name] for name in ("score", "coder")},
            "explanation": explanations(placed),
        }
    ).astype(object)
    frame = frame.where(frame.notna(), None).set_index(pd.Index(placed["coding"], name="row", dtype="str"))
    note = view.say(
        "Una riga per codifica. Le posizioni contano i caratteri Unicode del file, da zero, fine esclusa.",
        "One row a coding. Positions count the file's Unicode characters from zero, end exclusive.",
    )
    return Table("codifiche", view.say("Codifiche e citazioni", "Codings and quotations"), note, heads, frame)
