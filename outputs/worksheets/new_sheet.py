"""Where a new worksheet goes: beside those that somebody may have filled in, never over one. Writes no cell."""

from collections.abc import Callable, Collection
from pathlib import Path


def new_sheet(folder: Path, stem: str, write: Callable[[Path], object]) -> Path:
    """`write` a workbook, whole or not at all, under the first free name, `stem-01.xlsx`, and return its path.

    Raises OSError.
    """
    return write_whole(free_path(folder, stem), write)


def free_path(folder: Path, stem: str, taken: Collection[str] = ()) -> Path:
    """The first of `stem-01.xlsx`, `stem-02.xlsx` ... that is not there and whose name is not `taken`."""
    number = 1
    while (path := folder / f"{stem}-{number:02d}.xlsx").exists() or path.stem in taken:
        number += 1
    return path


def write_whole(path: Path, write: Callable[[Path], object]) -> Path:
    """`write` the file at `path`, whole or not at all; its folder is made. Raises OSError."""
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_suffix(".partial")
    write(unfinished)
    return unfinished.replace(path)
