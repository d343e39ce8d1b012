"""A study's whole life in this process, without the command around it."""

import csv
from contextlib import suppress
from pathlib import Path

import pandas as pd

from corpus.errors import StudyError
from corpus.records import ITALIAN
from corpus.schemas import Codings, Entities, TopicMembers, Topics, empty
from corpus.study import read_study
from corpus.transcripts.segments import split_segments
from corpus.words.language import Language
from flows.host import PlainHost
from flows.sheet_wish import SheetWish
from flows.study_run import analyse_study
from flows.suggestion import suggest_segments
from flows.unchanged import unchanged_run
from nlp.coding import code_unread, join_codings
from nlp.cross_coding import decide_unread
from nlp.language_id import identify_languages
from nlp.results import Results
from outputs.export import export_study
from outputs.formats import FORMATS
from outputs.run.diff import compare_runs
from outputs.run.folder import REPORT, TABLES, WORKBOOK
from outputs.run.manifest import read_manifest
from outputs.run.record import RunRecord, read_run
from outputs.run.why import tell, what_is_behind
from outputs.tables.all_tables import build_tables
from outputs.words.render import RenderedTable


def run_in_process(study: Path) -> Path:
    """The folder of a new run, made in this process."""
    return analyse_study(study, PlainHost(), again=True, processes=1)


def count_in_process(folder: Path) -> RunRecord:
    """The tables of a study in which people alone code, without the machine's part of a run, which is most of it."""
    study = read_study(folder)
    segments = split_segments(study.turns, study.transcripts, study.settings.segments)
    languages = identify_languages(segments)
    said = segments[segments["role"] == "respondent"]
    codings, read = code_unread(said, study.human_codings, study.themes, study.settlements)
    read_by_people = segments["segment"].isin(said["segment"].to_numpy()[read])
    results = Results(
        segments=segments,
        entities=empty(Entities),
        codings=join_codings(empty(Codings), codings, segments, study.themes),
        topics=empty(Topics),
        topic_members=empty(TopicMembers),
        languages=languages.assign(read=(languages["language"] == ITALIAN) | read_by_people),
        decisions=decide_unread(said, study.themes, study.human_codings),
    )
    language = study.settings.study.language
    return RunRecord(folder.name, language, tuple(build_tables(study, results)), results, {})


def suggest_in_process(study: Path) -> Path:
    """The worksheet of segments to code."""
    return suggest_segments(study, PlainHost(), SheetWish(number=5))


def live_through(study: Path) -> RunRecord:
    """Check, run, run again, export, why, diff and suggest a study; the run. Asserts all that holds of any study."""
    read_study(study)
    run = run_in_process(study)
    record = read_run(run)
    check_manifest(study, run)
    check_trails(record)
    assert unchanged_run(study, None) == run
    other: Language = "en" if record.language == "it" else "it"
    written = export_study(study, FORMATS, output=study / "export", language=other)
    assert all(path.stat().st_size for path in written)
    ask_why(record)
    again = read_run(run_in_process(study))
    assert len(compare_runs(record, again, "it", everything=True)) == 2, "a second run differs"
    with suppress(StudyError):  # there may be nothing to code, or nothing left
        assert suggest_in_process(study).stat().st_size
    return record


def check_manifest(study: Path, run: Path) -> None:
    """The run's folder holds what its manifest and its tables promise."""
    manifest = read_manifest(run)
    assert {"identity", "inputs", "transcripts", "counts", "problems", "seconds", "store"} <= manifest.keys()
    assert manifest["counts"]["transcripts"] == len(read_study(study).interviews)
    assert (run / REPORT).stat().st_size > 1000
    assert (run / WORKBOOK).stat().st_size > 1000
    written = {path.name for path in (run / TABLES).glob("*.csv")}
    assert {f"{table.key}.csv" for table in read_run(run).tables} <= written


def check_trails(record: RunRecord) -> None:
    """Every counted cell has as much behind it as it says."""
    speakers = record.results.segments.set_index("segment")["respondent"]
    for table in record.tables:
        behind = dict(list(table.cells.groupby(["row", "column"])))
        for column in table.columns:
            for row, shown in table.frame[column.key].items() if column.counts else ():
                cells = behind.get((str(row), column.key), table.cells.iloc[:0])
                assert shown is None or shown == _counted(cells, column.counts, speakers), (table.key, row, column.key)
        _check_places(table, record)


def ask_why(record: RunRecord) -> None:
    """Every first counted cell of a table leads to its quotations."""
    for table in record.tables:
        counted = [column.key for column in table.columns if column.counts]
        if len(table.frame) and counted:
            row = str(table.frame.index[0])
            assert tell(what_is_behind(record, (table.key, row, counted[0])), record)


def rows_of(run: Path, table: str) -> list[dict[str, str]]:
    """The rows of a run's table as written."""
    with (run / TABLES / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _counted(cells: pd.DataFrame, counts: str, speakers: pd.Series) -> int:
    if counts == "respondents":
        return int(cells["segment"].map(speakers).nunique())
    if counts == "themes":
        return int(cells["coding"].str.split("/", n=1).str[-1].nunique())
    return int(cells["segment" if counts == "segments" else "coding"].nunique())


def _check_places(table: RenderedTable, record: RunRecord) -> None:
    codings = record.table("codifiche")
    assert codings is not None
    assert set(table.cells["segment"]) <= set(record.results.segments["segment"]), table.key
    assert set(table.cells["coding"]) - {""} <= set(codings.frame.index), table.key
    assert set(table.cells["row"]) | set(table.people["row"]) <= set(table.frame.index), table.key
