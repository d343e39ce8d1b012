"""Dates that people name, from their normal form (ISO 8601 as far as it was said) to words. Reads no text."""

import re

from corpus.words.phrase import Phrase, phrase

_FORM = re.compile(
    r"(?P<year>\d{4}|-)-(?P<month>0[1-9]|1[0-2])?(?:-(?P<day>[0-3]\d))?|(?P<of_season>\d{4})-(?P<season>2[1-4])"
    r"|(?P<decade>\d{3})X|(?P<hundreds>1\d)XX"
)


def date_words(normal_form: str) -> Phrase | str:
    """`--09` as September, `198X` as the 1980s; a year, and what is in words already, as it is."""
    match = _FORM.fullmatch(normal_form)
    if match is None:
        return normal_form
    if match["season"]:
        return phrase("date.season_year", season=Phrase(f"season.{match['season']}"), year=match["of_season"])
    if match["decade"]:
        return phrase("date.decade", year=f"{match['decade']}0")
    if match["hundreds"]:
        return Phrase(f"century.{int(match['hundreds']) + 1}")
    return _calendar_words(match["year"], match["month"], match["day"])


def _calendar_words(year: str, month: str | None, day: str | None) -> Phrase:
    """`year` is "-" where nobody said it."""
    plain_day = str(int(day)) if day else ""
    if month is None:
        return phrase("date.day", day=plain_day)
    name = Phrase(f"month.{month}")
    if year == "-":
        return phrase("date.day_month", day=plain_day, month=name) if day else name
    if day:
        return phrase("date.full", day=plain_day, month=name, year=year)
    return phrase("date.month_year", month=name, year=year)
