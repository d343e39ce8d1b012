"""Passages that people coded, `codings.csv`, each found in its transcript. Never takes other words for a quote."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pandas as pd

from corpus.errors import Problem, listed, problem
from corpus.records import STANCES
from corpus.schemas import HumanCodings, empty
from corpus.sheets import Row, read_sheet
from corpus.spelling import suggestion
from corpus.stances import stance_of

FILE = "codings.csv"
REQUIRED = ("transcript", "code")
OPTIONAL = ("start", "end", "quote", "stance", "coder")
_APOSTROPHES = "'’‘`´"
_QUOTES = '"“”«»„'

Passage = tuple[int, int]


def read_human_codings(
    folder: Path, sources: Mapping[str, str], themes: Collection[str], file: str = FILE
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The HumanCodings frame, sorted by transcript, position, theme and coder, and what is wrong.

    `sources` are the texts of the transcripts by id, `themes` the codes of the codebook. `start` and `end` count the
    characters of the source from 0, end exclusive. Where they are blank or do not hold the quote, the quote is searched
    in the source (white space, apostrophes and quotation marks may differ) and the place nearest to `start` is taken.
    A row whose passage is not found is left out. Raises StudyError when the file cannot be read.
    """
    sheet = read_sheet(folder, file, REQUIRED, OPTIONAL, aliases={"theme": "code"})
    file, problems = sheet.file, list(sheet.problems)
    known = list(_known_rows(sheet.rows, sources, themes, file, problems))
    coded: dict[tuple[str, int, int, str, str], tuple[int, list[object]]] = {}
    moved: list[int] = []
    for row in known:
        source = sources[row["transcript"]]
        passage = _passage(row, source, file, problems, moved)
        if passage is None:
            continue
        key = (row["transcript"], *passage, row["code"], row["coder"])
        if key in coded:
            it = f"la stessa codifica è già alla riga {coded[key][0]}: vale quella"
            en = f"the same coding is already in row {coded[key][0]}: that one counts"
            problems.append(problem(it, en, file, row.number, severity="warning"))
            continue
        stance = _stance(row, file, problems)
        start, end = passage
        cells = [row["transcript"], start, end, source[start:end], row["code"], stance, row["coder"], False]
        coded[key] = (row.number, cells)
    if moved:
        it = f"{len(moved)} citazioni non erano alle posizioni indicate, ritrovate altrove: righe {listed(moved)}"
        en = f"{len(moved)} quotes did not stand at their positions and were found elsewhere: rows {listed(moved)}"
        problems.append(problem(it, en, file, moved[0], "start", "warning"))
    if not coded:
        return empty(HumanCodings), tuple(problems)
    frame = pd.DataFrame([cells for _, cells in coded.values()], columns=list(HumanCodings.to_schema().columns))
    return in_order(frame), tuple(problems)


def in_order(codings: pd.DataFrame) -> pd.DataFrame:
    """A HumanCodings frame in canonical order, each coder's coding of a passage once."""
    place = ["transcript", "start", "end", "theme", "coder"]
    ordered = codings.drop_duplicates(place).sort_values(place, kind="stable", ignore_index=True)
    return HumanCodings.validate(ordered)


def find_quote(quote: str, source: str) -> tuple[Passage, ...]:
    """Every place of `quote` in `source`; white space, apostrophes and quotation marks may differ from the quote's."""
    words = (re.escape(word) for word in quote.split())
    pattern = r"\s+".join(words)
    pattern = re.sub(f"[{_APOSTROPHES}]", lambda _: f"[{_APOSTROPHES}]", pattern)
    pattern = re.sub(f"[{_QUOTES}]", lambda _: f"[{_QUOTES}]", pattern)
    return tuple(match.span() for match in re.finditer(pattern, source)) if pattern else ()


def _known_rows(
    rows: Collection[Row], sources: Collection[str], themes: Collection[str], file: str, problems: list[Problem]
) -> Iterator[Row]:
    """Rows of known transcripts and themes; each unknown name is reported once, with its rows."""
    unknown: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        for column, names in (("transcript", sources), ("code", themes)):
            if row[column] not in names:
                unknown.setdefault((column, row[column]), []).append(row.number)
                break
        else:
            yield row
    for (column, name), numbers in unknown.items():
        if not name:
            it, en = "cella vuota", "blank cell"
        elif column == "transcript":
            hint = suggestion(name, sources)
            it = f"la trascrizione `{name}` non c'è o non si è potuta leggere{hint.it}"
            en = f"the transcript `{name}` does not exist or could not be read{hint.en}"
        else:
            hint = suggestion(name, themes)
            it = f"il tema `{name}` non è nel libro dei codici{hint.it}"
            en = f"the theme `{name}` is not in the codebook{hint.en}"
        it = f"{it}; righe lasciate fuori: {listed(numbers)}"
        en = f"{en}; rows left out: {listed(numbers)}"
        problems.append(problem(it, en, file, numbers[0], column))


def _passage(row: Row, source: str, file: str, problems: list[Problem], moved: list[int]) -> Passage | None:
    given = _given(row, file, problems)
    quote = row["quote"]
    if given and 0 <= given[0] < given[1] <= len(source):
        said = source[given[0] : given[1]]
        if not quote or quote in said or find_quote(quote, said):
            return given
    elif given and not quote:
        it = f"le posizioni {given[0]}-{given[1]} non sono nella trascrizione ({len(source)} caratteri): lasciata fuori"
        en = f"positions {given[0]}-{given[1]} are not in the transcript ({len(source)} characters): left out"
        problems.append(problem(it, en, file, row.number, "start"))
        return None
    if not quote:
        it = "mancano sia la citazione sia le posizioni: riga lasciata fuori"
        en = "neither quote nor positions: row left out"
        problems.append(problem(it, en, file, row.number, "quote"))
        return None
    places = find_quote(quote, source)
    if not places:
        it = f"la citazione non si trova nella trascrizione `{row['transcript']}`: riga lasciata fuori"
        en = f"the quote is not found in the transcript `{row['transcript']}`: row left out"
        problems.append(problem(it, en, file, row.number, "quote"))
        return None
    if given:
        moved.append(row.number)
    elif len(places) > 1:
        it = f"la citazione compare {len(places)} volte: vale la prima; indica start ed end per sceglierne un'altra"
        en = f"the quote occurs {len(places)} times: the first counts; give start and end to choose another"
        problems.append(problem(it, en, file, row.number, "quote", "warning"))
    wanted = given[0] if given else 0
    return min(places, key=lambda place: (abs(place[0] - wanted), place))


def _given(row: Row, file: str, problems: list[Problem]) -> Passage | None:
    if not row["start"] and not row["end"]:
        return None
    if row["start"].isdecimal() and row["end"].isdecimal():
        return int(row["start"]), int(row["end"])
    column = "end" if row["start"].isdecimal() else "start"
    it = f"`{row[column]}` non è una posizione (un numero intero): la citazione è cercata nel testo"
    en = f"`{row[column]}` is no position (a whole number): the quote is searched in the text"
    problems.append(problem(it, en, file, row.number, column, "warning"))
    return None


def _stance(row: Row, file: str, problems: list[Problem]) -> str:
    stance = stance_of(row["stance"])
    if stance is not None:
        return stance
    names = ", ".join(STANCES)
    it = f"`{row['stance']}` non è una posizione ({names}): è letta come non indicata"
    en = f"`{row['stance']}` is no stance ({names}): it is read as not given"
    problems.append(problem(it, en, file, row.number, "stance"))
    return ""
