"""What is known beforehand: municipalities, bodies, roles, services, laws, places, from the data files in gazetteers/.

It reads those files only, each once; sources and licences are in gazetteers/README.md.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "gazetteers"
_LINK = re.compile(
    r"(?:d[ei]|d[ei]?['’].*|de[ilg]|dell[oae'’].*|degli|in|n?el|nei|nelle|nell[oa'’].*|ne['’].*|sul|sull[oa'’].*|a|ai|al|all[oa'’].*"
    r"|con|ed?|la|san|sant['’].*|santa|santo|saint|val|valle|sopra|presso|per|messer)$"
)
_NO_PART = frozenset(
    str.split(
        "san santa santo saint la le lo il fino loro fai vado val alta alto zero sante sali inverso capo un due tre"
        " quattro cinque sei sette otto nove dieci primo quinto città terre acque"
    )
)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality as ISTAT lists it. `common`: the name is also a common word, a first name or a surname."""

    istat: str
    name: str
    other_name: str
    province: str
    sigla: str
    region: str
    capital: bool
    common: bool


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Every Italian municipality, sorted by ISTAT code."""
    return tuple(
        Municipality(**{**row, "capital": row["capital"] == "1", "common": row["common"] == "1"})  # type: ignore[arg-type]
        for row in _rows("comuni.csv")
    )


@cache
def municipality_names() -> dict[str, tuple[Municipality, ...]]:
    """Municipalities by each lower-case spelling of their name: Italian, the other language's, common short forms."""
    names: dict[str, list[Municipality]] = {}
    by_code = {town.istat: town for town in municipalities()}
    for town in municipalities():
        for spelling in spellings(town.name) | spellings(town.other_name):
            names.setdefault(spelling, []).append(town)
    for row in _rows("comuni_alias.csv"):
        names.setdefault(row["alias"], []).append(by_code[row["istat"]])
    return {name: tuple(towns) for name, towns in sorted(names.items()) if name}


def spellings(name: str) -> set[str]:
    """Lower-case ways to write a name: with an apostrophe for a final accent (Forli'), Castel Maggiore in one word."""
    lower = name.lower().replace("’", "'")
    plain = {"à": "a'", "è": "e'", "é": "e'", "ì": "i'", "ò": "o'", "ù": "u'"}
    written = {lower, lower[:-1] + plain[lower[-1]]} if lower and lower[-1] in plain else {lower}
    first, _, rest = lower.partition(" ")
    return written | {first + rest} if first in ("castel", "casal", "borgo") and " " not in rest else written


@cache
def short_names() -> dict[str, tuple[Municipality, ...]]:
    """Municipalities by the first part of a longer name, as people call them: Gemona, Arquata, San Lazzaro.

    Many are words or names besides (Rocca, Gioia), so a short name is one only among words that say so.
    """
    names: dict[str, list[Municipality]] = {}
    for town in municipalities():
        short = _first_part(town.name)
        if len(short) > 2 and short not in municipality_names() and short not in terms("luoghi"):
            names.setdefault(short, []).append(town)
    return {name: tuple(towns) for name, towns in sorted(names.items())}


def _first_part(name: str) -> str:
    """`san lazzaro` of San Lazzaro di Savena, `bene` of Bene Vagienna, "" of names that cannot be cut."""
    words = name.lower().replace("’", "'").replace("-", " ").split()
    ends = [at for at, word in enumerate(words) if at and _LINK.match(word)] or [len(words) - 1]
    first = words[: ends[0]]
    return "" if len(first) == 1 and first[0] in _NO_PART else " ".join(first)


@cache
def single_word_names() -> frozenset[str]:
    """The lower-case names of municipalities that are one word."""
    return frozenset(name for name in municipality_names() if " " not in name)


@cache
def province_of_sigla() -> dict[str, str]:
    """BS -> Brescia."""
    return {town.sigla: town.province for town in municipalities()}


@cache
def regions_of_provinces() -> dict[str, str]:
    """Province, by its name and by its sigla -> region, in Italian."""
    return {key: region_name(town.region) for town in municipalities() for key in (town.province, town.sigla)}


def region_name(region: str) -> str:
    """The Italian half of ISTAT's bilingual region names."""
    return region.split("/", maxsplit=1)[0]


class Term(NamedTuple):
    """A form as the gazetteer writes it, and the normal form it stands for.

    `needs` is what must be seen besides the word: "article" (il medico), "trade" (an article, and not "fa l'autista"),
    "capital" (il Parco, la Stampa), "going" (a Ginevra), or "".
    """

    written: str
    normal_form: str
    needs: str = ""


@cache
def terms(name: str) -> dict[str, Term]:
    """Lower-case form -> Term, from a gazetteer of normal forms and their `|`-separated other forms."""
    by_form: dict[str, Term] = {}
    for row in _rows(f"{name}.csv"):
        for form in (row["normal_form"], *filter(None, row["forms"].split("|"))):
            by_form[form.lower().replace("’", "'")] = Term(form, row["normal_form"], row.get("needs", ""))
    return by_form


@cache
def foreign_words() -> dict[str, frozenset[str]]:
    """Language -> its function words that are no Italian words."""
    words: dict[str, set[str]] = {}
    for row in _rows("parole_straniere.csv"):
        words.setdefault(row["language"], set()).add(row["word"])
    return {language: frozenset(words_of) for language, words_of in sorted(words.items())}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))
