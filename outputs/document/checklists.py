"""COREQ and GRAMMS: what the program knows of a study, and prompts for what only its authors know. Room outputs.

COREQ: Tong, Sainsbury & Craig 2007. GRAMMS: O'Cathain, Murphy & Nicholl 2008. Nothing is filled in by guess.
"""

import csv
from importlib.resources import files

import pandas as pd

from corpus.questionnaire.written_answers import is_written
from corpus.words.phrase import phrase
from nlp.measures.theme_mentions import interviewed
from outputs.run.record import RunRecord
from outputs.words.sentences import say


def checklist(run: RunRecord, name: str) -> list[tuple[str, str, str]]:
    """Number, item and text of every item of "COREQ" or "GRAMMS", in the run's language."""
    text = files("outputs.document").joinpath("checklists.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines(), delimiter=";") if row["list"] == name]
    known = _coreq(run) if name == "COREQ" else _gramms(run)
    prompt = run.say("[Da completare dagli autori]", "[To be completed by the authors]")
    return [(row["number"], row[run.language], known.get(row["number"], "") or prompt) for row in rows]


def _coreq(run: RunRecord) -> dict[str, str]:
    spoken = run.results.segments[run.results.segments["role"] == "respondent"]
    spoken = spoken[~spoken["transcript"].map(is_written).astype(bool)]
    people = len(interviewed(spoken))
    interviews = spoken["transcript"].nunique()
    coders = run.results.codings.groupby("coder")["coding"].size()
    human = run.results.codings.loc[run.results.codings["how"] == "human", "coder"].nunique()
    versions = run.manifest["versions"]
    model = run.manifest["models"].get("pipeline", {})
    themes = list(run.themes.values())
    return {
        "12": run.say(
            f"{people} rispondenti in {interviews} interviste.", f"{people} respondents in {interviews} interviews."
        ),
        "16": run.say("Si veda la tabella «Il campione».", "See the table «The sample»."),
        "21": _duration(run, spoken),
        "22": run.say(
            "Saturazione dei codici: si veda la figura «Temi trovati intervista dopo intervista».",
            "Code saturation: see the figure «Themes found interview after interview».",
        )
        if interviews > 1 and len(run.results.codings)
        else "",
        "24": run.say(
            f"Persone: {human}. Codifiche per codificatore: {_counted(coders)}.",
            f"People: {human}. Codings by coder: {_counted(coders)}.",
        ),
        "25": say(phrase("coreq.codebook", n=len(themes), themes=tuple(themes)), run.language),
        "26": run.say(
            "Temi stabiliti prima nel codebook; argomenti emergenti cercati nei dati, senza guardare il codebook.",
            "Themes set beforehand in the codebook; emergent topics searched in the data without the codebook.",
        ),
        "27": run.say(
            f"Trama {versions.get('trama', '')}, modello {model.get('name', '')} {model.get('version', '')}, "
            f"spaCy {versions.get('spacy', '')}, BERTopic {versions.get('bertopic', '')}, "
            f"Python {versions.get('python', '')}.",
            f"Trama {versions.get('trama', '')}, model {model.get('name', '')} {model.get('version', '')}, "
            f"spaCy {versions.get('spacy', '')}, BERTopic {versions.get('bertopic', '')}, "
            f"Python {versions.get('python', '')}.",
        ),
        "29": run.say(
            "Citazioni con il codice del rispondente, scelte con una regola scritta (capitolo «Citazioni per tema»).",
            "Quotations with the respondent's code, chosen by a written rule (chapter «Quotations by theme»).",
        ),
        "31": run.say("Si veda la tabella «Temi per rispondente».", "See the table «Themes by respondent»."),
        "32": run.say(
            "Tutti i temi del codebook sono riportati, anche quelli di cui nessuno parla.",
            "All themes of the codebook are reported, those that nobody mentions too.",
        ),
    }


def _gramms(run: RunRecord) -> dict[str, str]:
    joint = run.table("joint_display")
    if joint is None or joint.frame.empty:
        return {}
    return {
        "3": run.say(
            "Analisi: note sotto ogni tabella. [Campionamento e raccolta: da completare dagli autori]",
            "Analysis: notes under each table. [Sampling and data collection: to be completed by the authors]",
        ),
        "4": run.say(
            f"In analisi e interpretazione: joint display di {len(joint.frame)} legami dichiarati fra temi e domande, "
            "sugli stessi rispondenti.",
            f"In analysis and interpretation: joint display of {len(joint.frame)} declared links of themes and items, "
            "for the same respondents.",
        ),
        "6": run.say(
            "Letture del joint display. [Interpretazione: da completare dagli autori]",
            "Readings of the joint display. [Interpretation: to be completed by the authors]",
        ),
    }


def _duration(run: RunRecord, spoken: pd.DataFrame) -> str:
    timed = spoken.dropna(subset=["start_ms", "end_ms"])
    if timed["transcript"].nunique() < max(spoken["transcript"].nunique(), 1):
        return ""
    minutes = timed.groupby("transcript")["end_ms"].max().astype(float) / 60_000
    middle, low, high = (f"{value:.0f}" for value in (minutes.median(), minutes.min(), minutes.max()))
    return run.say(
        f"Mediana {middle} minuti (da {low} a {high}), dall'ultimo tempo trascritto.",
        f"Median {middle} minutes (from {low} to {high}), by the last time transcribed.",
    )


def _counted(counts: pd.Series) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())
