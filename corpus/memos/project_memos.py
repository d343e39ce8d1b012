"""Memos, links and sets of REFI-QDA projects as memos of the study. Matches what they are about; reads no file.

A note is a memo on what it is attached to, and on what a link leads to from it (to a case, which holds no notes). A
comment on a selection that is no stance, and the description of a case, a text or the project, are memos too.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from corpus.codings.quotations import Place, Wording
from corpus.codings.refi_places import place_finder
from corpus.codings.refi_texts import TextMatcher
from corpus.errors import Notebook
from corpus.memos.memo_files import Direction
from corpus.records import Memo, Subject, Theme
from corpus.refi.account import NAMES
from corpus.refi.codes import match_codes
from corpus.refi.names import MACHINE, WHEN, guid
from corpus.refi.notes import Link, Note
from corpus.refi.project import Project, Selection, Source
from corpus.words.spelling import called, clean_cell
from corpus.words.stances import stance_of


@dataclass(frozen=True, slots=True)
class ProjectMemos:
    """The memos of a project, and how many things it has that no memo holds, by what they are.

    `lost`: "note" (without text), "link" and "member" (of what the study does not have, or of notes), "subject" (a memo
    stays without it).
    """

    memos: tuple[Memo, ...]
    lost: Mapping[str, int]


def memos_of_project(
    project: Project,
    texts: Mapping[str, Wording],
    themes: Sequence[Theme],
    respondents: Collection[str],
    title: str,
) -> ProjectMemos:
    """What people wrote in the project, in its order: notes and descriptions, comments of selections, links, sets.

    `texts` are the transcripts by id, `title` is the study's, of which exported GUIDs are made.
    """
    reader = _Reader(project, texts, themes, frozenset(respondents), title)
    memos = (*reader.notes(), *reader.comments(), *reader.links(), *reader.sets())
    return ProjectMemos(tuple(memos), dict(sorted(reader.lost.items())))


def tell_lost(lost: Mapping[str, int], notebook: Notebook) -> None:
    """One warning of what of a project's notes, links and sets no memo holds."""
    if lost:
        counts = [(NAMES[f"lost {what}"], number) for what, number in lost.items()]
        notebook.warning(
            "memo, legami e insiemi del progetto, non letti: " + ", ".join(f"{what.it} {n}" for what, n in counts),
            "memos, links and sets of the project, not read: " + ", ".join(f"{what.en} {n}" for what, n in counts),
        )


