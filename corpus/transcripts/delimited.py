"""Tab-separated tables with a column for the speaker and one for the text. Other separators are left to people."""

import csv
import io

from corpus.errors import study_error
from corpus.transcripts.decoding import decode
from corpus.transcripts.labels import LabelledText, read_labels
from corpus.transcripts.reading import Reading
from corpus.transcripts.tables import Row, read_table

MAX_CELL = 10 * 1024 * 1024


def read_delimited(data: bytes, file: str) -> Reading:
    """Rows as utterances; two columns without a header are speaker and text.

    Raises StudyError when no column holds the speakers.
    """
    csv.field_size_limit(MAX_CELL)
    try:
        cells = [row for row in csv.reader(io.StringIO(decode(data, file)), delimiter="\t") if any(row)]
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
    text = LabelledText()
    for row in rows:
        text.add_spoken(row.speaker, row.text.strip(), row.start_ms)
    return read_labels(text.source, text.lines, file)
