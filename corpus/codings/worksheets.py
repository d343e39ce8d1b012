"""Worksheets that people fill in, as far as all kinds are alike: hidden columns, passages, names on top."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.codings.coding_reader import CodingReader
from corpus.codings.quotations import Wording, nearest
from corpus.transcripts.transcript_names import transcript_called
from corpus.words.language import Bilingual
from corpus.words.spelling import fold

# in the first cell of the hidden line that names the columns: which kind of worksheet it is
CODING = "trama"
SETTLING = "trama settle"
PASSAGE = ("transcript", "start", "end", "source")  # the hidden columns in which each row says where it stands
_TOP = 20  # lines in which the hidden one is looked for


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook in `codings/` as it was opened: its path in the study, and the lines of cells of each sheet."""

    file: str
    cells: Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True)
class FilledSheet:
    """One sheet of a workbook: its lines of cells, and which of them (from 0) is the hidden one with the columns."""

    name: str
    lines: Sequence[Sequence[str]]
    head: int

    @property
    def columns(self) -> dict[str, int]:
        """Key -> place of the column."""
        return {key: number for number, key in enumerate(self.lines[self.head]) if key}

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row to fill in with the number that a person sees; the visible headings come before the first."""
        columns = self.columns
        for number, line in enumerate(self.lines[self.head + 2 :], start=self.head + 3):
            yield number, {key: line[column] if column < len(line) else "" for key, column in columns.items()}

    def written(self, label: Bilingual) -> str:
        """What somebody wrote beside a label above the rows, "" where nothing."""
        labels = {fold(text) for text in label}
        for line in self.lines[: self.head]:
            for number, cell in enumerate(line[:-1]):
                if fold(cell.rstrip(":")) in labels:
                    return next((text for text in line[number + 1 :] if text), "")
        return ""


def find_sheet(
    cells: Mapping[str, Sequence[Sequence[str]]], mark: str, columns: Collection[str] = ()
) -> FilledSheet | None:
    """The first sheet of a workbook (name -> lines of cells) that has the mark and these columns, None for none."""
    wanted = set(columns)
    for name, lines in cells.items():
        for number, line in enumerate(lines[:_TOP]):
            if [*line[:1]] == [mark] and wanted <= set(line):
                return FilledSheet(name, lines, number)
    return None


@dataclass
class SheetReader(CodingReader):
    """One worksheet being read; `headings` are what a person sees above each column.

    `again` says what to do with a row whose passage is lost.
    """

    again: Bilingual
    headings: dict[str, str] = field(default_factory=dict)

    def open(self, sheet: FilledSheet) -> FilledSheet:
        """The same sheet; what is wrong is told of it from now on."""
        self.notebook = self.notebook.of(f"{self.notebook.file} ({sheet.name})")
        after = sheet.head + 1
        titles = sheet.lines[after] if after < len(sheet.lines) else []
        self.headings = {key: "".join(titles[number : number + 1]) for key, number in sheet.columns.items()}
        return sheet

    def passage(self, number: int, row: Mapping[str, str]) -> tuple[str, int, int] | None:
        """Transcript, start and end of the row's passage (PASSAGE) as the text stands now; None, and told, if lost.

        One that has moved in its transcript is found by its words, never by others.
        """
        page = self.notebook.at(number)
        transcript = transcript_called(row["transcript"], self.texts)
        if transcript is None:
            page.error(
                f"la trascrizione `{row['transcript']}` non c'è più: riga lasciata fuori",
                f"the transcript `{row['transcript']}` is there no longer: row left out",
            )
            return None
        wording = self.texts[transcript]
        text = row["source"]
        start = _position(row["start"])
        end = _position(row["end"])
        if text and wording.source[start:end].split() == text.split():
            return transcript, start, end
        places = wording.find(text)
        if not places:
            now = likest_now(wording, text)
            page.error(
                f"il segmento in `{row['transcript']}` è cambiato dopo la scrittura del foglio: riga lasciata fuori"
                f"{now.it}; {self.again.it}",
                f"the segment in `{row['transcript']}` changed after the sheet was written: row left out{now.en}; "
                f"{self.again.en}",
            )
            return None
        page.warning(
            f"il segmento si è spostato in `{row['transcript']}`: ritrovato dalle sue parole",
            f"the segment has moved in `{row['transcript']}`: found by its words",
        )
        return transcript, *nearest(places, start)


def likest_now(wording: Wording, text: str) -> Bilingual:
    """Where something like lost words stands now, so that a person can code it anew; never taken in their place."""
    place = wording.likest(text)
    if place is None:
        return Bilingual("", "")
    shown = wording.excerpt(place)
    line = wording.line(place[0])
    start, end = place
    return Bilingual(
        f" (ora gli somiglia `{shown}`, riga {line} del testo, {start}-{end})",
        f" (what is like it now is `{shown}`, line {line} of the text, {start}-{end})",
    )


def _position(cell: str) -> int:
    """A position as a spreadsheet program leaves it."""
    number = cell.removesuffix(".0")
    return int(number) if number.isdecimal() else 0
