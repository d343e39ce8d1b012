"""Projects that people coded apart on the same texts, as one: the first, and what only the others have."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.codebook.refi_codebook import code_rows
from corpus.codings.refi_texts import TextMatcher, file_names, has_text
from corpus.records import Theme
from corpus.refi.codes import match_codes, paths_of
from corpus.refi.project import Case, Code, Project, Source
from corpus.words.spelling import fold


def join_projects(projects: Sequence[Project]) -> Project:
    """The first project with the texts, codes, cases and variables that only the others have.

    A text or code is known as when codings are read (corpus.codings.refi_texts, corpus.refi.codes), a case by its GUID
    or name. Selections stay in the project in which they were made.
    """
    joined = projects[0]
    for other in projects[1:]:
        joined = _with(joined, other)
    return joined


def _with(known: Project, other: Project) -> Project:
    same = _same_sources(known, other)
    new_sources = tuple(source for source in other.sources if source.guid not in same)
    names = {fold(case.name) for case in known.cases}
    guids = {case.guid for case in known.cases}
    new_cases = [case for case in other.cases if case.guid not in guids and fold(case.name) not in names]
    return replace(
        known,
        codes=(*known.codes, *_new_codes(known, other)),
        sources=(*known.sources, *new_sources),
        cases=(*known.cases, *(_case_of(case, same) for case in new_cases)),
        variables=tuple(dict.fromkeys((*known.variables, *other.variables))),
        media=tuple(dict.fromkeys((*known.media, *other.media))),
        unread=known.unread + other.unread,
        graphs=known.graphs + other.graphs,
        coded_notes=known.coded_notes + other.coded_notes,
    )


def _case_of(case: Case, same: Mapping[str, str]) -> Case:
    """The case with the texts as the joined project has them."""
    return replace(case, sources=tuple(same.get(source, source) for source in case.sources))


def _same_sources(known: Project, other: Project) -> Mapping[str, str]:
    """GUID of each source of `other` that is known -> its GUID there."""
    own = {source.guid for source in known.sources}
    named = dict(zip(file_names(known.sources), known.sources, strict=True))
    held = {name: source.text or "" for name, source in named.items() if name}
    matcher = TextMatcher(other.sources, held, known.name)

    def known_as(source: Source) -> str:
        if source.guid in own:
            return source.guid
        name = matcher.find(source) if has_text(source) else None
        return named[name].guid if name is not None else ""

    same = {source.guid: known_as(source) for source in other.sources}
    return {guid: there for guid, there in same.items() if there}


def _new_codes(known: Project, other: Project) -> list[Code]:
    """The codes that only `other` has, under the parents that they have in the joined tree."""
    themes = [Theme(code, label, parent, guid=own) for code, label, parent, *_, own in code_rows(known.codes)]
    guids = {theme.code: theme.guid for theme in themes}
    matches = match_codes(other.codes, themes, known.name)
    known_paths = {_folded(path): code for code, path in paths_of(known.codes).items()}
    paths = paths_of(other.codes)
    place = {code.guid: code.guid for code in known.codes}
    new = []
    for code in other.codes:
        rivals = code.guid in matches.rival_themes or code.guid in matches.rival_codes
        if code.guid in matches.theme:
            place.setdefault(code.guid, guids[matches.theme[code.guid]])
        elif _folded(paths[code.guid]) in known_paths:
            place.setdefault(code.guid, known_paths[_folded(paths[code.guid])])
        elif code.guid not in place and not rivals:
            place[code.guid] = code.guid
            new.append(replace(code, parent=place.get(code.parent, "")))
    return new


def _folded(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(fold(name) for name in path)
