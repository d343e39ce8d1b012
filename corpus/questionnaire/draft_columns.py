"""Which columns of a table of answers make one item, for a first codebook of them. Guesses from titles and ticks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.questionnaire.item_types import NO, YES
from corpus.questionnaire.survey_programs import LIMESURVEY
from corpus.questionnaire.surveys import Survey
from corpus.tables.column_names import column_key
from corpus.words.spelling import fold

_PART = re.compile(r"(?P<item>.+?) ?\[(?P<part>[^\[\]]+)\]")
_NUMBERED = re.compile(r"(?P<item>.+)_(?P<part>\d+|other)", re.IGNORECASE)
_COMPACT = re.compile(r"(?P<item>[A-Za-z][A-Za-z0-9]*)_(?P<part>[A-Za-z0-9]+)")  # LimeSurvey's codes have no `_` inside
_COMMENTS = (
    re.compile(r"(?P<item>.*[\[_][A-Za-z0-9]+)comment(?P<end>\]?)", re.IGNORECASE),
    re.compile(r"(?P<item>.*?) ?(?:\[comment[oi]?\]|_comment)(?P<end>)", re.IGNORECASE),
)
_CODE = re.compile(r"[\w.\[\]-]{1,30}")


@dataclass(frozen=True, slots=True)
class Draft:
    """An item to be: its code and text, and its column or, with `values`, a column an option.

    `written`: the column holds the respondent's own words, whatever they look like. `grid`: the columns of all rows of
    the grid that the item is a row of.
    """

    code: str
    text: str
    columns: tuple[str, ...]
    values: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    written: bool = False
    grid: tuple[str, ...] = ()


def draft_items(survey: Survey) -> Iterator[Draft]:
    """The items that the columns look like, in the order of the file.

    Neighbours such as `Q2[SQ001]`, `Q2[SQ002]` or `Q2_1`, `Q2_2` are one multiple response when their cells are ticks,
    else one item each (a grid). A title that is a question rather than a code gets a code of its own, D01, D02 ...
    """
    answers = [title for title in survey.columns if title not in survey.own]
    comments = _comments(survey, answers)
    titles = [title for title in answers if title not in comments]
    place = start = 0
    while start < len(titles):
        end = start + 1
        stem = _stem(survey, titles[start])
        while end < len(titles) and stem and _stem(survey, titles[end]) == stem:
            end += 1
        place += 1
        group = titles[start:end]
        yield from _items(survey, group, f"D{place:02}")
        told = [title for title in answers if comments.get(title) in group]
        yield from (_written(survey, title, f"D{place:02}_C{number}") for number, title in enumerate(told, start=1))
        start = end


def _comments(survey: Survey, titles: Sequence[str]) -> dict[str, str]:
    """The columns of comments, `Q7[SQ001comment]`, `Q8[comment]` or `Mense? [Commento]`, and those they comment on."""
    named = {column_key(name): title for title in titles for name in survey.names[title]}
    commented: dict[str, str] = {}
    for title in titles:
        matches = (pattern.fullmatch(name) for pattern in _COMMENTS for name in survey.names[title])
        bases = [named.get(column_key(match["item"] + match["end"]), "") for match in matches if match]
        base = next((each for each in bases if each not in ("", title)), "")
        if base:
            commented[title] = base
    return commented


def _written(survey: Survey, title: str, code: str) -> Draft:
    name, *texts = _names(survey, title)
    return Draft(name if _CODE.fullmatch(name) else code, texts[-1] if texts else name, (title,), written=True)


def _items(survey: Survey, group: Sequence[str], code: str) -> Iterator[Draft]:
    if len(group) >= 2 and all(_is_tick(survey, title) for title in group):
        match = _part(survey, group[0])
        item = match["item"] if match else ""
        text = _question(survey, group)
        parts = [each["part"] if (each := _part(survey, title)) else title for title in group]
        labels = [_label(survey, title, part) for title, part in zip(group, parts, strict=True)]
        yield Draft(item if _CODE.fullmatch(item) else code, text or item, tuple(group), tuple(parts), tuple(labels))
        return
    for number, title in enumerate(group, start=1):
        draft = _written(survey, title, code if len(group) == 1 else f"{code}_{number}")
        rows = [each for each in group if not _is_other(_names(survey, each)[0])]
        yield replace(draft, written=title not in rows, grid=tuple(rows) if len(rows) > 1 else ())


def _names(survey: Survey, title: str) -> tuple[str, ...]:
    """The code of a column where it has one, then its text; the title itself last or alone."""
    names = survey.names[title]
    return names[1:] if len(names) > 2 else names


def _stem(survey: Survey, title: str) -> str:
    match = _part(survey, title)
    return match["item"] if match else ""


def _part(survey: Survey, title: str) -> re.Match[str] | None:
    name = _names(survey, title)[0]
    compact = _COMPACT.fullmatch(name) if survey.program.name == LIMESURVEY else None
    return _PART.fullmatch(name) or _NUMBERED.fullmatch(name) or compact


def _is_other(name: str) -> bool:
    return fold(name).endswith(("[other]", "[altro]", "_other"))


def _is_tick(survey: Survey, title: str) -> bool:
    """Whether a column's cells say that its option was chosen: yes and no, or one and the same word."""
    cells = {fold(row[title]) for row in survey.rows if row[title]} - set(survey.program.missing)
    return cells <= YES | NO or len(cells) == 1 or _is_other(title)


def _question(survey: Survey, group: Sequence[str]) -> str:
    """The question that the texts of the options' columns share: before `[` or ` - `."""
    text = _names(survey, group[0])[-1]
    match = _PART.fullmatch(text)
    return match["item"].strip() if match else text.rpartition(" - ")[0].strip()


def _label(survey: Survey, title: str, part: str) -> str:
    """What an option is called: the cell that ticks it when that is a word, else the end of the column's text."""
    words = {row[title] for row in survey.rows if row[title] and fold(row[title]) not in YES | NO}
    words = {word for word in words if fold(word) not in survey.program.missing and not word.isdecimal()}
    text = _names(survey, title)[-1]
    match = _PART.fullmatch(text)
    end = match["part"] if match else text.rpartition(" - ")[2].strip()
    return words.pop() if len(words) == 1 and fold(part) not in ("other", "altro") else end if end != title else part
