"""The tables of the tiny study, built once for all the tests of what leaves."""

from functools import cache

from corpus.language import Language
from outputs.tables import Table, build_tables
from tests.nlp.studied import study


@cache
def built(language: Language = "it", first: str = "Qui siamo in tre e non basta mai.") -> tuple[Table, ...]:
    """The tables; `first` is the text of every respondent's first segment."""
    return tuple(build_tables(*study(first=first), language))
