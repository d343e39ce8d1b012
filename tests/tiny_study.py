"""A tiny study, made by hand, for the tests of statistics and outputs: twelve respondents, three themes, five items.

Its results, tables and run are fixtures of tests/conftest.py; what is made here is for tests that want it otherwise.
"""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pandas as pd

from corpus.alignment import Alignment
from corpus.errors import Problem
from corpus.records import ITALIAN, Item, Option, Theme, Transcript, Turn
from corpus.schemas import Answers, Codings, Entities, HumanCodings, Segments, TopicMembers, Topics, Turns, empty
from corpus.settings import parse_settings
from corpus.study import Study
from corpus.words.language import Bilingual, Language
from corpus.words.phrase import pair
from nlp.language_id import identify_languages
from nlp.results import Results
from outputs.run.folder import new_run
from outputs.run.manifest import describe_run, write_manifest
from outputs.run.record import RunRecord, keep_run
from outputs.tables.all_tables import build_tables
from outputs.words.render import RenderedTable, render_all

PEOPLE = [f"R{number:02d}" for number in range(1, 13)]
LARGE = PEOPLE[7:]  # seven small municipalities, five large ones
SCALE = tuple(Option(str(value), f"Grado {value}", value) for value in range(1, 6))
ITEMS = (
    Item("Q1", "Manca personale?", "likert", SCALE, direction="+"),
    Item("Q2", "Quanti accordi?", "number", unit="accordi"),
    Item("Q3", "Che cosa affidate?", "multi", (Option("rifiuti", "Rifiuti", 1), Option("mense", "Mense", 2))),
    Item("Q4", "Avete un responsabile?", "yesno", (Option("no", "No", 0), Option("si", "Sì", 1)), yes=("si",)),
    Item("Q5", "Altro?", "text"),
)
THEMES = (
    Theme("personale", "Personale", questionnaire_items=("Q1", "Q2")),
    Theme("rifiuti", "Rifiuti", questionnaire_items=("Q3",)),
    Theme("silenzio", "Il non detto", questionnaire_items=("Q4", "Q9")),
)


FIRST = "Qui siamo in tre e non basta mai."  # every respondent's first segment
STARTED = datetime(2026, 1, 1, tzinfo=UTC)


def segments(texts: dict[str, list[str]]) -> pd.DataFrame:
    """One transcript a respondent, the segments in a row, parted by a blank."""
    rows = []
    for person, said in texts.items():
        start = 0
        for number, text in enumerate(said, start=1):
            place = (start, start + len(text), start, None, None)
            words = len(text.split())
            rows.append((f"{person}:{number:04d}", person, 1, "S", "respondent", person, *place, text, words, "E poi?"))
            start += len(text) + 1
    return Segments.validate(pd.DataFrame(rows, columns=list(Segments.to_schema().columns)))


def codings(rows: list[tuple[str, str, str]], of: pd.DataFrame) -> pd.DataFrame:
    """Codings from (segment, theme, stance); the first word is the evidence."""
    texts = of.set_index("segment")["text"]
    made = []
    for segment, theme, stance in rows:
        word = texts[segment].split()[0]
        coding = (f"{segment}/{theme}", segment, theme, 0.9, stance, "pattern")
        made.append((*coding, 0, len(word), word, word, "", "", "Trama"))
    return Codings.validate(pd.DataFrame(made, columns=list(Codings.to_schema().columns)))


def answers(rows: list[tuple[str, str, str, str, float | None, str]]) -> pd.DataFrame:
    """Answers from (respondent, item, option, value, number, status)."""
    full = [(who, item, option, value, value, number, status) for who, item, option, value, number, status in rows]
    return Answers.validate(pd.DataFrame(full, columns=list(Answers.to_schema().columns)))


