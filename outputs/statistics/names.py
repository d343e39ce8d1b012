"""Names of variables that SPSS, Stata and R all take: short, plain, each once. Knows no values."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.respondents.respondents_list import COLUMNS
from corpus.study import Study

LONGEST = 28  # the programs take 32; pyreadstat calls a Stata set of value labels by the name and a number
FIXED = (
    *("respondent", "interviewed", "spoken", "spoken_words", "transcript", "file", "speaker", "start", "end", "time"),
    *("coding", "segment", "theme", "theme_code", "theme_path", "stance", "how", "coder", "score", "evidence"),
    *("quotation", "segment_words", "counted", "draw"),
)
# What is known of a theme: said at all, in how many segments, in which share of the words, corrected number of segments
# (respondents); coded, by the machine, by people, chance of being read at random (segments).
PREFIXES = ("t_", "n_", "w_", "c_", "f_", "m_", "h_", "p_")
_RESERVED = frozenset(
    {
        *("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"),  # SPSS
        *("byte", "double", "float", "if", "in", "int", "long", "str", "strl", "using"),  # Stata
    }
)
_STATA_TEXT = re.compile(r"str\d+", re.IGNORECASE)
_OUTSIDE = re.compile(r"[^0-9A-Za-z]+")


@dataclass(frozen=True)
class Names:
    """The names of a study's variables, the same in every file.

    `themes` gives the part after one of PREFIXES, `variables` those of the respondents list, `items` those of an item
    and option ("" unless the item takes several answers), `answered` those that say who answered an open item.
    """

    themes: Mapping[str, str]
    variables: Mapping[str, str]
    items: Mapping[tuple[str, str], str]
    answered: Mapping[str, str]


def name_study(study: Study) -> Names:
    """Names for all that the files of a study hold, in the order of codebook, list and questionnaire."""
    codes = [theme.code for theme in study.themes]
    themes = dict(zip(codes, _distinct(codes, (), LONGEST - len(PREFIXES[0])), strict=True))
    taken = [*FIXED, *(prefix + stem for stem in themes.values() for prefix in PREFIXES)]
    columns = [name for name in study.respondents.columns if name not in COLUMNS]
    variables = name_variables(columns, taken)
    options = {
        (item.code, option.value): f"{item.code}_{option.value}"
        for item in study.items
        if item.type == "multi"
        for option in item.options
        if not option.missing
    }
    asked = {(item.code, ""): item.code for item in study.items if item.type != "multi"} | options
    items = name_variables(list(asked.values()), [*taken, *variables])
    open_items = [item.code for item in study.items if item.type == "text"]
    answered = name_variables([f"{code}_r" for code in open_items], [*taken, *variables, *items])
    return Names(
        themes,
        dict(zip(columns, variables, strict=True)),
        dict(zip(asked, items, strict=True)),
        dict(zip(open_items, answered, strict=True)),
    )


def name_variables(texts: Sequence[str], taken: Collection[str]) -> list[str]:
    """A name for each text, in their order, without those `taken`; names that differ by case alone are one to SPSS."""
    return _distinct(texts, {*taken, *_RESERVED}, LONGEST)


def _distinct(texts: Sequence[str], taken: Collection[str], longest: int) -> list[str]:
    used = {name.casefold() for name in taken}
    names = []
    for text in texts:
        plain = _plain(text)
        name = plain[:longest].rstrip("_")
        number = 1
        while name.casefold() in used or _STATA_TEXT.fullmatch(name):
            number += 1
            end = f"_{number}"
            name = plain[: longest - len(end)].rstrip("_") + end
        used.add(name.casefold())
        names.append(name)
    return names


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = _OUTSIDE.sub("_", letters).strip("_")
    return plain if plain[:1].isalpha() else f"v{plain}"
