"""A study and its codings as a REFI-QDA project (.qdpx): texts, codes, codings, cases. Computes nothing.

Positions are Unicode code points of the plain text in the archive, which is UTF-8 without mark, line ends LF.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from corpus.segments import to_source
from corpus.study import Study
from nlp.results import Results
from outputs.refi.cases import add_cases
from outputs.refi.codebook import add_codes, guid, xml_bytes, xml_text

PROJECT = "urn:QDA-XML:project:1.0"
MACHINE = "Trama"
_WHEN = (1980, 1, 1, 0, 0, 0)  # the same study gives the same bytes


class _Coded(NamedTuple):
    transcript: str
    start: int
    end: int
    theme: str
    coder: str
    stance: str


def write_qdpx(study: Study, results: Results, path: Path) -> Path:
    """The project as a .qdpx file.

    Every coding is a selection of its own; the stance is its description. The machine's codings are by the user
    "Trama", people's by themselves. Each respondent is a case with the variables and answers, and its texts. Raises
    OSError.
    """
    title = study.settings.study.title
    coded = sorted({*_people(study), *_machine(study, results)})
    users = sorted({coding.coder for coding in coded} | {MACHINE})
    root = etree.Element(_tag("Project"), nsmap={None: PROJECT})
    root.set("name", xml_text(title))
    root.set("origin", MACHINE)
    root.set("creatingUserGUID", guid(title, "user", MACHINE))
    holder = etree.SubElement(root, _tag("Users"))
    for user in users:
        etree.SubElement(holder, _tag("User"), guid=guid(title, "user", user), name=xml_text(user))
    if study.themes:
        codes = etree.SubElement(etree.SubElement(root, _tag("CodeBook")), _tag("Codes"))
        add_codes(codes, study.themes, title, PROJECT)
    add_cases(root, study, title, PROJECT)
    sources = etree.SubElement(root, _tag("Sources"))
    texts: dict[str, str] = {}
    for transcript in study.transcripts:
        own = guid(title, "source", transcript.id)
        source = etree.SubElement(sources, _tag("TextSource"), guid=own, name=xml_text(transcript.id))
        source.set("plainTextPath", f"internal://{own}.txt")
        source.set("creatingUser", guid(title, "user", MACHINE))
        texts[f"sources/{own}.txt"] = transcript.source
        for coding in coded:
            if coding.transcript == transcript.id:
                _add_selection(source, coding, transcript.source, title)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "project.qde", xml_bytes(root))
        for name, text in sorted(texts.items()):
            _add(archive, name, text.encode("utf-8"))
    return path


def _people(study: Study) -> Iterator[_Coded]:
    themes = {theme.code for theme in study.themes}
    columns = ["transcript", "start", "end", "theme", "coder", "stance"]
    for row in study.human_codings[columns].itertuples(index=False, name=None):
        coding = _Coded(*row)
        if coding.theme in themes:
            yield coding._replace(coder=coding.coder or "?")


def _machine(study: Study, results: Results) -> Iterator[_Coded]:
    codings = results.codings[results.codings["how"] != "human"]
    placed = to_source(codings, results.segments, study.transcripts)
    owner = results.segments.set_index("segment")["transcript"]
    columns = ["segment", "source_start", "source_end", "theme", "stance"]
    for segment, start, end, theme, stance in placed[columns].itertuples(index=False, name=None):
        yield _Coded(str(owner[segment]), start, end, theme, MACHINE, stance)


def _add_selection(source: etree._Element, coding: _Coded, text: str, title: str) -> None:
    key = (coding.transcript, str(coding.start), str(coding.end), coding.theme, coding.coder)
    selection = etree.SubElement(source, _tag("PlainTextSelection"), guid=guid(title, "selection", *key))
    selection.set("name", xml_text(" ".join(text[coding.start : coding.end].split())[:60]))
    selection.set("startPosition", str(coding.start))
    selection.set("endPosition", str(coding.end))
    selection.set("creatingUser", guid(title, "user", coding.coder))
    if coding.stance:
        etree.SubElement(selection, _tag("Description")).text = coding.stance
    made = etree.SubElement(selection, _tag("Coding"), guid=guid(title, "coding", *key))
    made.set("creatingUser", guid(title, "user", coding.coder))
    etree.SubElement(made, _tag("CodeRef"), targetGUID=guid(title, "code", coding.theme))


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name, _WHEN)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    archive.writestr(member, data)


def _tag(name: str) -> str:
    return f"{{{PROJECT}}}{name}"
