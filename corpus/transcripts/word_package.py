"""The parts of a Word file: its document, and what stands beside it. Knows how they are linked, not what they say."""

import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from corpus.errors import StudyError, study_error
from corpus.files.archives import open_archive, read_member
from corpus.files.xml import parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Strict Open XML is the same vocabulary under other names.
_STRICT = {
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}": W,
    "{http://purl.oclc.org/ooxml/officeDocument/math}": M,
}
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# What stands beside the document and is read, with the name that programs give it.
BESIDE = ("styles", "numbering", "comments", "footnotes", "endnotes")


@dataclass(frozen=True, slots=True)
class WordPackage:
    """The document's body, the roots of the parts beside it, and the kinds of those that cannot be read."""

    body: Element
    parts: dict[str, Element]
    broken: tuple[str, ...]


def open_word(data: bytes, file: str) -> WordPackage:
    """The Word file in `data`, of whichever program, transitional or strict, with macros or a template.

    Parts are found by their relations and not by their content types, which many programs write wrong. A part beside
    the document that is missing or broken costs nothing but itself. Runs no macro.
    Raises StudyError when the document itself is damaged, protected, too big unpacked, or no document of Word.
    """
    archive = open_archive(data, file)
    names = {_plain(name): name for name in archive.namelist()}
    main = _targets(archive, names, "", file).get("officeDocument", "word/document.xml")
    root = _part(archive, names, main, file)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise study_error(
            "non è un documento Word leggibile: aprilo con Word o LibreOffice e salvalo di nuovo come .docx",
            "not a readable Word document: open it in Word or LibreOffice and save it again as .docx",
            file=file,
        )
    targets = _targets(archive, names, main, file)
    parts: dict[str, Element] = {}
    broken: list[str] = []
    for kind in BESIDE:
        if kind not in targets:
            continue
        try:
            part = _part(archive, names, targets[kind], file)
        except StudyError:
            part = None
        if part is None:
            broken.append(kind)
        else:
            parts[kind] = part
    return WordPackage(body, parts, tuple(broken))


def _part(archive: zipfile.ZipFile, names: dict[str, str], name: str, file: str) -> Element | None:
    if _plain(name) not in names:
        return None
    content = read_member(archive, names[_plain(name)], file)
    return _transitional(parse_xml(content, file)) if content is not None else None


def _targets(archive: zipfile.ZipFile, names: dict[str, str], source: str, file: str) -> dict[str, str]:
    """The parts that `source` ("" for the package) refers to, by the last word of their relation; the first of each."""
    folder, base = posixpath.split(source)
    targets: dict[str, str] = {}
    try:
        root = _part(archive, names, posixpath.join(folder, "_rels", f"{base}.rels"), file)
    except StudyError:
        root = None
    if root is None:
        usual = ((kind, posixpath.join(folder, f"{kind}.xml")) for kind in BESIDE)
        return {kind: name for kind, name in usual if _plain(name) in names}
    for relation in root.iter(_RELATIONSHIP):
        if relation.get("TargetMode") != "External":
            kind = relation.get("Type", "").rpartition("/")[2]
            targets.setdefault(kind, posixpath.join(folder, relation.get("Target", "")))
    return targets


def _plain(name: str) -> str:
    """A part's name as it is compared: some programs write it with backslashes, or in other letter case."""
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").casefold()


def _transitional(root: Element) -> Element:
    if not root.tag.startswith("{http://purl.oclc.org/"):
        return root
    for element in root.iter():
        element.tag = _renamed(element.tag)
        element.attrib = {_renamed(name): value for name, value in element.attrib.items()}
    return root


def _renamed(name: str) -> str:
    space, brace, local = name.rpartition("}")
    return _STRICT.get(space + brace, space + brace) + local
