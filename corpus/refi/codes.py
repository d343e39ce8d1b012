"""Which theme of the codebook each code of a project is. Reads no file, and never lays two codes on one theme."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from corpus.records import Theme
from corpus.refi.names import code_names, guid
from corpus.refi.project import Code
from corpus.words.spelling import fold

ARROW = " > "
Path = tuple[str, ...]
_Likeness = tuple[bool, int, bool]  # whole path, names in common from the end, spelled alike
_NO_LIKENESS: _Likeness = (False, 0, False)


@dataclass(frozen=True, slots=True)
class CodeMatches:
    """By the code's GUID: the theme it is; else the themes it may be, or the paths of the other codes that claim it."""

    theme: Mapping[str, str]
    rival_themes: Mapping[str, tuple[str, ...]]
    rival_codes: Mapping[str, tuple[str, ...]]


def match_codes(codes: Sequence[Code], themes: Sequence[Theme], title: str) -> CodeMatches:
    """The theme of each code that is clearly one, by GUID, else by its place in the tree, else by its name.

    A theme is known by the GUID of its row and by the one that Trama exports it under (`title` is the study's). A name
    that several themes or several codes have counts for the one whose path is nearest; where none is nearer than the
    others the code has no theme, since a guess would put one person's codings under another code. Folders take no part.
    """
    by_guid = {guid(title, "code", theme.code): theme.code for theme in themes}
    by_guid |= {theme.guid: theme.code for theme in themes if theme.guid}
    matched = {code.guid: by_guid[code.guid] for code in codes if code.guid in by_guid}
    owners = {theme: [code] for code, theme in matched.items()}
    paths = paths_of(codes)
    theme_paths = _theme_paths(themes)
    claims: dict[str, dict[str, _Likeness]] = {}  # theme -> the codes that it is the nearest to
    rival_themes: dict[str, tuple[str, ...]] = {}
    for code in codes:
        if code.guid in matched or not code.codable:
            continue
        nearest = _nearest(paths[code.guid], theme_paths)
        if len(nearest) == 1:
            theme, likeness = nearest.popitem()
            claims.setdefault(theme, {})[code.guid] = likeness
        elif nearest:
            rival_themes[code.guid] = tuple(nearest)
    rival_codes: dict[str, tuple[str, ...]] = {}
    for theme, claimed in claims.items():
        rightful = owners.get(theme) or list(_highest(claimed))
        for own in claimed:
            if rightful == [own]:
                matched[own] = theme
            else:
                others = [code for code in dict.fromkeys((*rightful, *claimed)) if code != own]
                rival_codes[own] = tuple(ARROW.join(paths[code]) for code in others)
    return CodeMatches(matched, rival_themes, rival_codes)


def paths_of(codes: Iterable[Code]) -> dict[str, Path]:
    """Code's GUID -> the names from the top of the tree down to it. Parents come before their children."""
    paths: dict[str, Path] = {"": ()}
    for code in codes:
        paths[code.guid] = (*paths.get(code.parent, ()), code.name or "codice")
    del paths[""]
    return paths


def _theme_paths(themes: Sequence[Theme]) -> dict[str, list[tuple[str, Path]]]:
    """Folded name -> the themes that a project may have under it, each with its path of names.

    The name is the label, with or without the path that `trama init` put before it, the exported name, or the code.
    """
    by_code = {theme.code: theme for theme in themes}
    exported = code_names(themes)

    def path(theme: Theme) -> Path:
        above = path(by_code[theme.parent]) if theme.parent in by_code else ()
        *before, own = theme.label.split(ARROW)
        return (*above, own) if above[-len(before) :] == tuple(before) else (*above, theme.label)

    named: dict[str, list[tuple[str, Path]]] = {}
    for theme in themes:
        labels = path(theme)
        for name in dict.fromkeys((labels[-1], theme.label, exported[theme.code], theme.code)):
            named.setdefault(fold(name), []).append((theme.code, (*labels[:-1], name)))
    return named


def _nearest(path: Path, named: Mapping[str, list[tuple[str, Path]]]) -> dict[str, _Likeness]:
    """Of the themes of the path's last name those whose own path is the likest."""
    alike: dict[str, _Likeness] = {}
    for theme, other in named.get(fold(path[-1]), []):
        alike[theme] = max(_likeness(path, other), alike.get(theme, _NO_LIKENESS))
    return _highest(alike)


def _highest(likeness: Mapping[str, _Likeness]) -> dict[str, _Likeness]:
    return {name: value for name, value in likeness.items() if value == max(likeness.values())}


def _likeness(one: Path, other: Path) -> _Likeness:
    pairs = zip(reversed(one), reversed(other), strict=False)
    common = sum(1 for _ in takewhile(lambda pair: fold(pair[0]) == fold(pair[1]), pairs))
    return common == len(one) == len(other), common, one[-1] == other[-1]
