"""Groups of respondents (classes, age ranges) in the order a person expects. Room nlp; orders and counts, no tests."""

import re

import pandas as pd

_NUMBER = re.compile(r"\d+(?:\.\d{3})*")


def natural_order(labels: list[str]) -> list[str]:
    """Distinct labels by the first number in them ("fino a 3.000" < "3.001-8.000" < "oltre 8.000"), then by name."""

    def key(label: str) -> tuple[float, str]:
        number = _NUMBER.search(label)
        return (float(number.group().replace(".", "")) if number else -1.0, label)

    return sorted(set(labels), key=key)


def groups_of(respondents: pd.DataFrame, variable: str, people: list[str]) -> pd.Series:
    """The value of `variable` for each of `people` (index: respondent, sorted); "" where it is not known."""
    if variable not in respondents.columns:
        return pd.Series("", index=pd.Index(sorted(people), name="respondent"), name=variable, dtype="str")
    known = respondents.drop_duplicates("respondent").set_index("respondent")[variable]
    return known.reindex(sorted(people)).fillna("").astype("str").str.strip().rename(variable)