def make_study(title: str = "Prova", first: str = FIRST) -> tuple[Study, Results]:
    """Ten of twelve mention `personale` (two twice), four `rifiuti`, nobody `silenzio`."""
    texts = {person: [first, "I sacchi passano il lunedì."] for person in PEOPLE}
    frame = segments(texts)
    rows = [(f"{person}:0001", "personale", "problem") for person in PEOPLE[:10]]
    rows += [(f"{person}:0002", "personale", "proposal") for person in PEOPLE[:2]]
    rows += [(f"{person}:0002", "rifiuti", "neutral") for person in PEOPLE[:4]]
    coded = codings(sorted(rows), frame)
    given: list[tuple[str, str, str, str, float | None, str]] = []
    for number, person in enumerate(PEOPLE):
        scale = number % 5 + 1
        given.append((person, "Q1", "", str(scale), scale, "answered"))
        given.append(
            (person, "Q2", "", str(number), number, "answered") if number else (person, "Q2", "", "", None, "dont_know")
        )
        for option, ticked in (("rifiuti", number < 6), ("mense", number % 2 == 0)):
            given.append((person, "Q3", option, str(int(ticked)), float(ticked), "answered"))
        given.append((person, "Q4", "", "si", 1, "answered"))
    transcripts, turns = [], []
    for person, said in texts.items():
        source = " ".join(said)
        turn = Turn(1, "S", 0, len(source), source, Alignment(((0, 0, len(source)),)))
        transcripts.append(Transcript(person, f"transcripts/{person}.txt", "0" * 64, source, (turn,)))
        turns.append((person, 1, "S", "respondent", person, 0, len(source), None, None, source))
    respondents = pd.DataFrame({"respondent": PEOPLE, "transcript": PEOPLE, "speaker": "S"}, dtype="str")
    respondents["classe"] = ["oltre 8.000" if person in LARGE else "fino a 3.000" for person in PEOPLE]
    settings = parse_settings(
        {"study": {"title": title, "fictional": True, "seed": 7}, "tables": {"class_variable": "classe"}}
    )
    topics = pd.DataFrame([(0, "sacchi", "sacco; lunedì", 12, 12, 1.0, "", 0.2, None, True, "Sacchi")])
    members = pd.DataFrame([(segment, 0, 0.9, False) for segment in frame["segment"] if segment.endswith("2")])
    named = pd.DataFrame([("R01:0002", 2, 7, "sacchi", "MISC", "sacchi", "sacchi", "")])
    results = Results(
        segments=frame,
        entities=_as(Entities, named),
        codings=coded,
        topics=_as(Topics, topics),
        topic_members=_as(TopicMembers, members),
        languages=identify_languages(frame).assign(language=ITALIAN),  # hostile texts are in nobody's language
        notes=(pair(Bilingual("Una nota.", "A note.")),),
    )
    problem = Problem(Bilingual("manca", "missing"), file="a.csv", row=3, column="b")
    made = Study(
        folder=Path("studio"),
        settings=settings,
        transcripts=tuple(transcripts),
        turns=_as(Turns, pd.DataFrame(turns)),
        respondents=respondents,
        items=ITEMS,
        answers=answers(given),
        themes=THEMES,
        human_codings=empty(HumanCodings),
        problems=(problem,),
    )
    return made, results


def rendered_tables(study: Study, results: Results, language: Language | None = None) -> list[RenderedTable]:
    """Every table in words; `language` defaults to the study's own."""
    chosen = language or study.settings.study.language
    return render_all(build_tables(study, results), chosen)


@cache
def make_run(language: Language = "it", first: str = FIRST) -> RunRecord:
    """The tiny study as a finished run; `first` is the text of every respondent's first segment."""
    studied, results = make_study(first=first)
    tables = tuple(build_tables(studied, results))
    map_of_topics = pd.DataFrame({"topic": [0], "x": [0.0], "y": [0.0], "shown": [1.0]})
    results = replace(results, topic_map=map_of_topics)
    manifest = describe_run(studied, results, {"study.toml": "0" * 64}, {"encoder": "prova"}, language, STARTED, {})
    return RunRecord("20260101T000000Z-0a1b2c3d", language, tables, results, manifest)


def write_run(study: Path, run: RunRecord) -> Path:
    """A finished run in the folder `study`, and its own folder."""
    with new_run(study) as new:
        keep_run(new.folder, run.data, run.results)
        write_manifest(new.folder, run.manifest)
    assert new.published is not None
    return new.published


def _as(schema, frame: pd.DataFrame) -> pd.DataFrame:
    frame.columns = list(schema.to_schema().columns)
    return schema.validate(frame)
