"""The bytes of a researcher's CSV as rows of text, whatever program saved it. Never asks what the columns mean."""

import csv
import io
from collections.abc import Collection, Iterator

from corpus.errors import Notebook, Problem, listed, study_error
from corpus.files.decoding import decode_exactly
from corpus.words.formulas import unguard
from corpus.words.spelling import clean_cell, fold, holds_control

SEPARATORS = (";", "\t", ",")
_ROWS_TRIED = 50
_MOST_SIGNS = 100_000  # separators in a line; more would fill the memory


def read_delimited(
    data: bytes, file: str, expected: Collection[str] = ()
) -> tuple[list[list[str]], tuple[Problem, ...]]:
    """Rows of a CSV, cells cleaned; the separator (`;`, tab or `,`) is the one that explains the header and rows best.

    `expected` are column names, folded, that help to recognise it. A line break inside quotes does not start a row, so
    that item i of the list is row i + 1 of the spreadsheet. A quote that is never closed ends the reading with a
    Problem; the rows before it are returned. Raises StudyError when the bytes are no text or a row has no end.
    """
    text, separators = _named_separator(decode_exactly(data, file)[0])
    if any(line.count(sign) > _MOST_SIGNS for line in text.splitlines() for sign in separators):
        raise study_error(
            "una riga ha troppe colonne: tieni solo quelle che servono",
            "a row has too many columns: keep those needed alone",
            file=file,
        )
    separator = max(separators, key=lambda sign: _fit(text, sign, expected))
    rows: list[list[str]] = []
    notebook = Notebook(file)
    try:
        for cells in _parse_rows(text, separator):
            rows.append(cells)
    except csv.Error:
        notebook.error(
            "virgolette non chiuse o chiuse a metà cella: il file è letto fino alla riga prima; "
            'dentro una cella le virgolette si scrivono doppie ("")',
            "a quote that is not closed, or closed in the middle of a cell: the file is read up to the row before; "
            'inside a cell write quotes doubled ("")',
            row=len(rows) + 1,
        )
    if holds_control(text):
        _tell_controls(text, separator, notebook)
    return rows, notebook.problems


def _tell_controls(text: str, separator: str, notebook: Notebook) -> None:
    """A warning that names the rows of which cells lost a control character, which nobody sees."""
    rows: list[int] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            rows += [number] if any(map(holds_control, cells)) else []
    except csv.Error:  # told where the rows are read
        pass
    if rows:
        notebook.warning(
            f"caratteri di controllo, che nessuno vede, tolti da celle, righe {listed(rows)}: controlla che lì non "
            "manchi uno spazio o una lettera",
            f"control characters, which nobody sees, taken out of cells, rows {listed(rows)}: check that no space or "
            "letter is missing there",
            row=rows[0],
        )


def _named_separator(text: str) -> tuple[str, tuple[str, ...]]:
    """Excel writes and hides a first line such as `sep=;`."""
    first, _, rest = text.partition("\n")
    if first.rstrip("\r").lower().startswith("sep=") and len(first.rstrip("\r")) == 5:
        return rest, (first[4],)
    return text, SEPARATORS


def _parse_rows(text: str, separator: str) -> Iterator[list[str]]:
    for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        yield [unguard(clean_cell(cell)) for cell in cells]


def _fit(text: str, separator: str, expected: Collection[str]) -> tuple[int, int, int]:
    """Header names recognised, rows as wide as the header, width of the header."""
    rows: list[list[str]] = []
    try:
        for cells in _parse_rows(text, separator):
            rows.append(cells)
            if len(rows) > _ROWS_TRIED:
                break
    except csv.Error:
        pass
    if not rows:
        return (0, 0, 0)
    width = len(rows[0])
    alike = sum(len(cells) == width for cells in rows[1:]) if width > 1 else 0
    return (sum(fold(name) in expected for name in rows[0]), alike, width)
