"""Timed Text (.ttml, .dfxp), the subtitles of broadcasters and streaming services. Keeps no place, style or image."""

import html
import re
from xml.etree.ElementTree import Element

from corpus.errors import study_error
from corpus.files.xml import parse_xml
from corpus.transcripts.clocks import milliseconds
from corpus.transcripts.cues import Cue
from corpus.transcripts.subtitles import write_cues
from corpus.transcripts.text import Text
from corpus.words.spelling import tidy

_OFFSET = re.compile(r"(?P<count>\d+(?:\.\d+)?)(?P<unit>h|ms|m|s|t)")
_SPACE = re.compile(r"\s+")
_UNITS = {"h": 3_600_000.0, "m": 60_000.0, "s": 1000.0, "ms": 1.0}
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def read_timed_text(data: bytes, file: str) -> Text:
    """Paragraphs as cues; their agent is the speaker, else labels are looked for as in other subtitles.

    Raises StudyError when the XML is damaged or holds no timed paragraph, or nobody is named.
    """
    root = parse_xml(data, file)
    names = {agent.get(_ID, ""): _text_of(agent).strip() for agent in root.iter() if _local(agent.tag) == "agent"}
    rates = (int(rate) for name, rate in root.attrib.items() if _local(name) == "tickRate" and rate.isdecimal())
    tick = 1000.0 / (next(rates, 0) or 1)
    cues = [_cue(paragraph, names, tick) for paragraph in root.iter() if _local(paragraph.tag) == "p"]
    if not cues:
        raise study_error(
            "nessun sottotitolo trovato: esporta di nuovo il file come .vtt o .srt",
            "no cue found: export the file again as .vtt or .srt",
            file=file,
        )
    return write_cues(sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms)))


def _cue(paragraph: Element, names: dict[str, str], tick: float) -> Cue:
    start, end, length = (_time_in_ms(paragraph.get(name, ""), tick) for name in ("begin", "end", "dur"))
    agents = (value for name, value in paragraph.attrib.items() if _local(name) == "agent")
    speaker = next((names.get(agent, agent) for agent in agents), "")
    return Cue(start, end or start + length, html.escape(_text_of(paragraph), quote=False), speaker)


def _time_in_ms(time: str, tick: float) -> int:
    offset = _OFFSET.fullmatch(time.strip())
    if offset is not None:
        return round(float(offset["count"]) * _UNITS.get(offset["unit"], tick))
    return milliseconds(time) or 0


def _text_of(element: Element) -> str:
    """What an element says; a line ends at `<br/>`, and white space of the file's own layout is one blank."""
    pieces = [_SPACE.sub(" ", element.text or "")]
    for inner in element:
        pieces += ["\n" if _local(inner.tag) == "br" else _text_of(inner), _SPACE.sub(" ", inner.tail or "")]
    return tidy("".join(pieces))


def _local(name: str) -> str:
    return name.rpartition("}")[2] if isinstance(name, str) else ""