@dataclass
class _Reader:
    project: Project
    texts: Mapping[str, Wording]
    themes: Sequence[Theme]
    respondents: frozenset[str]
    title: str
    lost: Counter[str] = field(default_factory=Counter)

    def notes(self) -> Iterator[Memo]:
        on_links = {note for link in self.project.links for note in link.notes}
        for note in self.project.notes:
            if note.guid in on_links:
                continue
            if not note.text:
                self.lost["note"] += 1
                continue
            pointed = [self._other_end(link, note) for link in self._pointers if note.guid in _ends(link)]
            date = "" if self.project.origin == MACHINE and note.date == WHEN[:10] else note.date
            subjects = self._subjects([*note.owners, *pointed])
            # what describes a text may be called as the text is: no title of its own
            title = note.name if note.guid and note.name not in ("", note.guid) else ""
            yield self._memo(self._own(note), note.text, subjects, title=title, author=note.author, date=date)

    def comments(self) -> Iterator[Memo]:
        """What coders wrote on selections, but for stances."""
        for source in self.project.sources:
            for selection in source.selections:
                if selection.note and stance_of(selection.note) is None and selection.maker != MACHINE:
                    own = guid("comment", selection.guid)
                    yield self._memo(own, selection.note, self._passage(source, selection), author=selection.maker)

    def links(self) -> Iterator[Memo]:
        by_guid = {note.guid: note for note in self.project.notes}
        for link in self.project.links:
            if link in self._pointers:
                continue
            ends = [*self._known(link.origin)[:1], *self._known(link.target)[:1]]
            if len(ends) < 2:
                self.lost["link"] += 1
                continue
            on_it = [by_guid[each] for each in link.notes if each in by_guid]
            text = "\n\n".join(note.text for note in on_it if note.text)
            author = next((note.author for note in on_it), "")
            memo = self._memo(link.guid, text, tuple(ends), title=link.name, author=author)
            yield replace(memo, kind="link", direction=cast(Direction, link.direction))

    def sets(self) -> Iterator[Memo]:
        for each in self.project.sets:
            memo = self._memo(each.guid, each.description, self._subjects(each.members, "member"), title=each.name)
            yield replace(memo, kind="set")

    def _memo(
        self, own: str, text: str, subjects: tuple[Subject, ...], *, title: str = "", author: str = "", date: str = ""
    ) -> Memo:
        return Memo(own, self.project.file, text, title=title, author=author, date=date, subjects=subjects, guid=own)

    def _own(self, note: Note) -> str:
        return note.guid or guid("description", *note.owners)

    @cached_property
    def _pointers(self) -> tuple[Link, ...]:
        """The links that lead from a note to what it is about."""
        notes = {note.guid for note in self.project.notes if note.guid}
        return tuple(link for link in self.project.links if len(notes.intersection(_ends(link))) == 1)

    @staticmethod
    def _other_end(link: Link, note: Note) -> str:
        return link.target if link.origin == note.guid else link.origin

    def _subjects(self, guids: Iterable[str], lost: str = "subject") -> tuple[Subject, ...]:
        """What the GUIDs are in the study; one that it does not have counts as `lost`."""
        subjects: list[Subject] = []
        for each in guids:
            known = self._known(each)
            subjects += known
            if not known:
                self.lost[lost] += 1
        return tuple(dict.fromkeys(subjects))

    def _known(self, own: str) -> tuple[Subject, ...]:
        """What a GUID is in the study: one thing, or of a coding its passage and theme; () where it has none."""
        if own not in self._coded:
            return self._named.get(own, ())
        source, selection, code = self._coded[own]
        return (*self._passage(source, selection), *self._named.get(code, ()))

    @cached_property
    def _named(self) -> dict[str, tuple[Subject, ...]]:
        """GUID -> the theme, respondent or transcript it is."""
        named: dict[str, tuple[Subject, ...]] = {}
        for code, theme in match_codes(self.project.codes, self.themes, self.title).theme.items():
            named[code] = (Subject("theme", theme),)
        for source in self.project.sources:
            transcript = self._transcripts.get(source.guid)
            if transcript is not None:
                named[source.guid] = (Subject("transcript", transcript),)
        exported = {guid(self.title, "case", name): name for name in self.respondents}
        for case in self.project.cases:
            texts = [self._transcripts[each] for each in case.sources if each in self._transcripts]
            name = exported.get(case.guid) or called(case.name or "".join(texts[:1]), self.respondents)
            if name is not None:
                # NVivo has a code for each case, which says whose a text is
                own_codes = self.project.case_codes.intersection(case.codes)
                named |= dict.fromkeys({case.guid, *own_codes}, (Subject("respondent", name),))
        return named

    @cached_property
    def _transcripts(self) -> dict[str, str]:
        held = {id: text.source for id, text in self.texts.items()}
        matcher = TextMatcher(self.project.sources, held, self.title)
        matched = {source.guid: matcher.find(source) for source in self.project.sources}
        return {source: transcript for source, transcript in matched.items() if transcript is not None}

    @cached_property
    def _coded(self) -> dict[str, tuple[Source, Selection, str]]:
        """GUID of a selection or coding -> where it is, and the code of a coding."""
        coded: dict[str, tuple[Source, Selection, str]] = {}
        for source in self.project.sources:
            for selection in source.selections:
                coded[selection.guid] = source, selection, ""
                coded |= {coding.guid: (source, selection, coding.code) for coding in selection.codings}
        return coded

    def _passage(self, source: Source, selection: Selection) -> tuple[Subject, ...]:
        transcript = self._transcripts.get(source.guid)
        if transcript is None:
            return ()
        place = self._finders[source.guid](selection)
        if place is None:
            return (Subject("passage", transcript, quote=clean_cell(selection.words), found=False),)
        return (Subject("passage", transcript, *place, quote=self.texts[transcript].source[slice(*place)]),)

    @cached_property
    def _finders(self) -> dict[str, Callable[[Selection], Place | None]]:
        standard = self.project.origin == MACHINE
        return {
            source.guid: place_finder(
                source.text or "", source.selections, self.texts[self._transcripts[source.guid]], standard=standard
            )
            for source in self.project.sources
            if source.guid in self._transcripts
        }


def _ends(link: Link) -> tuple[str, str]:
    return link.origin, link.target
