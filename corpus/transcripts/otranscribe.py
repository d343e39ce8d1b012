"""oTranscribe's own files: JSON that holds the transcript as HTML, times to click on in it. Runs no script."""

import json
import re
from html.parser import HTMLParser

from corpus.errors import study_error
from corpus.files.decoding import decode
from corpus.transcripts.clocks import milliseconds
from corpus.transcripts.text import Text, TextWriter
from corpus.words.spelling import tidy

_BLOCKS = frozenset(str.split("p div li ul ol h1 h2 h3 h4 h5 h6 blockquote tr"))
_STRESS = frozenset(str.split("b strong i em u"))
_SECONDS = re.compile(r"\d+(?:\.\d+)?")


def read_otranscribe(data: bytes, file: str) -> Text:
    """The paragraphs of the transcript; a time stands in them as `[00:03:12.500]`, where it was.

    Raises StudyError when the file is no JSON of oTranscribe.
    """
    source, encoding = decode(data, file)
    try:
        content = json.loads(source, strict=False)
    except (ValueError, RecursionError):
        content = None
    html = content.get("text") if isinstance(content, dict) else None
    if not isinstance(html, str):
        raise study_error(
            "non è un file di oTranscribe: esporta di nuovo la trascrizione da oTranscribe, come .otr o come testo",
            "not a file of oTranscribe: export the transcript from oTranscribe again, as .otr or as text",
            file=file,
        )
    text = TextWriter(encoding=encoding)
    paragraphs = _Paragraphs(text)
    paragraphs.feed(tidy(html))
    paragraphs.close()
    paragraphs.end_paragraph()
    return text.text()


class _Paragraphs(HTMLParser):
    """Writes each block of HTML as a paragraph, a line break as a line of it."""

    def __init__(self, text: TextWriter) -> None:
        super().__init__(convert_charrefs=True)
        self._text = text
        self._parts: list[tuple[str, bool]] = []
        self._stressed = 0
        self._in_time = 0  # how many elements deep in a time, whose digits `data-timestamp` gives more exactly

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._in_time:
            self._in_time += tag != "br"
        elif tag == "br":
            self._parts.append(("\n", False))
        elif tag in _BLOCKS:
            self.end_paragraph()
        elif tag in _STRESS:
            self._stressed += 1
        elif "timestamp" in (given.get("class") or "").split():
            self._in_time = 1
            self._parts.append((_clock(given.get("data-timestamp") or ""), False))

    def handle_endtag(self, tag: str) -> None:
        if self._in_time:
            self._in_time -= 1
        elif tag in _BLOCKS:
            self.end_paragraph()
        elif tag in _STRESS:
            self._stressed = max(0, self._stressed - 1)

    def handle_data(self, data: str) -> None:
        if not self._in_time:
            self._parts.append((re.sub(r"\s+", " ", data), self._stressed > 0))

    def end_paragraph(self) -> None:
        parts = self._parts
        self._parts = []
        lead = len(parts)
        for number, (words, stressed) in enumerate(parts):
            if words.strip() and not stressed:
                lead = number
                break
        before = "".join(words for words, _ in parts[:lead])
        text = "".join(words for words, _ in parts)
        if text.strip():
            margin = len(text) - len(text.lstrip(" "))
            self._text.add_paragraph(text.strip(" "), max(0, len(before.rstrip()) - margin))


def _clock(time: str) -> str:
    """The time as it stands in the text, "" where there is none: newer files count seconds, older ones have a clock."""
    ms = round(float(time) * 1000) if _SECONDS.fullmatch(time) else milliseconds(time)
    if ms is None:
        return ""
    seconds, rest = divmod(ms, 1000)
    return f"[{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}] "
