"""The two languages in which Trama speaks to people: each text is a pair, side by side, so that none is forgotten."""

from typing import Literal, NamedTuple

Language = Literal["it", "en"]


class Bilingual(NamedTuple):
    """A text for people in Italian and in English."""

    it: str
    en: str

    def say(self, language: Language = "it") -> str:
        """The text in `language`."""
        return self.en if language == "en" else self.it
