"""The interviews of writers.py in more layouts: labels in plain text as people and programs type them."""

import io
from collections.abc import Callable

import docx

from tests.corpus.transcripts.writers import WRITERS, Turns


def _lines(form: str, between: str = "\n") -> Callable[[Turns], str]:
    """Each turn in the given form: `{who}`, `{text}`, `{time}`, `{number}`."""

    def write(turns: Turns) -> str:
        return between.join(
            form.format(who=who, text=text, time=f"00:00:{number:02}", number=number)
            for number, (who, text) in enumerate(turns, 1)
        )

    return write


def bold_names(turns: Turns) -> bytes:
    """A Word document in which each turn begins with the name in bold, without a colon."""
    document = docx.Document()
    for who, text in turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(who).bold = True
        paragraph.add_run(f" {text}")
    return _saved(document)


def _table(turns: Turns) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for who, text in turns:
        cells = table.add_row().cells
        cells[0].text = who
        cells[1].text = text
    return _saved(document)


def _paragraphs(turns: Turns) -> bytes:
    document = docx.Document()
    for who, text in turns:
        for part in f"{who}: {text}".split("\n"):
            document.add_paragraph(part)
    return _saved(document)


def _saved(document: "docx.document.Document") -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# name -> ending, writer
LAYOUTS: dict[str, tuple[str, Callable[[Turns], str | bytes]]] = {
    **{ending: (ending, writer) for ending, writer in WRITERS.items()},
    "lines": (".txt", _lines("{who}: {text}")),
    "own line": (".txt", _lines("{who}:\n{text}", "\n\n")),
    "name on its line": (".txt", _lines("{who}\n{text}", "\n\n")),
    "Teams": (".txt", _lines("{who}   0:{number:02}\n{text}", "\n\n")),
    "Otter": (".txt", _lines("{who}  {time}  \n{text}", "\n\n")),
    "time before": (".txt", _lines("[{time}] {who}: {text}")),
    "time after": (".txt", _lines("{who} ({time}): {text}")),
    "time line": (".txt", _lines("{time} {who}\n{text}", "\n\n")),
    "f4": (".txt", _lines("#{time}-0# {who}: {text} #{time}-5#", "\n\n")),
    "tab": (".txt", _lines("{who}\t{text}")),
    "tab after colon": (".txt", _lines("{who}:\t{text}", "\n\n")),
    "angle": (".txt", _lines("<{who}> {text}", "\n\n")),
    "bracket colon": (".txt", _lines("[{who}]: {text}", "\n\n")),
    "list": (".txt", _lines("- {who}: {text}")),
    "numbers": (".txt", _lines("{number}. {who}: {text}")),
    "bold": (".md", _lines("**{who}** {text}", "\n\n")),
    "heading": (".md", _lines("## {who}\n{text}", "\n\n")),
    "bold in Word": (".docx", bold_names),
    "table in Word": (".docx", _table),
    "paragraphs in Word": (".docx", _paragraphs),
    "labels in cues": (
        ".vtt",
        lambda turns: "WEBVTT\n\n" + _lines("00:{number:02}.000 --> 00:{number:02}.900\n{who}: {text}", "\n\n")(turns),
    ),
}
