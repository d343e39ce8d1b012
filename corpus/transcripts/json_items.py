"""One entry of a recogniser's JSON: its words, its speaker and its times, under whatever names programs give them.

All but `plainly` take entries that it has gone over.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.transcripts.labels import milliseconds
from corpus.transcripts.text import NOBODY, spoken_by
from corpus.words.spelling import tidy

Item = Mapping[str, Any]

# Names are compared without case, underscore or hyphen: `start_time` and `startTime` are one. The first that is there
# counts: Deepgram's `punctuated_word` before its bare `word`.
_TEXT = (
    *("punctuatedword", "displaytext", "display", "text", "transcript", "sentence", "word", "content", "value", "body"),
    *("utterance", "utt", "term", "message", "caption", "testo"),
)
_SPEAKER = (
    *("speakername", "speakerdisplayname", "speaker", "speakerlabel", "speakerid", "speakertag", "spk", "sid"),
    *("participantname", "participant", "participantrole", "author", "user", "username", "parlante", "from"),
)
_CHANNEL = ("channellabel", "channeltag", "channel", "channelindex")
_BEST = ("alternatives", "nbest")
_UNIT = r"(?:in)?(?P<unit>ticks|ms|millis(?:econds)?|s|secs?|seconds)?"
_START = re.compile(
    rf"(?:data|relative|media)?(?:start|begin|from|ts|offset|time|timestamp|inizio)(?:time|offset|ts|at)?{_UNIT}"
)
_END = re.compile(rf"(?:data|relative|media)?(?:end|to|stop|finish|fine)(?:time|offset|ts|at)?{_UNIT}")
_LENGTH = re.compile(rf"(?:dur|duration){_UNIT}")
_UNITS = {"t": 1e-4, "m": 1.0, "s": 1000.0}
_SPOKEN_TIME = re.compile(r"PT(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?")
_NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<seconds>s)?")
_DATE = re.compile(r"\d{4}-")
_LATEST_MS = 10**10


@dataclass(frozen=True, slots=True)
class Time:
    """A point or length of time: `unit` milliseconds each, 0 where the file does not say what it counts in."""

    count: float
    unit: float = 0.0

    def in_ms(self, otherwise: float) -> int | None:
        """Milliseconds, counted in `otherwise` where the file does not say; None beyond all measure."""
        time = self.count * (self.unit or otherwise)
        return round(time) if 0 <= time < _LATEST_MS else None


def plainly(content: Any) -> Any:
    """`content` with its names as they are compared, and each entry with what its best alternative holds.

    The other alternatives, the same words heard otherwise, are left out. A word as IBM Watson writes it,
    `["anni", 1.2, 1.5]`, becomes an entry too.
    """
    if isinstance(content, list):
        if len(content) == 3 and isinstance(content[0], str) and all(isinstance(time, float) for time in content[1:]):
            return {"word": content[0], "start": content[1], "end": content[2]}
        return [plainly(value) for value in content]
    if not isinstance(content, dict):
        return content
    plain = {name.casefold().replace("_", "").replace("-", ""): plainly(value) for name, value in content.items()}
    for name in _BEST:
        best = plain.get(name)
        if isinstance(best, list) and best and isinstance(best[0], dict):
            del plain[name]
            return {**best[0], **plain}
    return plain


def text_of(item: Item) -> str | None:
    """What is said, None where the item itself holds no words."""
    values = (item.get(name) for name in _TEXT)
    text = next((value for value in values if isinstance(value, str)), None)
    return tidy(text) if text is not None else None


def speaker_of(item: Item, names: Mapping[str, str]) -> str:
    """Who speaks, by the file's own list of `names` where it has one; "" where the item does not say."""
    for name in _SPEAKER:
        value = item.get(name)
        if name == "from" and not isinstance(value, dict):
            continue  # elsewhere a time
        if name == "speakertag" and value in (0, "0"):
            continue  # Google's zero is nobody
        speaker = _speaker_called(value, names)
        if speaker:
            return speaker
    return ""


