"""Tables in tab-separated or CSV files, with a column for the speaker and one for the text. Knows no other layout."""

import csv
import io
from collections.abc import Iterator, Sequence

from corpus.errors import study_error
from corpus.files.decoding import decode
from corpus.transcripts.tables import (
    SpeechRow,
    even_rows,
    is_headed,
    read_captions,
    read_table,
    write_captions,
    write_rows,
)
from corpus.transcripts.text import Text, TextWriter
from corpus.words.language import Bilingual

MAX_CELL = 10 * 1024 * 1024
_SEPARATORS = "\t;,"


def read_speech_table(data: bytes, file: str) -> Text:
    """Rows as utterances; two columns without a header are speaker and text. Semicolons and commas need a header.

    In a table of times and text alone (Whisper's) labels are looked for in the text.
    Raises StudyError when no column holds the text, or none the speakers.
    """
    source, encoding = decode(data, file)
    cells = _cells(source)
    rows = read_table(cells)
    if rows is None and cells and all(len(row) == 2 and len(row[0].strip()) <= 40 for row in cells):
        rows = [SpeechRow(" ".join(speaker.split()), text, None) for speaker, text in cells]
    text = TextWriter(encoding=encoding)
    if rows:
        write_rows(rows, text)
        text.warnings += _nameless_rows(rows)
        return text.text()
    captions = read_captions(cells)
    if not captions:
        raise study_error(
            "servono una colonna con i parlanti e una con il testo, intitolate `speaker` e `text`",
            "it takes a column of speakers and one of text, headed `speaker` and `text`",
            file=file,
        )
    write_captions(captions, text)
    return text.text()


def _nameless_rows(rows: Sequence[SpeechRow]) -> Iterator[Bilingual]:
    """Where a program names nearly all speakers, a row without one may be of somebody else than the row before."""
    nameless = sum(not row.named for row in rows)
    if 0 < nameless < 0.2 * len(rows):
        yield Bilingual(
            f"righe senza parlante: {nameless} su {len(rows)}; sono lette come di chi parla prima",
            f"rows without a speaker: {nameless} of {len(rows)}; they are read as the speaker's before them",
        )


def _cells(source: str) -> list[list[str]]:
    """The rows, parted where the header is; without one, tabs part them."""
    csv.field_size_limit(MAX_CELL)
    tabbed: list[list[str]] = []
    for separator in _SEPARATORS:
        try:
            cells = [row for row in csv.reader(io.StringIO(source), delimiter=separator) if any(row)]
        except csv.Error:
            continue
        if cells and is_headed(cells[0]):
            return even_rows(cells)
        tabbed = tabbed or cells
    return even_rows(tabbed)
