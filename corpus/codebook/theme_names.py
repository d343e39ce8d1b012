"""What people call themes in their tables and worksheets, and which one is meant. Guesses nothing."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.records import Theme
from corpus.words.language import Bilingual
from corpus.words.spelling import fold, fold_typed

NO_THEME = Bilingual("— nessun tema —", "— no theme —")
_SHOWN_CODE = re.compile(r"\[([^\[\]]+)\]$")


def label_of(theme: Theme) -> str:
    """How a theme stands in the list to choose from: `Personale [personale]`."""
    return theme.label if fold(theme.label) == fold(theme.code) else f"{theme.label} [{theme.code}]"


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
        """The code of the theme meant, "" for "no theme", None when none is, or more than one.

        In a sheet that was filled in before its label was changed a theme is known by the code behind the old one.
        """
        if text in self._codes:
            return self._codes[text]
        shown = _SHOWN_CODE.search(text.strip())
        return self._names.get(fold_typed(text), self._codes.get(shown[1]) if shown else None)

    def alike(self, text: str) -> tuple[str, ...]:
        """The codes of the themes that share this label."""
        return tuple(self._labels.get(fold_typed(text), ()))

    def known(self) -> tuple[str, ...]:
        """What a theme may be called, as the codebook spells it."""
        return tuple(name for theme in self._themes for name in (theme.code, theme.label))


def _listed(theme: Theme) -> tuple[str, str]:
    return label_of(theme), f"{theme.label} [{theme.code}]"