def channel_of(item: Item) -> str:
    """The channel that a recording of one microphone each has for its speaker; "" where the item does not say."""
    channels = (item.get(name) for name in _CHANNEL)
    channel = next((value for value in channels if isinstance(value, int | str) and not isinstance(value, bool)), "")
    return f"Channel {channel}" if str(channel).isdigit() else str(channel)


def _speaker_called(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, dict):
        keys = ("name", "displayname", "label", "id")
        value = next((value[key] for key in keys if isinstance(value.get(key), int | str)), None)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    speaker = " ".join(tidy(str(value)).split())
    speaker = names.get(speaker.casefold(), speaker)
    if speaker.isdecimal():
        return f"Speaker {speaker}"
    return "" if spoken_by(speaker) == NOBODY else speaker


def names_of_speakers(content: Any) -> dict[str, str]:
    """The names that a file lists for its speakers' ids, in a list `speakers` or `participants` beside the words."""
    names: dict[str, str] = {}
    for holder in dicts_of(content):
        for key, value in holder.items():
            if key in ("speakers", "participants") and isinstance(value, list):
                for person in value:
                    if isinstance(person, dict):
                        name = person.get("name", person.get("speakername", person.get("displayname")))
                        number = person.get("id", person.get("speakerid"))
                        if isinstance(name, str) and name.strip() and isinstance(number, int | str):
                            names[str(number).casefold()] = " ".join(tidy(name).split())
    return names


def dicts_of(content: Any, depth: int = 5) -> list[Item]:
    """`content` and the dicts inside it, through dicts and lists of a single entry."""
    if isinstance(content, list) and len(content) == 1:
        content = content[0]
    if not isinstance(content, dict):
        return []
    inner = (dicts_of(value, depth - 1) for value in content.values()) if depth else ()
    return [content, *(holder for holders in inner for holder in holders)]


def times_of(item: Item) -> tuple[Time | None, Time | None]:
    """When the item begins and ends."""
    instances = item.get("instances")
    if isinstance(instances, list) and instances and isinstance(instances[0], dict):
        return times_of(instances[0])
    for name, unit in (("offsets", 1.0), ("timestamps", 0.0), ("timestamp", 0.0), ("time", 0.0)):
        span = item.get(name)
        if isinstance(span, dict) and ("from" in span or "start" in span):
            return _time(span.get("from", span.get("start")), unit), _time(span.get("to", span.get("end")), unit)
        if isinstance(span, list) and len(span) == 2:
            return _time(span[0], unit), _time(span[1], unit)
    start, end, length = (_first(item, pattern) for pattern in (_START, _END, _LENGTH))
    if end is None and start is not None and length is not None and start.unit == length.unit:
        end = Time(start.count + length.count, start.unit)
    return start, end


def _first(item: Item, pattern: re.Pattern[str]) -> Time | None:
    matches = ((pattern.fullmatch(name), value) for name, value in item.items())
    times = (_time(value, _UNITS.get((match["unit"] or "-")[0], 0.0)) for match, value in matches if match)
    return next((time for time in times if time is not None), None)


def _time(value: Any, unit: float) -> Time | None:
    if isinstance(value, dict) and ("seconds" in value or "nanos" in value):
        return _time(str(value.get("seconds", 0)), 1000.0)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Time(float(value), unit) if 0 <= value < 1e18 else None
    if not isinstance(value, str) or len(value) > 40:
        return None
    number = _NUMBER.fullmatch(value.strip())
    if number is not None:
        return Time(float(number["number"]), 1000.0 if number["seconds"] else unit)
    spoken = _SPOKEN_TIME.fullmatch(value.strip())
    if spoken is not None:
        hours, minutes, seconds = (float(part or 0) for part in spoken.groups())
        return Time((hours * 60 + minutes) * 60 + seconds, 1000.0)
    clock = milliseconds(value) if not _DATE.match(value) else None
    return Time(float(clock), 1.0) if clock is not None else None


def lists_of(item: Item) -> list[tuple[str, Sequence[Item]]]:
    """The lists of entries beside an item's words, under the names they are compared by."""
    return [(name, value) for name, value in item.items() if are_entries(value)]


def are_entries(value: Any) -> bool:
    """Whether a value is a list of entries, of one at least."""
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)
