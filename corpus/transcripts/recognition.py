"""What speech recognisers write: JSON of Whisper, WhisperX and pyannote. Trusts the speakers that they found."""

import json
from typing import Any

from corpus.errors import study_error
from corpus.transcripts.decoding import decode, tidy
from corpus.transcripts.text import Text, TextWriter


def read_recognition(data: bytes, file: str) -> Text:
    """The segments of a list, or of the list under `segments`: text, start and end in seconds, speaker.

    A segment without speaker goes on with the one before it, unless its text begins with a label.
    Raises StudyError when the JSON is damaged, of another form, or names no speaker.
    """
    source, encoding = decode(data, file)
    try:
        content = json.loads(source)
    except (json.JSONDecodeError, RecursionError):
        raise _other(file) from None
    segments = content.get("segments") if isinstance(content, dict) else content
    if not isinstance(segments, list) or not all(isinstance(segment, dict) for segment in segments):
        raise _other(file)
    text = TextWriter(encoding=encoding)
    for segment in segments:
        said, speaker = segment.get("text"), segment.get("speaker")
        if not isinstance(said, str):
            raise _other(file)
        times = _time(segment.get("start")), _time(segment.get("end"))
        name = " ".join(tidy(speaker).split()) if isinstance(speaker, str) else ""
        if name:
            text.add_spoken(name, tidy(said).strip(), *times)
        else:
            text.add_paragraph(tidy(said).strip(), 0, *times)
    return text.text()


def _time(seconds: Any) -> int | None:
    known = isinstance(seconds, (int, float)) and not isinstance(seconds, bool) and 0 <= seconds < 1e7
    return round(seconds * 1000) if known else None


def _other(file: str) -> Exception:
    return study_error(
        "non è un JSON di Whisper, WhisperX o pyannote: serve `segments` con `text`, `start`, `end`, `speaker`",
        "not a JSON of Whisper, WhisperX or pyannote: it takes `segments` with `text`, `start`, `end`, `speaker`",
        file=file,
    )
