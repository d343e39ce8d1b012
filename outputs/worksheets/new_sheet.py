"""Where a new worksheet goes: beside those that somebody may have filled in, never over one. Writes no cell."""

from collections.abc import Callable
from pathlib import Path


def new_sheet(folder: Path, stem: str, write: Callable[[Path], object]) -> Path:
    """`write` a workbook, whole or not at all, under the first free name, `stem-01.xlsx`, and return its path.

    Raises OSError.
    """
    folder.mkdir(exist_ok=True)
    number = 1
    while (path := folder / f"{stem}-{number:02d}.xlsx").exists():
        number += 1
    unfinished = path.with_suffix(".partial")
    write(unfinished)
    return unfinished.replace(path)
