"""The sentences of the word files, filled in one language. The only place that knows languages and decimal marks.

A word file is TOML; `key = ["italiano", "english"]`, tables give the first part of the key. In a sentence:

- `{n}` is the fact n: a text as it is, a Phrase in words, a whole number, a fraction with three digits;
- `{share:percent}`, `{p:p}`, `{mean:decimal}`, `{n:count}` are numbers as the cells of that kind show them, and any
  format of Python for numbers does, such as `{mean:.1f}`: the decimal mark is the language's, infinity is ∞;
- `{p:=p}` is a p value with its sign: `= 0,052`, `< 0,001`;
- `{n:rispondente|rispondenti}` is the first word for 1 and the second for any other number;
- `{themes:, }` joins a tuple by what stands after the colon, `{themes:and}` as people list things.
"""

import string
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, get_args

from corpus.words.language import Language
from corpus.words.phrase import PAIR, Phrase
from outputs.numbers import Kind, format_value, in_words

_LAST = {"it": " e ", "en": " and "}
_KINDS = get_args(Kind)


class Sentence(NamedTuple):
    """A sentence in both languages."""

    it: str
    en: str


@cache
def sentences() -> Mapping[str, Sentence]:
    """Every sentence of the word files by its key. Raises ValueError where two files hold one key."""
    known: dict[str, Sentence] = {}
    for file in sorted(files("outputs.words").iterdir(), key=lambda path: path.name):
        if not file.name.endswith(".toml"):
            continue
        for key, pair in _flat(tomllib.loads(file.read_text(encoding="utf-8"))):
            if key in known:
                raise ValueError(f"{file.name}: the key {key} is taken")
            known[key] = Sentence(*pair)
    return known


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Sequence[str]]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def say(text: Phrase | str | None, language: Language) -> str:
    """A Phrase in words; a text that is data, or in words already, as it is; "" for None.

    Raises KeyError for a sentence that no word file has, or a fact that it needs and was not given.
    """
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    if text.key == PAIR:
        return str(text.facts[language])
    template = getattr(sentences()[text.key], language)
    return _Filled(language).vformat(template, (), text.facts)


def templates(subject: str, language: Language) -> dict[str, str]:
    """Every sentence of a subject by the rest of its key, unfilled, for a template or a script that fills them."""
    start = f"{subject}."
    known = {key: sentence for key, sentence in sentences().items() if key.startswith(start)}
    return {key.removeprefix(start): getattr(sentence, language) for key, sentence in known.items()}


def word(vocabulary: str, code: str, language: Language) -> str:
    """The word of a vocabulary for a code; a code that has none stands for itself."""
    key = f"{vocabulary}.{code}"
    return say(Phrase(key), language) if key in sentences() else code


class _Filled(string.Formatter):
    """Fills a sentence in one language (see above)."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        return value

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, tuple | list):
            return self._listed([self.format_field(part, "") for part in value], format_spec)
        if isinstance(value, Phrase):
            return say(value, self.language)
        if value is None:
            return ""
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return one if str(value) == "1" else many
        if isinstance(value, str):
            return value
        if format_spec == "=p":
            text = format_value(value, "p", self.language)
            return text.replace("<", "< ") if text.startswith("<") else f"= {text}"
        if format_spec in _KINDS:
            return format_value(value, format_spec, self.language)  # type: ignore[arg-type]
        if format_spec:
            text = format(value, format_spec).replace("inf", "∞")
            return text.replace(".", ",") if self.language == "it" else text
        return str(value) if isinstance(value, int) else in_words(value, self.language)

    def _listed(self, texts: list[str], separator: str) -> str:
        if separator != "and":
            return (separator or ", ").join(texts)
        first = texts[:-1]
        last = texts[-1:]
        return _LAST[self.language].join([", ".join(first), *last]) if first else "".join(last)
