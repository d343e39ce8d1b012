"""The theme codebook as REFI-QDA codes: hierarchy, definitions, colours, and GUIDs that never change. Reads no file."""

import re
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID, uuid5

from lxml import etree

from corpus.records import Theme

CODEBOOK = "urn:QDA-XML:codebook:1.0"
_NAMESPACE = UUID("6f0c1e5a-6f1b-5d59-9a55-7c1f4d2b8a10")
# Okabe and Ito (2008): told apart by colour-blind people too
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999")
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def guid(*parts: str) -> str:
    """The GUID of a thing from what it is: the same in every export, so that a second import merges."""
    return str(uuid5(_NAMESPACE, "\0".join(parts)))


def xml_text(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def add_codes(codes: etree._Element, themes: Sequence[Theme], title: str, namespace: str) -> None:
    """Fill a `Codes` element: parents before their children, in the order of the codebook."""
    known = {theme.code for theme in themes}
    elements: dict[str, etree._Element] = {}
    waiting = list(themes)
    while waiting:
        left = [theme for theme in waiting if theme.parent in known and theme.parent not in elements]
        for theme in waiting:
            if theme in left:
                continue
            holder = elements.get(theme.parent, codes)
            element = etree.SubElement(holder, f"{{{namespace}}}Code")
            element.set("guid", guid(title, "code", theme.code))
            element.set("name", xml_text(theme.label))
            element.set("isCodable", "true")
            element.set("color", _COLOURS[themes.index(theme) % len(_COLOURS)])
            if theme.definition:
                etree.SubElement(element, f"{{{namespace}}}Description").text = xml_text(theme.definition)
            elements[theme.code] = element
        if len(left) == len(waiting):
            break  # a circle of parents, which the reader of the codebook has cut already
        waiting = left


def xml_bytes(root: etree._Element) -> bytes:
    """The document, the same bytes for the same content."""
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def write_qdc(themes: Sequence[Theme], path: Path, title: str = "") -> Path:
    """The codebook as a .qdc file. `title` is the study's: it is part of what the GUIDs are made of. Raises OSError."""
    root = etree.Element(f"{{{CODEBOOK}}}CodeBook", nsmap={None: CODEBOOK})
    root.set("origin", "Trama")
    add_codes(etree.SubElement(root, f"{{{CODEBOOK}}}Codes"), themes, title, CODEBOOK)
    path.write_bytes(xml_bytes(root))
    return path
