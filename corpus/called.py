"""What people call transcripts, themes and items in their tables, and which one is meant. Guesses nothing."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from corpus.coding_sheet_layout import NO_THEME, label_of
from corpus.records import Theme
from corpus.spelling import called, clean_cell, fold_typed
from corpus.surveys import column_key

_ENDING = re.compile(
    r"\.(txt|docx?|dotx|rtf|odt|pdf|md|html?|eaf|vtt|srt|sbv|json|tsv|textgrid|otr"
    r"|mp[34]|m4[av]|wav|ogg|wma|wmv|mov|avi|mkv)$",
    re.IGNORECASE,
)


def without_ending(name: str) -> str:
    """The name without the ending of a text's or a recording's file."""
    return _ENDING.sub("", clean_cell(name))


def transcript_called(name: str, ids: Collection[str]) -> str | None:
    """The transcript of that name, with or without ending, else by case or accents; None when none is, or two are."""
    tries = (called(each, ids) for each in dict.fromkeys((name, without_ending(name))) if each)
    return next((id for id in tries if id is not None), None)


def item_called(name: str, items: Mapping[str, str]) -> str | None:
    """The code of the item meant, of `items` (code -> text), by code or whole text; None when none is, or two are.

    `Q3_SQ002` is `Q3[SQ002]`, as LimeSurvey writes one column in two ways.
    """
    code = called(name, items)
    if code is not None or not name:
        return code
    alike = [code for code, text in items.items() if _item_key(name) in (_item_key(code), _item_key(text))]
    return alike[0] if len(alike) == 1 else None


def _item_key(name: str) -> str:
    return column_key(name).replace("[", "_").rstrip("]")


class ThemeNames:
    """By what a theme is known: its code, its label, the two as a worksheet lists them; and "no theme", which is ""."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._themes = themes
        self._codes = {theme.code: theme.code for theme in themes}
        folded = Counter(fold_typed(theme.code) for theme in themes)
        self._folded = {fold_typed(theme.code): theme.code for theme in themes if folded[fold_typed(theme.code)] == 1}
        listed = {fold_typed(text): theme.code for theme in themes for text in _listed(theme)}
        self._labels: dict[str, list[str]] = {}
        for theme in themes:
            self._labels.setdefault(fold_typed(theme.label), []).append(theme.code)
        labels = {label: codes[0] for label, codes in self._labels.items() if len(codes) == 1}
        nothing = {fold_typed(text.strip("— ")): "" for text in NO_THEME} | {fold_typed(text): "" for text in NO_THEME}
        self._names: Mapping[str, str] = {**nothing, **labels, **listed, **self._folded}

    def find(self, text: str) -> str | None:
        """The code of the theme meant, "" for "no theme", None when none is, or more than one."""
        return self._codes[text] if text in self._codes else self._names.get(fold_typed(text))

    def alike(self, text: str) -> tuple[str, ...]:
        """The codes of the themes that share this label."""
        return tuple(self._labels.get(fold_typed(text), ()))

    def known(self) -> tuple[str, ...]:
        """What a theme may be called, as the codebook spells it."""
        return tuple(name for theme in self._themes for name in (theme.code, theme.label))


def _listed(theme: Theme) -> tuple[str, str]:
    return label_of(theme), f"{theme.label} [{theme.code}]"
