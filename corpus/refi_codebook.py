"""A theme codebook exported by another program as REFI-QDA .qdc, as rows of codebook.csv. Reads no coding."""

import re
from xml.etree.ElementTree import Element

from corpus.errors import study_error
from corpus.spelling import clean_cell, fold
from corpus.transcripts.xml import parse_xml

HEADER = ["code", "label", "parent", "definition"]
_MAX_DEPTH = 50


def read_qdc(data: bytes, file: str) -> list[list[str]]:
    """The header and one row a code, parents before children: code, label, parent, definition.

    A .qdc has names but no short codes: the code is the name in lower case with `_` for spaces, after its parent's when
    two have one name. The definition is the code's description. Raises StudyError when it is no REFI-QDA codebook.
    """
    root = parse_xml(data, file)
    codes = next((element for element in root.iter() if _name(element) == "Codes"), None)
    if codes is None:
        raise study_error(
            "non è un libro dei codici REFI-QDA: esportalo di nuovo dal suo programma",
            "not a REFI-QDA codebook: export it again from its program",
            file=file,
        )
    rows = [HEADER]
    _add_codes(codes, "", rows, file, depth=0)
    return rows


def _add_codes(holder: Element, parent: str, rows: list[list[str]], file: str, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise study_error(
            f"i codici sono annidati oltre {_MAX_DEPTH} livelli", f"codes are nested over {_MAX_DEPTH} deep", file=file
        )
    for element in holder:
        if _name(element) == "Code":
            label = clean_cell(element.get("name", ""))
            code = re.sub(r"\W+", "_", fold(label)).strip("_")
            if parent and any(code == row[0] for row in rows):
                code = f"{parent}_{code}"
            described = next((child.text or "" for child in element if _name(child) == "Description"), "")
            rows.append([code, label, parent, clean_cell(described)])
            _add_codes(element, code, rows, file, depth + 1)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
