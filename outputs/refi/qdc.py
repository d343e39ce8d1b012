"""The theme codebook as REFI-QDA codes: hierarchy, definitions, colours, and GUIDs that never change. Reads no file."""

import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from corpus.records import Theme
from corpus.refi.names import CODEBOOK, code_guid, code_names

# Okabe and Ito (2008): told apart by colour-blind people too
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999")
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def add_codes(codes: etree._Element, themes: Sequence[Theme], title: str, namespace: str) -> None:
    """Fill a `Codes` element: each theme inside its parent, in the order of the codebook."""
    names = code_names(themes)
    colours = {theme.code: theme.color or _COLOURS[place % len(_COLOURS)] for place, theme in enumerate(themes)}

    def add(holder: etree._Element, parent: str) -> None:
        for theme in [each for each in themes if (each.parent if each.parent in names else "") == parent]:
            element = etree.SubElement(holder, f"{{{namespace}}}Code")
            element.set("guid", code_guid(title, theme))
            element.set("name", xml_text(names[theme.code]))
            element.set("isCodable", "true")
            element.set("color", colours[theme.code])
            if theme.definition:
                etree.SubElement(element, f"{{{namespace}}}Description").text = xml_text(theme.definition)
            add(element, theme.code)

    add(codes, "")


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
