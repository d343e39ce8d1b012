"""What the reading room's first page needs of a study: names, themes, interviews and how far each was read."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote

from corpus.questionnaire.written_answers import is_written
from corpus.words.language import Language
from corpus.words.stances import STANCE_NAMES
from outputs.reading.opened import OpenedStudy
from outputs.reading.people import People


def study_data(opened: OpenedStudy, people: People, sounds: Collection[str], language: Language) -> dict[str, Any]:
    """The study as JSON, stances in words of `language`; `sounds` are the transcripts that have a recording.

    What is counted of a transcript are the segments that people code: those of respondents.
    """
    study = opened.study
    read = _read_by_transcript(opened, people)
    coders = {row["coder"] for row in (*people.codings, *people.refused, *people.read, *people.memos) if row["coder"]}
    return {
        "title": study.settings.study.title or study.folder.name,
        "language": study.settings.study.language,
        "version": opened.version,
        "coders": sorted(coders),
        "names": study.settings.privacy.pseudonyms,
        "themes": [
            {
                "code": theme.code,
                "label": theme.label,
                "parent": theme.parent,
                "definition": theme.definition,
                "use_when": theme.use_when,
                "do_not_use_when": theme.do_not_use_when,
                "number": number,
                "color": theme.color,
            }
            for number, theme in enumerate(study.themes)
        ],
        "stances": [{"code": code, "label": name.say(language)} for code, name in STANCE_NAMES.items()],
        "respondents": [
            {"id": row.pop("respondent"), "about": _about(row)} for row in study.respondents.to_dict("records")
        ],
        "transcripts": [_transcript(opened, name, read.get(name, {}), name in sounds) for name in opened.by_transcript],
    }


def _read_by_transcript(opened: OpenedStudy, people: People) -> dict[str, Counter[str]]:
    """Transcript -> coder -> how many of its segments that person decided on."""
    read: dict[str, Counter[str]] = {}
    for row in people.read:
        segment = opened.rows[row["segment"]]
        if segment["respondent"]:
            read.setdefault(segment["transcript"], Counter())[row["coder"]] += 1
    return read


def _transcript(opened: OpenedStudy, name: str, read: Mapping[str, int], has_sound: bool) -> dict[str, Any]:
    segments = opened.by_transcript[name]
    return {
        "id": name,
        "file": opened.transcripts[name].file,
        "respondents": [who for who in segments["respondent"].unique() if who],
        "segments": int((segments["respondent"] != "").sum()),
        "read": dict(read),
        "written": is_written(name),
        "sound": sound_address(name) if has_sound else None,
    }


def sound_address(transcript: str) -> str:
    """Where the room plays the recording of a transcript, seen from its first page."""
    return f"sound/{quote(transcript, safe='')}"


def _about(variables: Mapping[Any, Any]) -> str:
    """A respondent's variables in one line; whose transcript and which speaker is seen in the transcript itself."""
    told = {name: value for name, value in variables.items() if name not in ("transcript", "speaker") and value}
    return "; ".join(f"{name}: {value}" for name, value in told.items())
