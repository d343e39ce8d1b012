"""A reader of .qdpx files that shares no code with Trama, takes what the standard says alone, and checks it all."""

import io
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

XSD = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "refi-qda"
NS = "{urn:QDA-XML:project:1.0}"
REFERENCES = {
    "CodeRef": "Code", "SourceRef": "TextSource", "VariableRef": "Variable", "NoteRef": "Note", "MemberCode": "Code",
    "MemberSource": "TextSource",
}  # fmt: skip


@dataclass
class Read:
    codes: dict = field(default_factory=dict)  # name -> (parent's name, description, colour)
    codings: list = field(default_factory=list)  # (source, start, end, text, code, user, note)
    texts: dict = field(default_factory=dict)
    cases: dict = field(default_factory=dict)  # name -> (variable -> (type, value), names of sources)


@cache
def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(XSD / name.lower() / "v1.0" / f"{name}.xsd"))


def read_strictly(data: bytes) -> Read:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.namelist()
        assert len(members) == len(set(members)) and "project.qde" in members
        root = etree.fromstring(archive.read("project.qde"))
        files = {name: archive.read(name) for name in members if name != "project.qde"}
    if XSD.is_dir():
        schema("Project").assertValid(root)
    guids = [element.get("guid") for element in root.iter("*") if element.get("guid")]
    assert len(guids) == len(set(guids)), "a GUID comes twice"
    kinds = {element.get("guid"): etree.QName(element).localname for element in root.iter("*") if element.get("guid")}
    names = {element.get("guid"): element.get("name") for element in root.iter("*") if element.get("guid")}
    for element in root.iter("*"):
        kind = etree.QName(element).localname
        if kind in REFERENCES:
            assert kinds[element.get("targetGUID")] == REFERENCES[kind]
        for attribute in ("originGUID", "targetGUID") if kind == "Link" else ():
            assert kinds[element.get(attribute)] in ("Code", "TextSource", "PlainTextSelection", "Case", "Note")
        for attribute in ("creatingUser", "creatingUserGUID"):
            assert element.get(attribute) is None or kinds[element.get(attribute)] == "User"
    read = Read()
    for code in root.iter(f"{NS}Code"):
        above = code.getparent().get("name") if code.getparent().tag == f"{NS}Code" else ""
        assert code.get("name") not in read.codes, "two codes of one name: QualCoder would drop the second"
        read.codes[code.get("name")] = (above, code.findtext(f"{NS}Description") or "", code.get("color"))
    for source in root.iter(f"{NS}TextSource"):
        path = source.get("plainTextPath")
        assert path == f"internal://{source.get('guid')}.txt"
        raw = files.pop(f"sources/{source.get('guid')}.txt")
        text = raw.decode("utf-8", "strict")
        assert not text.startswith("\ufeff") and "\r" not in text
        read.texts[source.get("name")] = text
        for selection in source.iter(f"{NS}PlainTextSelection"):
            start = int(selection.get("startPosition"))
            end = int(selection.get("endPosition"))
            assert 0 <= start < end <= len(text)
            assert selection.get("creationDateTime"), "QualCoder stops at a selection without a date"
            codings = selection.findall(f"{NS}Coding")
            joined = {link.get(end) for link in root.iter(f"{NS}Link") for end in ("originGUID", "targetGUID")}
            noted = selection.find(f"{NS}NoteRef") is not None or selection.get("guid") in joined
            assert codings or noted, "a selection for nothing"
            assert all(each.get("creatingUser") == selection.get("creatingUser") for each in codings)
            note = selection.findtext(f"{NS}Description") or ""
            for coding in codings:
                code = names[coding.find(f"{NS}CodeRef").get("targetGUID")]
                user = names[coding.get("creatingUser")]
                read.codings.append((source.get("name"), start, end, text[start:end], code, user, note))
    assert not files, "a member that no source names"
    types = {each.get("guid"): each.get("typeOfVariable") for each in root.iter(f"{NS}Variable")}
    for case in root.iter(f"{NS}Case"):
        values = {}
        for value in case.findall(f"{NS}VariableValue"):
            reference, written = list(value)
            of = reference.get("targetGUID")
            assert etree.QName(written).localname == f"{types[of]}Value"
            assert names[of] not in values, "a variable with two values in one case"
            values[names[of]] = (types[of], written.text)
        sources = [names[each.get("targetGUID")] for each in case.findall(f"{NS}SourceRef")]
        read.cases[case.get("name")] = (values, sources)
    return read
