"""What may be wrong with the form of a table, whatever it holds: its rows, columns and cells. Reads no file."""

from collections.abc import Iterable, Mapping, Sequence

from corpus.errors import Problem, listed, problem
from corpus.words.language import Bilingual

FORMULA_ERRORS = frozenset(
    str.split("#N/A #N/D #DIV/0! #REF! #RIF! #VALUE! #VALORE! #NAME? #NOME? #NUM! #NULL! #NULLO! #SPILL!")
)


def nameless_columns(header: Sequence[str], rows: Sequence[Sequence[str]], file: str, row: int) -> list[Problem]:
    """A warning for each column with filled cells and no name."""
    nameless = [
        place
        for place, title in enumerate(header)
        if not title and any(place < len(cells) and cells[place] for cells in rows)
    ]
    message = Bilingual(
        "la colonna ha celle piene ma non ha nome: non è letta",
        "the column has filled cells but no name: it is not read",
    )
    return [Problem(message, file=file, row=row, column=f"n. {place + 1}", severity="warning") for place in nameless]


def missing_column(name: str, header: Sequence[str], file: str, row: int) -> Problem:
    """A required column that the header lacks."""
    found = ", ".join(title for title in header if title)
    message = Bilingual(
        f"manca la colonna `{name}`; le colonne trovate sono: {found}",
        f"the column `{name}` is missing; the columns found are: {found}",
    )
    return Problem(message, file=file, row=row, column=name)


def width_problem(cells: Sequence[str], width: int, file: str, row: int) -> Problem | None:
    """A row wider than the header is left out, a narrower one is read with blanks."""
    if any(cells[width:]):
        message = Bilingual(
            f"la riga ha {len(cells)} celle e l'intestazione {width}: la riga è lasciata fuori; "
            "metti tra virgolette le celle che contengono il separatore",
            f"the row has {len(cells)} cells and the header {width}: the row is left out; "
            "put cells that hold the separator between quotes",
        )
        return Problem(message, file=file, row=row)
    if len(cells) < width:
        message = Bilingual(
            f"la riga ha {len(cells)} celle e l'intestazione {width}: le celle che mancano sono lette come vuote",
            f"the row has {len(cells)} cells and the header {width}: the missing cells are read as blank",
        )
        return Problem(message, file=file, row=row, severity="warning")
    return None


def error_cells(broken: Mapping[str, Sequence[int]], file: str) -> Iterable[Problem]:
    """Cells that hold the error of a formula; `broken` are their rows by column."""
    for name, numbers in broken.items():
        it = f"celle con un errore di formula (#N/D, #RIF! ...), lette come vuote: righe {listed(numbers)}"
        en = f"cells with a formula error (#N/A, #REF! ...), read as blank: rows {listed(numbers)}"
        yield problem(it, en, file, numbers[0], name, "warning")
