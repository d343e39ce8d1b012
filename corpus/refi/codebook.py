"""The codes of a REFI-QDA codebook or project as rows of codebook.csv. Reads no coding."""

import re
from collections.abc import Iterable

from corpus.errors import study_error
from corpus.refi.project import Code, read_codes
from corpus.spelling import fold
from corpus.transcripts.xml import parse_xml

HEADER = ["code", "label", "parent", "definition", "color"]


def read_qdc(data: bytes, file: str) -> list[list[str]]:
    """The header and one row a code of a .qdc. Raises StudyError when it is no REFI-QDA codebook."""
    codes = read_codes(parse_xml(data, file), file)
    if not codes:
        raise study_error(
            "non è un libro dei codici REFI-QDA: esportalo di nuovo dal suo programma",
            "not a REFI-QDA codebook: export it again from its program",
            file=file,
        )
    return [HEADER, *code_rows(codes)]


def code_rows(codes: Iterable[Code]) -> list[list[str]]:
    """One row a code, parents before children: code, label, parent, definition, colour.

    REFI-QDA has names but no short codes: the code is the name in lower case with `_` for spaces, after its parent's
    when two have one name, with a number when that is taken too. The definition is the code's description.
    """
    short: dict[str, str] = {"": ""}
    rows: list[list[str]] = []
    for code in codes:
        plain = re.sub(r"\W+", "_", fold(code.name)).strip("_") or "codice"
        parent = short.get(code.parent, "")
        tries = [plain, f"{parent}_{plain}" if parent else "", *(f"{plain}_{number}" for number in range(2, 10_000))]
        taken = {row[0] for row in rows}
        short[code.guid] = next(name for name in tries if name and name not in taken)
        rows.append([short[code.guid], code.name, parent, code.description, code.color])
    return rows
