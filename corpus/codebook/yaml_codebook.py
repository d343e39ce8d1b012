"""A theme codebook written as YAML, themes inside themes, as rows of codebook.csv. Knows no column by itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from corpus.errors import study_error
from corpus.files.decoding import decode
from corpus.tables.column_names import other_names, title_key
from corpus.words.spelling import clean_cell, fold

_LISTS = ("themes", "temi", "codes", "codici", "codebook")
_CHILDREN = ("children", "subthemes", "sottotemi", "figli", "themes", "temi")
_CODE = other_names(("code",))
_MAX_DEPTH = 50
_MAX_BYTES = 2_000_000
_PARENT = "parent"
Fields = dict[str, str]


class _Loader(yaml.BaseLoader):
    """Every scalar is text (`no` stays `no`); anchors and keys that come twice are refused."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="*", problem_mark=self.peek_event().start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key.value, str) or key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"`{key.value}`", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_yaml(data: bytes, file: str) -> list[list[str]]:
    """The header and one row a theme, parents before children.

    The file is a list of themes, or has one under `themes` (`temi`); a theme has the columns of codebook.csv as
    keys, and `children` (`sottotemi`) for the themes below it. Lists of terms or examples become cells parted by
    `|`. A theme may be the key of its fields instead (`personale: {label: ...}`). Raises StudyError naming the line.
    """
    if len(data) > _MAX_BYTES or _nesting(data) > _MAX_DEPTH:
        raise _refused(
            file,
            None,
            "è troppo grande o annidato per un libro dei codici",
            "too big or too deeply nested for a codebook",
        )
    try:
        loaded = yaml.load(decode(data, file)[0], Loader=_Loader)  # a BaseLoader: text, lists and mappings only
        rows = list(_themes(loaded, "", 0))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or ""
        raise _refused(
            file,
            mark.line + 1 if mark else None,
            f"non è YAML leggibile: qui una chiave ripetuta, un rimando o un errore di scrittura ({what})",
            f"not readable YAML: a repeated key, an alias or a slip here ({what})",
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        raise _refused(file, None, "non è un elenco di temi in YAML", "not a list of themes in YAML") from None
    header = list(dict.fromkeys(name for row in rows for name in row))
    return [header, *(_cells(row, header) for row in rows)]


def _cells(row: Fields, header: Sequence[str]) -> list[str]:
    return [row.get(name, "") for name in header]


def _themes(loaded: Any, parent: str, depth: int) -> Iterator[Fields]:
    if depth > _MAX_DEPTH:
        raise ValueError
    for theme in _list_of(loaded, at_top=not depth):
        fields: Fields = {}
        children = None
        for key, value in _mapping(theme).items():
            if fold(str(key)) in _CHILDREN:
                children = value
            else:
                fields[str(key)] = _cell(value)
        if parent and not fields.get(_PARENT):
            fields[_PARENT] = parent
        yield fields
        if children:
            code = next((fields[key] for key in fields if title_key(key) in _CODE), "")
            yield from _themes(children, code, depth + 1)


def _list_of(loaded: Any, *, at_top: bool) -> list[Any]:
    """The themes, in a list or by their codes; at the top of the file under a name such as `themes`, too."""
    if isinstance(loaded, Mapping) and at_top:
        inner = next((loaded[key] for key in loaded if fold(str(key)) in _LISTS), None)
        loaded = loaded if inner is None else inner
    if isinstance(loaded, Mapping):
        loaded = [{"code": code, **_mapping(fields)} for code, fields in loaded.items()]
    if not isinstance(loaded, list):
        raise ValueError
    return loaded


def _nesting(data: bytes) -> int:
    """How deep the brackets go: the library takes the square of it."""
    depth = deepest = 0
    for sign in re.findall(rb"[\[\]{}]", data):
        depth += 1 if sign in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _mapping(loaded: Any) -> Mapping[str, Any]:
    if isinstance(loaded, Mapping):
        return loaded
    if isinstance(loaded, str) and not loaded:
        return {}
    raise ValueError


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(" ".join(_cell(part).replace("|", " ").split()) for part in value)
    if isinstance(value, str):
        return clean_cell(value)
    raise ValueError


def _refused(file: str, row: int | None, it: str, en: str) -> Exception:
    return study_error(it, en, file=file, row=row)
