"""Which option of a closed item a cell names, by code or by label. Knows one item; reads no file."""

from corpus.questionnaire.item_types import CLOSED, NO, YES
from corpus.records import Item, Option
from corpus.words.numbers import parse_number
from corpus.words.spelling import fold

_TICKED = {"checked", "scelto", "selezionato", "selected"}
_UNTICKED = {"not checked", "non scelto", "non selezionato", "unchecked", "not selected"}
_SEPARATORS = ("|", ";", ", ", ",", "\n")
_MOST_JOINED = 12  # separators inside one label
_OTHER = {"altro", "altra", "other", "-oth-", "altro:", "other:", "altro (specificare)", "other (please specify)"}


class Choices:
    """The options of an item, found by code first, then by label; a number such as `1,0` finds the code `1`."""

    def __init__(self, item: Item):
        self.item = item
        self.real = tuple(option for option in item.options if not option.missing)
        self._by_word: dict[str, Option] = {}
        for option in item.options:
            self._by_word.setdefault(fold(option.value), option)
        for option in item.options:
            self._by_word.setdefault(fold(option.label), option)
        if item.type == "yesno":
            self._understand(YES, [option for option in self.real if option.value in item.yes])
            self._understand(NO, [option for option in self.real if item.yes and option.value not in item.yes])
        self.other = next((option for option in self.real if is_other(option)), None)

    def _understand(self, words: set[str], meant: list[Option]) -> None:
        """Take the other words of yes, or of no, for the one option that they can mean."""
        if len(meant) == 1:
            for word in sorted(words):
                self._by_word.setdefault(word, meant[0])

    def missing(self, cell: str) -> Option | None:
        """The declared missing answer that `cell` is, if it is one."""
        option = self._find(cell)
        return option if option and option.missing else None

    def one(self, cell: str) -> Option | None:
        """The real option that `cell` names."""
        option = self._find(cell)
        return option if option and not option.missing else None

    def several(self, cell: str) -> tuple[tuple[Option, ...], tuple[str, ...]]:
        """The options in a cell of a multiple response, in the item's order, and the parts that are no option.

        Where the item's separator leaves an unknown part, the other usual ones are tried. What is left unknown is the
        respondent's own "other" when the item has such an option.
        """
        separators = dict.fromkeys((self.item.separator, *_SEPARATORS))
        divided = [self._divide(cell, separator) for separator in separators]
        chosen, unknown = next((found for found in divided if not found[1]), divided[0])
        if unknown and self.other:
            chosen, unknown = min(divided, key=lambda found: (len(found[1]), -len(found[0])))
            chosen, unknown = chosen | {self.other.value}, ()
        return tuple(option for option in self.real if option.value in chosen), unknown

    def _divide(self, cell: str, separator: str) -> tuple[set[str], tuple[str, ...]]:
        """A label may hold the separator: neighbouring parts are joined where together they name an option."""
        parts = cell.split(separator)
        chosen: set[str] = set()
        unknown: list[str] = []
        start = 0
        while start < len(parts):
            for end in range(min(len(parts), start + _MOST_JOINED), start, -1):
                option = self.one(separator.join(parts[start:end]))
                if option:
                    chosen.add(option.value)
                    start = end
                    break
            else:
                if parts[start].strip():
                    unknown.append(parts[start].strip())
                start += 1
        return chosen, tuple(unknown)

    def _find(self, cell: str) -> Option | None:
        word = fold(cell)
        if word in self._by_word or self.item.type not in CLOSED:
            return self._by_word.get(word)
        number = parse_number(cell)
        if number is not None:
            return self._by_word.get(f"{number:.15g}")
        return self._by_word.get(word.rstrip("'’`´"))  # an accent typed beside its letter: `si'`


def read_tick(cell: str, option: Option) -> bool | None:
    """Whether an option's own column says that it is chosen; a blank is no, None is neither yes nor no."""
    word = fold(cell).rstrip("'’`´")
    if word in YES | _TICKED | {fold(option.value), fold(option.label)}:
        return True
    return False if not word or word in NO | _UNTICKED else None


def is_other(option: Option) -> bool:
    """Whether an option stands for what the respondent writes: "Altro", "Other"."""
    return bool({fold(option.value), fold(option.label)} & _OTHER)
