"""What decides what a function makes, as one hash: the code of ours that it reaches, its data files, its libraries.

Told from the source by following imports, also late ones, so that no module can be forgotten and none that has no say
counts. Neither the bundled samples and templates nor models count: whoever uses a model adds the model's own hash.
"""

import ast
import hashlib
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent.parent  # the folder that our packages lie in
_OURS = frozenset({"corpus", "nlp", "outputs", "flows"})
_NO_DATA = frozenset({"sample", "template", "laboratory", "model", "__pycache__"})  # a model has a hash of its own
_NO_DATA_ENDINGS = frozenset({".py", ".md"})


@dataclass(frozen=True)
class _Source:
    """A module of ours as its file says it: a hash of it, what it imports of ours and of others, the data it names."""

    digest: str
    modules: frozenset[str]
    libraries: frozenset[str]
    data: frozenset[Path]


def code_of(*makers: Callable[..., Any] | str) -> str:
    """A hash of all that decides what `makers`, functions or classes of ours or names of modules, do with their input.

    It changes with the source of their modules and of every module of ours that these import, directly or not; with the
    data files that such a module names; and with the versions of Python and of the libraries that these modules import.
    """
    modules = frozenset(maker if isinstance(maker, str) else maker.__module__ for maker in makers)
    unknown = [name for name in sorted(modules) if _file(name) is None]
    if unknown:  # a module that was renamed would else count for nothing
        raise ValueError(f"no modules of Trama: {unknown}")
    return _code_of(modules)


@cache
def _code_of(modules: frozenset[str]) -> str:
    digest = hashlib.sha256(platform.python_version().rpartition(".")[0].encode())
    libraries: set[str] = set()
    for name in sorted(reached(modules)):
        source = _source(name)
        libraries |= source.libraries
        digest.update(f"\n{name} {source.digest}".encode())
        for file in sorted(source.data):
            digest.update(f"\n{file.relative_to(_ROOT).as_posix()} {_file_digest(file)}".encode())
    for library in sorted(libraries):
        digest.update(f"\n{library} {_library_version(library)}".encode())
    return digest.hexdigest()


def reached(modules: frozenset[str]) -> set[str]:
    """The modules of ours that `modules` import, directly or not, and these themselves."""
    found: set[str] = set()
    waiting = set(modules)
    while waiting:
        name = waiting.pop()
        if name in found or _file(name) is None:
            continue
        found.add(name)
        waiting |= _source(name).modules
        # Importing a.b.c runs the packages a and a.b too.
        waiting |= {name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1)}
    return found


def code_of_rooms(*packages: str) -> str:
    """A hash of all code and data of the packages, but for samples, templates, models and the laboratory."""
    digest = hashlib.sha256()
    for package in packages:
        modules = (_ROOT / package).rglob("*.py")
        files = [file for file in modules if not _NO_DATA & set(file.relative_to(_ROOT).parts)]
        files += [file for file in _data_files() if file.relative_to(_ROOT).parts[0] == package]
        for file in sorted(files):
            digest.update(f"{file.relative_to(_ROOT).as_posix()} {_file_digest(file)}\n".encode())
    return digest.hexdigest()


def data_of(modules: frozenset[str]) -> set[Path]:
    """The data files that count for `modules`."""
    return {file for name in reached(modules) for file in _source(name).data}


@cache
def _source(name: str) -> _Source:
    file = _file(name)
    assert file is not None
    content = file.read_bytes()
    nodes = list(_nodes(ast.parse(content)))
    imported = set(_imports(nodes))
    ours = {module for module in imported if module.partition(".")[0] in _OURS}
    top_level = {module.partition(".")[0] for module in imported - ours}
    return _Source(
        hashlib.sha256(content).hexdigest(),
        frozenset(ours),
        frozenset(top_level - sys.stdlib_module_names),
        frozenset(_named_data(nodes, file.parent)),
    )


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a module, but for what only type checkers see."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def _imports(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Every module that is imported anywhere among the nodes."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module.partition(".")[0] in _OURS:
                # What is imported may be a module itself; what is none has no file and falls out.
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _named_data(nodes: Iterable[ast.AST], home: Path) -> Iterator[Path]:
    """The data files that a module in the folder `home` names, by their own names or all by that of a folder beside."""
    constants = (node.value for node in nodes if isinstance(node, ast.Constant))
    names = {value for value in constants if isinstance(value, str)}
    for file in _data_files():
        if file.name in names or (file.parent.parent == home and file.parent.name in names):
            yield file


@cache
def _data_files() -> tuple[Path, ...]:
    """Every data file of our packages."""
    files = (path for package in sorted(_OURS) for path in (_ROOT / package).rglob("*") if path.is_file())
    return tuple(
        path
        for path in files
        if path.suffix and path.suffix not in _NO_DATA_ENDINGS and not _NO_DATA & set(path.relative_to(_ROOT).parts)
    )


@cache
def _file(name: str) -> Path | None:
    """The file of a module of ours; None where there is no such module."""
    path = _ROOT.joinpath(*name.split("."))
    candidates = (path / "__init__.py", path.with_suffix(".py"))
    return next((file for file in candidates if file.is_file()), None)


@cache
def _file_digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@cache
def _library_version(library: str) -> str:
    """The version of the distribution that gives the module `library`; "" where it is not installed."""
    try:
        return version(library)
    except PackageNotFoundError:
        return " ".join(version(name) for name in sorted(set(_distributions().get(library, ()))))


_distributions = cache(packages_distributions)
