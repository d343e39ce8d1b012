"""How each study stands, in plain words: its reports, how its last run ended, what to do. Asks no server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from corpus.errors import StudyError
from corpus.settings import read_settings
from corpus.words.language import Bilingual, Language
from corpus.words.phrase import Phrase
from flows.service.attempts import Attempt
from flows.service.reports import report_address
from outputs.export import EXPORT
from outputs.run.folder import REPORT, WORKBOOK, whole_runs
from outputs.run.manifest import problems_of, readable_manifest, tally_of
from outputs.words.sentences import say, sentences

_GOING_ON = {"RUNNING", "CANCELLING"}
_WAITING = {"SCHEDULED", "PENDING", "PAUSED"}
_ENDED_BADLY = {"FAILED": "failed", "CRASHED": "crashed", "CANCELLED": "cancelled"}
_DATES = {"it": "%d/%m/%Y, %H:%M", "en": "%Y-%m-%d %H:%M"}


@dataclass(frozen=True)
class Link:
    """A file of the service's that a browser opens."""

    name: str
    address: str


@dataclass(frozen=True)
class Run:
    """A whole run: when it began, its report and workbook where the study asks for them, what it left out."""

    name: str
    started: datetime | None
    when: str
    report: str
    workbook: str
    problems: Sequence[tuple[str, Bilingual]]
    manifest: dict[str, Any]


@dataclass(frozen=True)
class Standing:
    """A study as the first page shows it.

    `tone` is good, part (a run that left something out), bad, busy, waiting or none (never run); `ended` and `to_do`
    are said to the researcher, `since` is when; `attempt` is Prefect's id of the run that this is about, "" where a
    run's folder tells. `run` is the latest whole run.
    """

    study: str
    title: str
    tone: str
    ended: str
    to_do: str
    since: str
    attempt: str
    run: Run | None


def study_runs(folder: Path, zone: ZoneInfo, language: Language) -> list[Run]:
    """The whole runs of the study in `folder`, the newest first."""
    return [_run(folder, each, zone, language) for each in reversed(whole_runs(folder))]


def study_title(folder: Path) -> str:
    """The study's title; the folder's name where study.toml cannot be read or gives none."""
    try:
        return read_settings(folder).study.title or folder.name
    except StudyError:
        return folder.name


def exported_files(folder: Path) -> list[Link]:
    """What `trama export` and the service's form wrote for the study in `folder`."""
    place = folder / EXPORT
    files = sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())
    return [Link(file, report_address(folder.name, EXPORT, file)) for file in files]


def standing(folder: Path, attempt: Attempt | None, zone: ZoneInfo, language: Language) -> Standing:
    """How the study in `folder` stands, whose latest attempt on the server is `attempt`."""
    runs = whole_runs(folder)
    latest = _run(folder, runs[-1], zone, language) if runs else None
    if attempt and latest and latest.started and attempt.since < latest.started and attempt.state in _ENDED_BADLY:
        attempt = None  # since then somebody made a run in a terminal
    tone, words, facts = _ending(attempt, latest, language)
    to_do = f"office.to_do.{words}"
    return Standing(
        study=folder.name,
        title=study_title(folder),
        tone=tone,
        ended=say(Phrase(f"office.ended.{words}", facts), language),
        to_do=say(Phrase(to_do), language) if to_do in sentences() else "",
        since=shown_time(attempt.since, zone, language) if attempt else latest.when if latest else "",
        attempt=attempt.id if attempt else "",
        run=latest,
    )


def night_ending(night: Attempt | None, language: Language) -> tuple[str, str]:
    """The tone, and how the last night ended, in words."""
    if night is None:
        return "none", say(Phrase("office.night.none"), language)
    if night.state in _GOING_ON | _WAITING:
        return "busy", say(Phrase("office.night.going"), language)
    tone = "good" if night.state == "COMPLETED" else "bad"
    return tone, say(Phrase(f"office.night.{tone}", {"message": night.message}), language)


def shown_time(when: datetime | None, zone: ZoneInfo, language: Language) -> str:
    """A moment as people write it, in the service's time zone; "" for None."""
    return when.astimezone(zone).strftime(_DATES[language]) if when else ""


def _ending(attempt: Attempt | None, run: Run | None, language: Language) -> tuple[str, str, dict[str, Any]]:
    """The tone, the key of the words, and what fills them; an attempt counts before the run there is."""
    state = attempt.state if attempt else ""
    message = attempt.message.rstrip(".") if attempt else ""
    if state in _GOING_ON:
        return "busy", "running", {}
    if state in _WAITING:
        return "waiting", "waiting", {}
    if state in _ENDED_BADLY:
        return "bad", _ENDED_BADLY[state], {"message": message}
    if run is None:
        return "none", "never", {}
    if not run.manifest:
        return "bad", "damaged", {}
    counted = tally_of(run.manifest)
    if counted.errors:
        return "part", "part", {"tally": counted.say().say(language)}
    return "good", "warnings" if counted.warnings else "well", {"n": counted.warnings}


def _run(folder: Path, run: Path, zone: ZoneInfo, language: Language) -> Run:
    manifest = readable_manifest(run)
    started = datetime.fromisoformat(manifest["started"]) if manifest else None
    return Run(
        name=run.name,
        started=started,
        when=shown_time(started, zone, language) or run.name,
        report=report_address(folder.name, run.name, REPORT) if (run / REPORT).is_file() else "",
        workbook=report_address(folder.name, run.name, WORKBOOK) if (run / WORKBOOK).is_file() else "",
        problems=problems_of(manifest) if manifest else [],
        manifest=manifest,
    )
