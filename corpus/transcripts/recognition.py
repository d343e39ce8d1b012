"""What speech recognisers write: JSON of Whisper and its kin, and of the common services. Trusts their speakers."""

import json
from collections.abc import Mapping
from typing import Any

from corpus.errors import study_error
from corpus.files.decoding import decode, tidy
from corpus.transcripts.text import Text, TextWriter

# Where the stretches of speech are, and how many milliseconds their unit of time has: WhisperX and pyannote;
# AssemblyAI; Deepgram; Amazon Transcribe; whisper.cpp.
_PLACES: tuple[tuple[tuple[str, ...], int], ...] = (
    (("segments",), 1000),
    (("utterances",), 1),
    (("results", "utterances"), 1000),
    (("results", "audio_segments"), 1000),
    (("transcription",), 1000),
)
_LATEST_MS = 10**10
NOBODY = "???"


def read_recognition(data: bytes, file: str) -> Text:
    """The stretches of speech with their speakers and times: a list, or one under the name that the program gives it.

    A stretch without speaker goes on with the one before it (`???` before the first), unless no stretch has one: then
    labels are looked for in the text. Raises StudyError when the JSON is damaged or of another form.
    """
    source, encoding = decode(data, file)
    try:
        content = json.loads(source)
    except (ValueError, RecursionError):
        raise _other(file) from None
    segments, unit = _segments(content)
    if segments is None or not all(isinstance(segment, dict) for segment in segments):
        raise _other(file)
    text = TextWriter(encoding=encoding)
    speakers = [_speaker(segment) for segment in segments]
    last = NOBODY
    for segment, speaker in zip(segments, speakers, strict=True):
        said = segment.get("text", segment.get("transcript"))
        if not isinstance(said, str):
            raise _other(file)
        if any(speakers):
            last = speaker or last
            text.add_spoken(last, tidy(said), *_times(segment, unit))
        else:
            text.add_paragraph(tidy(said).strip(), 0, *_times(segment, unit))
    return text.text()


def _segments(content: Any) -> tuple[list[Any] | None, int]:
    if isinstance(content, list):
        return content, 1000
    for path, unit in _PLACES:
        found = content
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        if isinstance(found, list):
            return found, unit
    return None, 1000


def _speaker(segment: Mapping[str, Any]) -> str:
    speaker = segment.get("speaker", segment.get("speaker_label"))
    if isinstance(speaker, int) and not isinstance(speaker, bool):
        return f"Speaker {speaker}"
    return " ".join(tidy(speaker).split()) if isinstance(speaker, str) else ""


def _times(segment: Mapping[str, Any], unit: int) -> tuple[int | None, int | None]:
    offsets = segment.get("offsets")
    if isinstance(offsets, dict):  # whisper.cpp counts in milliseconds
        return _time(offsets.get("from"), 1), _time(offsets.get("to"), 1)
    start, end = segment.get("start", segment.get("start_time")), segment.get("end", segment.get("end_time"))
    return _time(start, unit), _time(end, unit)


def _time(value: Any, unit: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        time = float(value) * unit
    except (ValueError, OverflowError):
        return None
    return round(time) if 0 <= time < _LATEST_MS else None


def _other(file: str) -> Exception:
    return study_error(
        "non è un JSON di un programma di trascrizione: serve `segments` con `text`, `start`, `end`, `speaker`",
        "not a JSON of a transcription program: it takes `segments` with `text`, `start`, `end`, `speaker`",
        file=file,
    )
