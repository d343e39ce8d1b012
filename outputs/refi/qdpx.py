"""A study and its codings as a REFI-QDA project (.qdpx): texts, codes, codings, cases. Computes nothing.

Positions are Unicode code points of the plain text in the archive, which is UTF-8 without mark, line ends LF.
"""

import zipfile
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from corpus.records import Theme
from corpus.refi.account import Account
from corpus.refi.names import MACHINE, PROJECT, WHEN, code_guid, guid
from corpus.study import Study
from corpus.transcripts.segments import to_source
from corpus.words.stances import stance_word
from nlp.results import Results
from outputs.packaging import ZIP_TIME
from outputs.refi.cases import add_cases
from outputs.refi.memos import add_memos, memo_counts
from outputs.refi.qdc import add_codes, xml_bytes, xml_text

_NAME_LENGTH = 60


class _Coded(NamedTuple):
    transcript: str
    start: int
    end: int
    coder: str
    stance: str
    theme: str


def write_qdpx(study: Study, results: Results, path: Path) -> Path:
    """The project as a .qdpx file.

    What one coder coded at one place with one stance is one selection with a coding a theme; the stance is its
    description. The machine's codings are by the user "Trama", people's by themselves. Each respondent is a case with
    the variables and answers, and its texts. Memos, links and sets are those of the study. Raises OSError.
    """
    title = study.settings.study.title
    coded = sorted({*_people(study), *_machine(study, results)})
    root = etree.Element(_tag("Project"), nsmap={None: PROJECT})
    root.set("name", xml_text(title))
    root.set("origin", MACHINE)
    _made_by(root, MACHINE, title, "creatingUserGUID")
    holder = etree.SubElement(root, _tag("Users"))
    authors = {memo.author for memo in study.memos if memo.author}
    for user in sorted({coding.coder for coding in coded} | authors | {MACHINE}):
        etree.SubElement(holder, _tag("User"), guid=guid(title, "user", user), name=xml_text(user))
    if study.themes:
        codes = etree.SubElement(etree.SubElement(root, _tag("CodeBook")), _tag("Codes"))
        add_codes(codes, study.themes, title, PROJECT)
    add_cases(root, study, title, PROJECT)
    sources = etree.SubElement(root, _tag("Sources"))
    texts: dict[str, str] = {}
    codes_of = {theme.code: code_guid(title, theme) for theme in study.themes}
    for transcript in study.transcripts:
        own = guid(title, "source", transcript.id)
        source = etree.SubElement(sources, _tag("TextSource"), guid=own, name=source_name(transcript.id))
        source.set("plainTextPath", f"internal://{own}.txt")
        _made_by(source, MACHINE, title)
        texts[f"sources/{own}.txt"] = transcript.source
        mine = [coding for coding in coded if coding.transcript == transcript.id]
        for _, same in groupby(mine, key=lambda coding: coding[:-1]):
            _add_selection(source, list(same), transcript.source, title, codes_of)
    add_memos(root, study, codes_of, title)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "project.qde", xml_bytes(root))
        for name, text in sorted(texts.items()):
            _add(archive, name, text.encode("utf-8"))
    return path


def project_account(study: Study, results: Results) -> Account:
    """What the project of `write_qdpx` holds of the study, and what it cannot."""
    coded = {*_people(study), *_machine(study, results)}
    memos, lost = memo_counts(study)
    linked = {(theme.code, item) for theme in study.themes for item in theme.questionnaire_items}
    links = linked.union(study.link_decisions[["theme", "item"]].itertuples(index=False, name=None))
    kept = {
        "texts": len(study.transcripts),
        "themes": len(study.themes),
        "respondents": study.respondents["respondent"].nunique(),
        "codings": len(coded),
    }
    left_out = {
        "no theme": int((study.human_codings["theme"] == "").sum()),
        "refused": int((~study.human_codings["given"]).sum()),
        "terms": sum(map(_is_described, study.themes)),
        "item links": len(links),
        "topics": int((results.topics["topic"] >= 0).sum()),
    }
    return Account(kept | memos, left_out | lost)


def _is_described(theme: Theme) -> bool:
    """Whether a theme says more than a code can."""
    criteria = (theme.use_when, theme.do_not_use_when)
    return any((*criteria, *theme.include_terms, *theme.exclude_terms, *theme.examples))


def source_name(transcript: str) -> str:
    """The transcript's id as a source is called: programs make a file of it, so without a colon."""
    return xml_text(transcript.replace(":", " "))


def _people(study: Study) -> Iterator[_Coded]:
    themes = {theme.code for theme in study.themes}
    columns = ["transcript", "start", "end", "coder", "stance", "theme"]
    given = study.human_codings[study.human_codings["given"]]
    for row in given[columns].itertuples(index=False, name=None):
        coding = _Coded(*row)
        if coding.theme in themes:
            yield coding._replace(coder=coding.coder or "?", stance=_described(coding.stance))


def _machine(study: Study, results: Results) -> Iterator[_Coded]:
    codings = results.codings[results.codings["how"] != "human"]
    placed = to_source(codings, results.segments, study.transcripts)
    owner = results.segments.set_index("segment")["transcript"]
    columns = ["segment", "source_start", "source_end", "stance", "theme"]
    for segment, start, end, stance, theme in placed[columns].itertuples(index=False, name=None):
        yield _Coded(str(owner[segment]), start, end, MACHINE, _described(stance), theme)


def _described(stance: str) -> str:
    """A stance as the project says it, in Italian whatever the report's language: ids are made of it."""
    return stance_word(stance, "it")


def _add_selection(
    source: etree._Element, codings: list[_Coded], text: str, title: str, codes_of: Mapping[str, str]
) -> None:
    first = codings[0]
    key = (first.transcript, str(first.start), str(first.end), first.coder)
    selection = etree.SubElement(source, _tag("PlainTextSelection"), guid=guid(title, "selection", *key, first.stance))
    selection.set("name", xml_text(" ".join(text[first.start : first.end].split())[:_NAME_LENGTH]))
    selection.set("startPosition", str(first.start))
    selection.set("endPosition", str(first.end))
    _made_by(selection, first.coder, title)
    if first.stance:
        etree.SubElement(selection, _tag("Description")).text = first.stance
    for coding in codings:
        made = etree.SubElement(selection, _tag("Coding"), guid=guid(title, "coding", *key, coding.theme))
        _made_by(made, first.coder, title)
        code = codes_of.get(coding.theme) or guid(title, "code", coding.theme)
        etree.SubElement(made, _tag("CodeRef"), targetGUID=code)


def _made_by(element: etree._Element, user: str, title: str, attribute: str = "creatingUser") -> None:
    element.set(attribute, guid(title, "user", user))
    element.set("creationDateTime", WHEN)  # QualCoder stops at a selection without a date


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name, ZIP_TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    archive.writestr(member, data)


def _tag(name: str) -> str:
    return f"{{{PROJECT}}}{name}"
