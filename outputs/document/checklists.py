"""COREQ and GRAMMS: what the program knows of a study, and prompts for what only its authors know. Room outputs.

COREQ: Tong, Sainsbury & Craig 2007. GRAMMS: O'Cathain, Murphy & Nicholl 2008. Nothing is filled in by guess.
"""

import csv
from importlib.resources import files

import pandas as pd

from corpus.questionnaire.written_answers import is_written
from nlp.measures.theme_mentions import interviewed
from outputs.run.record import RunRecord


def checklist(run: RunRecord, name: str) -> list[tuple[str, str, str]]:
    """Number, item and text of every item of "COREQ" or "GRAMMS", in the run's language."""
    text = files("outputs.document").joinpath("checklists.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines(), delimiter=";") if row["list"] == name]
    known = _coreq(run) if name == "COREQ" else _gramms(run)
    prompt = run.words("checklist.to_complete")
    return [(row["number"], row[run.language], known.get(row["number"], "") or prompt) for row in rows]


def _coreq(run: RunRecord) -> dict[str, str]:
    told = run.results.segments[run.results.segments["role"] == "respondent"]
    written = told["transcript"].map(is_written).astype(bool)
    spoken = told[~written]
    wrote = set(told.loc[written, "respondent"])
    interviews = spoken["transcript"].nunique()
    coders = run.results.codings.groupby("coder")["coding"].size()
    human = run.results.codings.loc[run.results.codings["how"] == "human", "coder"].nunique()
    versions = run.manifest["versions"]
    model = run.manifest["models"].get("pipeline", {})
    themes = list(run.themes.values())
    return {
        "12": _sample_size(run, len(interviewed(spoken)), interviews, len(wrote)),
        "16": run.words("checklist.setting"),
        "21": _duration(run, spoken),
        "22": run.words("checklist.saturation") if interviews > 1 and len(run.results.codings) else "",
        "24": run.words("checklist.coders", human=human, coders=_counted(coders)),
        "25": run.words("coreq.codebook", n=len(themes), themes=tuple(themes)),
        "26": run.words("checklist.derivation"),
        "27": run.words(
            "checklist.software",
            versions_trama=versions.get("trama", ""),
            model_name=model.get("name", ""),
            model_version=model.get("version", ""),
            versions_spacy=versions.get("spacy", ""),
            versions_bertopic=versions.get("bertopic", ""),
            versions_python=versions.get("python", ""),
        ),
        "29": run.words("checklist.quotations"),
        "31": run.words("checklist.consistency"),
        "32": run.words("checklist.clarity"),
    }


def _sample_size(run: RunRecord, people: int, interviews: int, wrote: int) -> str:
    """Interviews alone: an answer that somebody wrote is none."""
    if not interviews and wrote:
        return run.words("checklist.only_written", n=wrote)
    too = run.words("checklist.wrote_too", n=wrote) if wrote else ""
    return run.words("checklist.sample_size", people=people, interviews=interviews, wrote=too)


def _gramms(run: RunRecord) -> dict[str, str]:
    joint = run.table("joint_display")
    if joint is None or joint.frame.empty:
        return {}
    return {
        "3": run.words("checklist.each_method"),
        "4": run.words("checklist.integration", frame=len(joint.frame)),
        "6": run.words("checklist.insights"),
    }


def _duration(run: RunRecord, spoken: pd.DataFrame) -> str:
    timed = spoken.dropna(subset=["start_ms", "end_ms"])
    if timed["transcript"].nunique() < max(spoken["transcript"].nunique(), 1):
        return ""
    minutes = timed.groupby("transcript")["end_ms"].max().astype(float) / 60_000
    middle, low, high = (f"{value:.0f}" for value in (minutes.median(), minutes.min(), minutes.max()))
    return run.words("checklist.duration", middle=middle, low=low, high=high)


def _counted(counts: pd.Series) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())
