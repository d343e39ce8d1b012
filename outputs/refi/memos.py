"""Memos as REFI-QDA notes, links and sets, on the codes, sources and passages they are about. Changes no memo."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from lxml import etree

from corpus.memos.memo_files import KIND_NAMES
from corpus.memos.study_memos import memo_guid
from corpus.records import Memo, Subject
from corpus.refi.names import MACHINE, PROJECT, WHEN, guid
from corpus.study import Study
from outputs.refi.qdc import xml_text

_MEMBERS = {"theme": "MemberCode", "transcript": "MemberSource"}  # all that a set can hold of what memos are about
_NAME_LENGTH = 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def add_memos(root: etree._Element, study: Study, codes: Mapping[str, str], title: str) -> None:
    """Add Notes, Links and Sets to a project that has its codes, cases and sources; `codes` are themes' GUIDs.

    What a note is about refers to it; a passage gets a selection of its own. Cases hold no references: a link leads
    from the note to the case. Respondents and passages are left out of sets, which cannot hold them; a link of what the
    study does not have is a note.
    """
    memos = [_without_unknown(memo, study) for memo in study.memos]
    writer = _Writer(root, study, codes, title)
    writer.add_notes([memo for memo in memos if memo.text and memo.kind != "set"])
    writer.add_links(memos)
    writer.add_sets([memo for memo in memos if memo.kind == "set"])
    writer.refer_to_notes([memo for memo in memos if memo.kind == "memo"])


def memo_counts(study: Study) -> tuple[dict[str, int], dict[str, int]]:
    """How many memos, links and sets a project holds of the study, and what of them it cannot (corpus.refi.account)."""
    memos = [_without_unknown(memo, study) for memo in study.memos]
    members = [subject for memo in memos if memo.kind == "set" for subject in memo.subjects]
    subjects = [subject for memo in study.memos for subject in memo.subjects]
    kinds = Counter(memo.kind for memo in memos)
    left_out = {
        "unplaced": sum(not subject.found for subject in subjects),
        "set members": sum(subject.kind not in _MEMBERS for subject in members),
    }
    return {kind: kinds[kind] for kind in KIND_NAMES}, left_out


def _without_unknown(memo: Memo, study: Study) -> Memo:
    """The memo about what the study has: of a passage that is not found its transcript."""
    transcripts = {transcript.id for transcript in study.transcripts}
    subjects: list[Subject] = []
    for subject in memo.subjects:
        if subject.found:
            subjects.append(subject)
        elif subject.kind == "passage" and subject.name in transcripts:
            subjects.append(Subject("transcript", subject.name))
    kind = "memo" if memo.kind == "link" and len(subjects) < 2 else memo.kind
    return replace(memo, kind=kind, subjects=tuple(subjects))


class _Writer:
    """A project being written, with the elements by GUID to which notes are attached."""

    def __init__(self, root: etree._Element, study: Study, codes: Mapping[str, str], title: str) -> None:
        self._root = root
        self._title = title
        self._codes = codes
        self._texts = {transcript.id: transcript.source for transcript in study.transcripts}
        self._elements = {element.get("guid"): element for element in root.iter() if element.get("guid")}

    def add_notes(self, memos: Sequence[Memo]) -> None:
        holder = etree.SubElement(self._root, _tag("Notes")) if memos else None
        for memo in memos:
            note = etree.SubElement(holder, _tag("Note"), guid=self._note(memo))
            note.set("name", xml_text(_name(memo))[:_NAME_LENGTH])
            if memo.author:
                note.set("creatingUser", guid(self._title, "user", memo.author))
            note.set("creationDateTime", f"{memo.date}{WHEN[10:]}" if _DAY.fullmatch(memo.date) else WHEN)
            etree.SubElement(note, _tag("PlainTextContent")).text = xml_text(memo.text)

    def add_links(self, memos: Sequence[Memo]) -> None:
        links = [link for memo in memos for link in self._links(memo)]
        holder = etree.SubElement(self._root, _tag("Links")) if links else None
        for attributes, note in links:
            link = etree.SubElement(holder, _tag("Link"), attributes)
            if note:
                etree.SubElement(link, _tag("NoteRef"), targetGUID=note)

    def add_sets(self, memos: Sequence[Memo]) -> None:
        holder = etree.SubElement(self._root, _tag("Sets")) if memos else None
        for memo in memos:
            own = memo_guid(self._title, memo)
            made = etree.SubElement(holder, _tag("Set"), guid=own, name=xml_text(_name(memo)))
            if memo.text:
                etree.SubElement(made, _tag("Description")).text = xml_text(memo.text)
            for kind, member in _MEMBERS.items():
                for subject in memo.subjects:
                    if subject.kind == kind:
                        etree.SubElement(made, _tag(member), targetGUID=self._end(subject))

    def refer_to_notes(self, memos: Sequence[Memo]) -> None:
        """What a memo is about refers to its note; the project does to that of a memo on the study."""
        for memo in memos:
            if not memo.subjects:
                etree.SubElement(self._root, _tag("NoteRef"), targetGUID=self._note(memo))
            for subject in memo.subjects:
                if subject.kind != "respondent":
                    self._refer(self._elements[self._end(subject)], self._note(memo))

    @staticmethod
    def _refer(element: etree._Element, note: str) -> None:
        reference = etree.Element(_tag("NoteRef"), targetGUID=note)
        inner = element.find(_tag("Code"))  # codes inside a code come last
        if inner is None:
            element.append(reference)
        else:
            inner.addprevious(reference)

    def _links(self, memo: Memo) -> Iterator[tuple[dict[str, str], str]]:
        """The attributes of each link that a memo makes, and its note, "" for none."""
        own = memo_guid(self._title, memo)
        if memo.kind == "link":
            origin, target = map(self._end, memo.subjects)
            named = {"guid": own, "name": xml_text(memo.title), "direction": memo.direction}
            yield named | {"originGUID": origin, "targetGUID": target}, self._note(memo) if memo.text else ""
        for subject in memo.subjects if memo.kind == "memo" else ():
            if subject.kind == "respondent":
                to_case = {"guid": guid(self._title, "memo of case", own, subject.name), "direction": "OneWay"}
                yield to_case | {"originGUID": self._note(memo), "targetGUID": self._end(subject)}, ""

    def _note(self, memo: Memo) -> str:
        """The GUID of the memo's note; a link's text is a note beside it."""
        own = memo_guid(self._title, memo)
        return guid("note", own) if memo.kind == "link" else own

    def _end(self, subject: Subject) -> str:
        """The GUID of what a memo is about; a passage gets a selection."""
        if subject.kind == "theme":
            return self._codes[subject.name]
        if subject.kind == "respondent":
            return guid(self._title, "case", subject.name)
        source = guid(self._title, "source", subject.name)
        if subject.kind == "transcript":
            return source
        own = guid(self._title, "passage", subject.name, str(subject.start), str(subject.end))
        if own not in self._elements:
            self._elements[own] = self._select(self._elements[source], own, subject)
        return own

    def _select(self, source: etree._Element, own: str, subject: Subject) -> etree._Element:
        selection = etree.Element(_tag("PlainTextSelection"), guid=own)
        words = self._texts[subject.name][subject.start : subject.end].split()
        selection.set("name", xml_text(" ".join(words)[:_NAME_LENGTH]))
        selection.set("startPosition", str(subject.start))
        selection.set("endPosition", str(subject.end))
        selection.set("creatingUser", guid(self._title, "user", MACHINE))
        selection.set("creationDateTime", WHEN)
        before = source.findall(_tag("PlainTextSelection"))
        source.insert(len(before), selection)  # selections come first in a source
        return selection


def _name(memo: Memo) -> str:
    return memo.title or PurePosixPath(memo.id).stem


def _tag(name: str) -> str:
    return f"{{{PROJECT}}}{name}"
