"""Tab-separated tables with a column for the speaker and one for the text. Other separators are left to people."""

import csv
import io

from corpus.errors import study_error
from corpus.files.decoding import decode
from corpus.transcripts.tables import Row, read_table, write_rows
from corpus.transcripts.text import Text, TextWriter

MAX_CELL = 10 * 1024 * 1024


def read_delimited(data: bytes, file: str) -> Text:
    """Rows as utterances; two columns without a header are speaker and text.

    Raises StudyError when no column holds the speakers.
    """
    source, encoding = decode(data, file)
    csv.field_size_limit(MAX_CELL)
    try:
        cells = [row for row in csv.reader(io.StringIO(source), delimiter="\t") if any(row)]
    except csv.Error:
        cells = []
    rows = read_table(cells)
    if rows is None and cells and all(len(row) == 2 and len(row[0].strip()) <= 40 for row in cells):
        rows = [Row(" ".join(speaker.split()), text, None) for speaker, text in cells]
    if not rows:
        raise study_error(
            "servono una colonna con i parlanti e una con il testo, intitolate `speaker` e `text`",
            "it takes a column of speakers and one of text, headed `speaker` and `text`",
            file=file,
        )
    text = TextWriter(encoding=encoding)
    write_rows(rows, text)
    return text.text()
