"""Who belongs to the types of respondents that study.toml declares by rule. Room nlp: frames in, no texts."""

from collections.abc import Mapping, Sequence

import pandas as pd

from corpus.records import Item
from corpus.respondents.type_rules import MENTIONED, NOT_MENTIONED, THEME, parse_comparison
from corpus.words.numbers import parse_number
from corpus.words.spelling import fold
from corpus.words.stances import stance_of


def declared_members(
    where: Mapping[str, Sequence[str]],
    respondents: pd.DataFrame,
    coded: pd.DataFrame,
    answers: pd.DataFrame,
    items: Sequence[Item],
    people: list[str],
) -> list[str]:
    """The respondents among `people` for whom every condition holds: the key's value is one of those listed.

    A key is a column of `respondents`, an item (codes or labels; an option of a multiple response: ticked) or
    `tema:CODE` with `si`, `no` or a stance said at least once; numbers also `>= 3`. Who has no value does not belong.
    `coded` is from nlp.measures.theme_mentions.coded_segments, with `told` (bool): a person gave the stance. One that
    the machine alone gave makes nobody belong.
    """
    known = respondents.drop_duplicates("respondent").set_index("respondent").reindex(people)
    belongs = pd.Series(True, index=people)
    for key, values in where.items():
        if key.startswith(THEME):
            belongs &= _says(coded[coded["theme"] == key.removeprefix(THEME)], values, people)
        elif key in known.columns:
            cells = known[key].fillna("")
            numbers = pd.to_numeric(cells.map(parse_number), errors="coerce")
            belongs &= _fits(pd.DataFrame({"word": cells, "other": cells, "number": numbers}), values)
        else:
            belongs &= belongs.index.isin(_answered(answers, items, key, values))
    return [name for name in people if belongs[name]]


def _says(of_theme: pd.DataFrame, values: Sequence[str], people: list[str]) -> "pd.Series[bool]":
    index = pd.Index(people)
    fits = pd.Series(False, index=people)
    told = of_theme[of_theme["told"]]
    for value in values:
        if fold(value) == NOT_MENTIONED:
            fits |= ~index.isin(of_theme["respondent"])
        else:
            fitting = of_theme if fold(value) == MENTIONED else told[told["stance"] == stance_of(value)]
            fits |= index.isin(fitting["respondent"])
    return fits


def _answered(answers: pd.DataFrame, items: Sequence[Item], key: str, values: Sequence[str]) -> list[str]:
    answered = answers[(answers["item"] == key) & (answers["status"] == "answered")]
    answered = answered[(answered["option"] == "") | (answered["number"] == 1)]
    labels = {option.value: option.label for item in items if item.code == key for option in item.options}
    word = answered["option"].where(answered["option"] != "", answered["value"])
    cells = pd.DataFrame({"word": word, "other": word.map(labels).fillna(word), "number": answered["number"]})
    return list(answered.loc[_fits(cells, values), "respondent"])


def _fits(cells: pd.DataFrame, values: Sequence[str]) -> "pd.Series[bool]":
    """Which rows have one of the words (code or label), or a number that a comparison names."""
    words = {fold(value) for value in values}
    fitting = cells["word"].map(fold).isin(words) | cells["other"].map(fold).isin(words)
    for sign, number in filter(None, map(parse_comparison, values)):
        fitting |= getattr(cells["number"], sign)(number)
    return fitting.fillna(False).astype(bool)
