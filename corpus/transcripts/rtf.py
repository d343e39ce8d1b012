"""RTF documents, as Word, LibreOffice and TextEdit write them: labelled paragraphs and tables. Runs no object."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.errors import study_error
from corpus.transcripts.blocks import Block, Paragraph, Table, TableCell, list_entry, write_blocks
from corpus.transcripts.rtf_pieces import CellPlace, Piece, read_pieces
from corpus.transcripts.text import Text, TextWriter
from corpus.words.spelling import tidy

_SAME_PLACE = 60  # twips, 1 mm: borders nearer than that are one


def read_rtf(data: bytes, file: str) -> Text:
    """The paragraphs of an RTF document; its source is the text with one line a paragraph.

    Deletions under revision and hidden text are dropped; footnotes, comments and text boxes become notes.
    Raises StudyError when the file is no RTF or is nested beyond measure.
    """
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise study_error(
            "non è un documento RTF: aprilo con Word o LibreOffice e salvalo di nuovo come .rtf",
            "not an RTF document: open it in Word or LibreOffice and save it again as .rtf",
            file=file,
        )
    document = _Document()
    notes: dict[int, list[str]] = {}
    for piece in read_pieces(data.rstrip(b"\0").decode("latin-1"), file):
        if piece.note:
            notes.setdefault(piece.note, []).append(" " if piece.ends else piece.text)
        else:
            document.add(piece)
    writer = TextWriter()
    write_blocks(document.end(), writer)
    writer.notes += [note for parts in notes.values() if (note := " ".join(_whole(parts).split()))]
    return writer.text()


@dataclass
class _OpenTable:
    """A table whose rows are being read: the finished ones with the places of their cells, and the one begun."""

    rows: list[tuple[list[list[Block]], tuple[CellPlace, ...]]] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)

    def end(self) -> Table:
        """The table; a row that was never ended counts."""
        if self.cell:
            self.cells.append(self.cell)
        if self.cells:
            self.rows.append((self.cells, ()))
        borders = _borders(place.right for _, places in self.rows for place in places)
        return Table([_row(cells, places, borders) for cells, places in self.rows])


@dataclass
class _Document:
    """Paragraphs and tables put together from pieces; `tables` are those open, one inside the other."""

    blocks: list[Block] = field(default_factory=list)
    tables: list[_OpenTable] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def add(self, piece: Piece) -> None:
        """Adds a run of characters, or the end of a paragraph, cell or row."""
        if not piece.ends:
            self.pieces.append(piece)
            return
        self._go_into(max(piece.table, piece.ends != "paragraph"))
        if piece.ends != "row":
            self._end_paragraph()
        if piece.ends == "cell":
            self.tables[-1].cells.append(self.tables[-1].cell)
            self.tables[-1].cell = []
        elif piece.ends == "row":
            table = self.tables[-1]
            table.rows.append((table.cells, piece.places))
            table.cells = []

    def end(self) -> list[Block]:
        """All blocks; what was never ended counts."""
        if self.pieces:
            self._go_into(self.pieces[-1].table)
            self._end_paragraph()
        self._go_into(0)
        return self.blocks

    def _go_into(self, depth: int) -> None:
        while len(self.tables) < depth:
            self.tables.append(_OpenTable())
        while len(self.tables) > depth:
            table = self.tables.pop().end()
            self._inner().append(table)

    def _inner(self) -> list[Block]:
        return self.tables[-1].cell if self.tables else self.blocks

    def _end_paragraph(self) -> None:
        label = _whole(piece.text for piece in self.pieces if piece.label).strip()
        pieces = [piece for piece in self.pieces if not piece.label]
        leading = next((n for n, piece in enumerate(pieces) if piece.text.strip() and not piece.stressed), len(pieces))
        while leading and not pieces[leading - 1].stressed:
            leading -= 1
        stressed = len(_whole(piece.text for piece in pieces[:leading]))
        paragraph = Paragraph(_whole(piece.text for piece in pieces), stressed)
        self._inner().append(list_entry(label, paragraph) if label else paragraph)
        self.pieces = []


def _borders(edges: Iterable[int]) -> list[int]:
    borders: list[int] = []
    for edge in sorted(edges):
        if not borders or edge - borders[-1] > _SAME_PLACE:
            borders.append(edge)
    return borders


def _row(cells: Sequence[Sequence[Block]], places: Sequence[CellPlace], borders: Sequence[int]) -> list[TableCell]:
    """The cells of a row over the columns that `borders` part; merged cells are one."""
    if len(places) != len(cells):
        return [TableCell(blocks) for blocks in cells]
    row: list[TableCell] = []
    begin = 0
    for blocks, place in zip(cells, places, strict=True):
        end = bisect(borders, place.right)
        columns = max(end - begin, 1)
        begin = end
        if place.after_left and row:
            row[-1] = replace(row[-1], columns=row[-1].columns + columns)
        else:
            row.append(TableCell([] if place.under_above else blocks, columns))
    return row


def _whole(parts: Iterable[str]) -> str:
    """The text of pieces put together; characters written as two halves are made whole, a lone half is a `\ufffd`."""
    return tidy("".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
