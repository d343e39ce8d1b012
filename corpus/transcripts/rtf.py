"""RTF documents, as Word, LibreOffice and TextEdit write them: labelled paragraphs and tables. Runs no object."""

from collections.abc import Iterable
from dataclasses import replace

from corpus.errors import study_error
from corpus.files.decoding import tidy
from corpus.transcripts.rtf_pieces import Piece, read_pieces
from corpus.transcripts.tables import read_table
from corpus.transcripts.text import Text, TextWriter


def read_rtf(data: bytes, file: str) -> Text:
    """The paragraphs of an RTF document; its source is the text with one line a paragraph.

    Deletions under revision and hidden text are dropped; footnotes and comments become notes.
    Raises StudyError when the file is no RTF or is nested beyond measure.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise study_error(
            "non è un documento RTF: aprilo con Word o LibreOffice e salvalo di nuovo come .rtf",
            "not an RTF document: open it in Word or LibreOffice and save it again as .rtf",
            file=file,
        )
    writer = TextWriter()
    notes: dict[int, list[str]] = {}
    paragraph: list[Piece] = []
    cells: list[str] = []
    rows: list[list[str]] = []
    for piece in read_pieces(data.decode("latin-1"), file):
        if piece.note:
            notes.setdefault(piece.note, []).append(" " if piece.ends else piece.text)
        elif not piece.ends:
            paragraph.append(piece)
        elif piece.ends == "cell":
            cells.append(_whole(part.text for part in paragraph))
            paragraph = []
        elif piece.ends == "row":
            rows.append(cells)
            cells = []
        elif piece.in_table:
            paragraph.append(replace(piece, text="\n", ends=""))
        else:
            _add_table(rows, writer)
            rows = []
            _add_paragraph(paragraph, writer)
            paragraph = []
    _add_table([*rows, cells] if cells else rows, writer)
    _add_paragraph(paragraph, writer)
    writer.notes += [note for parts in notes.values() if (note := " ".join(_whole(parts).split()))]
    return writer.text()


def _add_paragraph(pieces: list[Piece], writer: TextWriter) -> None:
    leading = next((n for n, piece in enumerate(pieces) if piece.text.strip() and not piece.stressed), len(pieces))
    while leading and not pieces[leading - 1].stressed:
        leading -= 1
    writer.add_paragraph(_whole(piece.text for piece in pieces), len(_whole(piece.text for piece in pieces[:leading])))


def _add_table(rows: list[list[str]], writer: TextWriter) -> None:
    spoken = read_table(rows)
    if spoken is None:
        for cell in (cell for row in rows for cell in row):
            writer.add_paragraph(cell)
        return
    for row in spoken:
        writer.add_spoken(row.speaker, row.text, row.start_ms)


def _whole(parts: Iterable[str]) -> str:
    """The text of pieces put together; characters written as two halves are made whole, a lone half is a `\ufffd`."""
    return tidy("".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
