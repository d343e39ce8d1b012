"""A word processor's document as paragraphs and tables, whatever its format, and how they become readable text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from corpus.transcripts.tables import read_table, write_rows
from corpus.transcripts.text import TextWriter
from corpus.words.language import Bilingual


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's text, how many of its first characters are stressed, whether it is an entry of a numbered list."""

    text: str
    stressed: int = 0
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """What a table's cell holds, and over how many columns it goes."""

    blocks: Sequence["Block"]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of each row of a table."""

    rows: Sequence[Sequence[TableCell]]


Block = Paragraph | Table
_IN_BOXES = Bilingual(
    "tutto il testo sta in caselle di testo, lette nell'ordine in cui il file le ha: controlla l'ordine dei turni",
    "all of the text is in text boxes, read in the order in which the file has them: check the order of the turns",
)
UNREAD_STYLES = Bilingual(
    "gli stili del documento non si leggono: non si sa che cosa è nascosto o in grassetto per stile."
    " Aprilo nel suo programma e salvalo di nuovo",
    "the document's styles cannot be read: what is hidden or bold by style is not known."
    " Open it in its program and save it again",
)
# `R:`, `D1.`: labels that the word processor writes. Numerals (`1.`, `a)`, `iv.`) and bullets are none.
_LABEL = re.compile(r"[^\W\d_].*:|[^\W\d_]+[ .]?\d+[.):]+")


def list_entry(label: str, paragraph: Paragraph) -> Paragraph:
    """An entry of a list: with its label where that may name a speaker, else known as numbered."""
    label = " ".join(label.split())
    if not paragraph.text.strip():
        return paragraph
    if not _LABEL.fullmatch(label):
        return replace(paragraph, numbered=True)
    stressed = paragraph.stressed + len(label) + 1 if paragraph.stressed else 0
    return Paragraph(f"{label} {paragraph.text}", stressed)


def write_document(blocks: Sequence[Block], boxes: Sequence[Sequence[Block]], writer: TextWriter) -> None:
    """Adds a document to `writer`: its text boxes are notes, unless it has no words outside them."""
    if text_of(blocks) or not boxes:
        write_blocks(blocks, writer)
        writer.notes += [note for box in boxes if (note := " ".join(text_of(box).split()))]
        return
    for box in boxes:
        write_blocks(box, writer)
    writer.warnings.append(_IN_BOXES)


def write_blocks(blocks: Sequence[Block], writer: TextWriter) -> None:
    """Adds a document to `writer`: tables of speech with their speakers, any other table cell after cell."""
    for block in blocks:
        if isinstance(block, Paragraph):
            writer.add_paragraph(block.text, block.stressed, numbered=block.numbered)
            continue
        rows = read_table(_columns(block))
        if rows is not None:
            write_rows(rows, writer)
            continue
        for cell in chain.from_iterable(block.rows):
            write_blocks(cell.blocks, writer)


def joined(begun: Paragraph, rest: Paragraph) -> Paragraph:
    """The paragraph whose end was taken away, going on with the next one."""
    all_stressed = begun.stressed == len(begun.text)
    stressed = begun.stressed + rest.stressed if all_stressed else begun.stressed
    return Paragraph(begun.text + rest.text, stressed, begun.numbered or rest.numbered)


def text_of(blocks: Sequence[Block]) -> str:
    """The text of blocks, one line a paragraph, a table's cells one after the other."""
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        else:
            texts += [text_of(cell.blocks) for row in block.rows for cell in row]
    return "\n".join(texts).strip()


def _columns(table: Table) -> list[list[str | None]]:
    """The text of each row's cells by column; None in a column that a cell at its left covers.

    Columns are those of the rows of the usual length: borders moved by hand give a row of as many cells other places,
    and it is read in order all the same. A row of one cell goes across the table, whatever it says of its width.
    """
    lengths = Counter(len(row) for row in table.rows if len(row) > 1)
    usual = max(lengths, key=lambda length: (lengths[length], length), default=1)
    model = next((row for row in table.rows if len(row) == usual), ())
    starts = list(accumulate((cell.columns for cell in model[:-1]), initial=0))
    width = sum(cell.columns for cell in model)
    placed: list[list[str | None]] = []
    for row in table.rows:
        texts = [text_of(cell.blocks) for cell in row]
        if len(row) >= usual:
            placed.append([*texts])
        elif len(row) == 1:
            placed.append([*texts, *[None] * (usual - 1)])
        elif sum(cell.columns for cell in row) == width:
            placed.append(_placed(row, texts, starts))
        else:
            placed.append([*texts, *[""] * (usual - len(row))])
    return placed


def _placed(row: Sequence[TableCell], texts: Sequence[str], starts: Sequence[int]) -> list[str | None]:
    """The texts of a row with merged cells, each in the first of the columns that begin under it."""
    cells: list[str | None] = [None] * len(starts)
    begin = 0
    for cell, text in zip(row, texts, strict=True):
        first = next((column for column, start in enumerate(starts) if start >= begin), len(starts) - 1)
        before = cells[first]
        cells[first] = text if before is None else f"{before}\n{text}".strip()
        begin += cell.columns
    return cells
