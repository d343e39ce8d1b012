"""What a workbook shows a person beside its cells: which sheets, hidden or not, merged cells. Reads no cell."""

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import Problem, problem

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*ref=\"(\w+:\w+)\"")
_UNCOMPUTED = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></|</)")


def choose_sheet(sheets: Sequence[tuple[str, bool]], file: str) -> tuple[int, list[Problem]]:
    """Which of the sheets (name, whether it is shown) is read, and a warning that names those that are not.

    The one that has the file's name, else the first that is shown, else the first.
    """
    named = [place for place, (name, _) in enumerate(sheets) if name.strip().casefold() == Path(file).stem.casefold()]
    shown = [place for place, (_, visible) in enumerate(sheets) if visible]
    chosen = [*named, *shown, 0][0]
    others = ", ".join(
        f"`{name}`" + ("" if visible else " (nascosto)")
        for place, (name, visible) in enumerate(sheets)
        if place != chosen
    )
    if not others:
        return chosen, []
    it = f"dei fogli è letto solo `{sheets[chosen][0]}`; non sono letti: {others}"
    en = f"of the sheets only `{sheets[chosen][0]}` is read; not read: {others.replace('(nascosto)', '(hidden)')}"
    return chosen, [problem(it, en, file, severity="warning")]


def look_at_xml(archive: zipfile.ZipFile, member: str, file: str) -> list[Problem]:
    """Warnings on merged cells and on formulas that no program has computed yet, of an .xlsx sheet."""
    try:
        data = archive.read(member.lstrip("/"))
    except (KeyError, OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return []  # the reader itself will say what is wrong
    found: list[Problem] = []
    merged = [ref.decode() for ref in _MERGED.findall(data)]
    if merged:
        found.append(merged_warning(merged, file))
    uncomputed = len(_UNCOMPUTED.findall(data))
    if uncomputed:
        it = f"{uncomputed} celle hanno una formula senza risultato, lette come vuote: apri il file, ricalcola e salva"
        en = f"{uncomputed} cells have a formula without result, read as blank: open the file, recalculate and save"
        found.append(problem(it, en, file, severity="warning"))
    return found


def merged_warning(ranges: Sequence[str], file: str) -> Problem:
    """Of merged cells only the first has the value."""
    places = ", ".join(ranges[:5]) + (" ..." if len(ranges) > 5 else "")
    it = f"celle unite ({places}): il valore vale solo per la prima, le altre sono vuote; dividile e riempile"
    en = f"merged cells ({places}): the value counts for the first alone, the others are blank; split and fill them"
    return problem(it, en, file, severity="warning")
