"""One cell of the questionnaire as an answer to its item. Never guesses: what it cannot read is told and left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from corpus.errors import Notebook, listed
from corpus.questionnaire.item_types import CLOSED, NO, TICKED, UNTICKED, YES
from corpus.records import Item, Option
from corpus.tables.sheets import Row
from corpus.words.language import Bilingual
from corpus.words.missing_words import NO_ANSWER, REJECTED, missing_codes, missing_kind
from corpus.words.numbers import days_since_epoch, months_first, parse_date, parse_number, thousands_points
from corpus.words.spelling import fold, suggestion

ANSWERED = "answered"
_SIGN = 4  # signs such as `-` or `n.d.` are this long at most
_SEPARATORS = ("|", ";", ", ", ",", "\n")
_MOST_JOINED = 12  # separators inside one label
_OTHER = {"altro", "altra", "other", "-oth-", "altro:", "other:", "altro (specificare)", "other (please specify)"}


@dataclass(frozen=True, slots=True)
class ItemColumns:
    """Where an item's answers stand: one column, or one column an option (by the option's value)."""

    item: Item
    column: str = ""
    by_option: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes into a row of the Answers frame, besides who answered and which item."""

    value: str
    label: str
    number: float | None
    status: str = ANSWERED
    option: str = ""


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
        chosen, unknown = next((parts for parts in divided if not parts[1]), divided[0])
        if unknown and self.other:
            # The separator that leaves least unknown, and of equals that which finds most, is the one that was typed.
            chosen, _ = min(divided, key=lambda parts: (len(parts[1]), -len(parts[0])))
            chosen = chosen | {self.other.value}
            unknown = ()
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
    if word in YES | TICKED | {fold(option.value), fold(option.label)}:
        return True
    return False if not word or word in NO | UNTICKED else None


def is_other(option: Option) -> bool:
    """Whether an option stands for what the respondent writes: "Altro", "Other"."""
    return bool({fold(option.value), fold(option.label)} & _OTHER)


class _Unreadable(Exception):
    """A cell that is no answer to its item; its message goes on as a Problem."""

    def __init__(self, it: str, en: str):
        self.message = Bilingual(it, en)
        super().__init__(en)


class CellReader:
    """Reads the cells of one item, row by row; what the whole column tells (how numbers and days are typed) is found
    once. `words` are what the survey program writes instead of an answer, with the kind of non-answer.
    """

    def __init__(
        self,
        columns: ItemColumns,
        rows: Sequence[Row],
        notebook: Notebook,
        words: Mapping[str, str] = MappingProxyType({}),
    ):
        self.columns = columns
        self.item = columns.item
        self.notebook = notebook
        self.words = words
        self.choices = Choices(columns.item)
        self.points_group = True
        self.month_first = False
        if self.item.type == "number":
            self._look_at_points(rows)
            self._ask_about_codes(rows)
        if self.item.type == "date":
            self._look_at_months(rows)

    def read(self, row: Row) -> Iterator[Answer]:
        """The answers in `row`, one, or one an option of a multiple response.

        A cell that is no answer to the item is told and gives "rejected": the person answered, nobody knows what.
        """
        if self.columns.by_option:
            yield from self._by_option(row, self.columns.by_option)
            return
        try:
            yield from self._in_one_cell(row[self.columns.column])
        except _Unreadable as fault:
            self.notebook.error(*fault.message, row=row.number, column=self.columns.column)
            rejected = Answer("", row[self.columns.column], None, REJECTED)
            options = self.choices.real if self.item.type == "multi" else ()
            yield from (_for_option(rejected, option) for option in options)
            if not options:
                yield rejected

    def _look_at_points(self, rows: Sequence[Row]) -> None:
        cells = self._answered(rows)
        self.points_group = thousands_points([cell for _, cell in cells], self.item.unit)
        pointed = [number for number, cell in cells if "." in cell]
        if self.points_group and pointed and not any("," in cell for _, cell in cells):
            self.notebook.warning(
                f"il punto è letto come separatore delle migliaia (1.240 = 1240), righe {listed(pointed)}: "
                "se era un decimale scrivi la virgola",
                f"the point is read as grouping thousands (1.240 = 1240), rows {listed(pointed)}: "
                "if it marks decimals write a comma",
                row=pointed[0],
                column=self.columns.column,
            )

    def _ask_about_codes(self, rows: Sequence[Row]) -> None:
        """A 99 among small numbers is counted as it stands, and asked about: only who typed it knows."""
        numbers = [
            (row, parse_number(cell, self.item.unit, points_group=self.points_group))
            for row, cell in self._answered(rows)
        ]
        codes = missing_codes(number for _, number in numbers if number is not None)
        if codes:
            coded = [row for row, number in numbers if number in codes]
            names = ", ".join(f"{code:g}" for code in sorted(codes))
            self.notebook.warning(
                f"{names} sembra un codice di mancata risposta (righe {listed(coded)}): è contato come numero; "
                "se non lo è aggiungi al codebook un'opzione con quel valore e `missing`",
                f"{names} looks like a code for no answer (rows {listed(coded)}): it counts as a number; "
                "if it is none add an option of that value with `missing` to the codebook",
                row=coded[0],
                column=self.columns.column,
            )

    def _look_at_months(self, rows: Sequence[Row]) -> None:
        cells = self._answered(rows)
        self.month_first = months_first([cell for _, cell in cells])
        if self.month_first:
            self.notebook.warning(
                "le date sono lette mese/giorno/anno",
                "dates are read month/day/year",
                row=cells[0][0],
                column=self.columns.column,
            )

    def _answered(self, rows: Sequence[Row]) -> list[tuple[int, str]]:
        cells = ((row.number, row[self.columns.column]) for row in rows)
        return [(number, cell) for number, cell in cells if self._unanswered(cell) is None]

    def _unanswered(self, cell: str) -> Answer | None:
        """Why `cell` is no answer: blank, a declared code, or a word that says so; None when it is an answer.

        An option that the codebook has comes before the words. In open text only signs and codes count, so that
        "Non so" stays what the respondent wrote.
        """
        if not cell:
            return Answer("", "", None, NO_ANSWER)
        if missing := self.choices.missing(cell):
            return Answer(missing.value, missing.label, None, missing.missing)
        if self.choices.one(cell):
            return None
        kind = self.words.get(fold(cell)) or missing_kind(cell)
        if kind and (self.item.type != "text" or len(cell) <= _SIGN):
            return Answer("", cell, None, kind)
        return None

    def _in_one_cell(self, cell: str) -> Iterator[Answer]:
        unanswered = self._unanswered(cell)
        if self.item.type == "multi":
            ticked = () if unanswered else self._ticked(cell)
            for option in self.choices.real:
                yield _ticked(option, option in ticked) if unanswered is None else _for_option(unanswered, option)
        else:
            yield unanswered or self._single(cell)

    def _ticked(self, cell: str) -> tuple[Option, ...]:
        options, unknown = self.choices.several(cell)
        if unknown:
            hint = suggestion(unknown[0], [option.value for option in self.choices.real])
            names = ", ".join(f"`{part}`" for part in unknown)
            raise _Unreadable(
                f"{names} non è tra le opzioni della domanda (separatore `{self.item.separator}`): "
                f"la risposta è lasciata fuori{hint.it}",
                f"{names} is not among the options of the item (separator `{self.item.separator}`): "
                f"the answer is left out{hint.en}",
            )
        return options

    def _single(self, cell: str) -> Answer:
        kind = self.item.type
        if kind == "text":
            return Answer(cell, cell, None)
        if kind == "number":
            number = parse_number(cell, self.item.unit, points_group=self.points_group)
            if number is None:
                raise _Unreadable(
                    f"`{cell}` non è un numero: la risposta è lasciata fuori",
                    f"`{cell}` is not a number: the answer is left out",
                )
            return Answer(f"{number:.15g}", cell, number)
        if kind == "date":
            day = parse_date(cell, month_first=self.month_first)
            if day is None:
                raise _Unreadable(
                    f"`{cell}` non è una data (gg/mm/aaaa): la risposta è lasciata fuori",
                    f"`{cell}` is not a date (dd/mm/yyyy): the answer is left out",
                )
            return Answer(day.isoformat(), day.strftime("%d/%m/%Y"), days_since_epoch(day))
        option = self.choices.one(cell)
        if option is None and self.choices.other:
            return Answer(self.choices.other.value, f"{self.choices.other.label}: {cell}", self.choices.other.order)
        if option is None:
            values = ", ".join(option.value for option in self.choices.real)
            raise _Unreadable(
                f"`{cell}` non è tra i codici della domanda ({values}): la risposta è lasciata fuori",
                f"`{cell}` is not among the values of the item ({values}): the answer is left out",
            )
        if kind == "yesno":
            return Answer(option.value, option.label, float(option.value in self.item.yes) if self.item.yes else None)
        return Answer(option.value, option.label, option.order)

    def _by_option(self, row: Row, columns: Mapping[str, str]) -> Iterator[Answer]:
        blank = not any(row[title] for title in columns.values())
        for option in self.choices.real:
            if option.value not in columns:
                continue
            cell = row[columns[option.value]]
            unanswered = None if read_tick(cell, option) is not None and not blank else self._unanswered(cell)
            if unanswered:
                yield _for_option(unanswered, option)
            elif is_other(option) and read_tick(cell, option) is None:
                yield _ticked(option, True)  # the cell is what the respondent wrote as "other"
            elif (tick := read_tick(cell, option)) is not None:
                yield _ticked(option, tick)
            else:
                self.notebook.error(
                    f"`{cell}` non dice se l'opzione è scelta (1 o 0, sì o no): la risposta è lasciata fuori",
                    f"`{cell}` does not say whether the option is chosen (1 or 0, yes or no): the answer is left out",
                    row=row.number,
                    column=columns[option.value],
                )
                yield _for_option(Answer("", cell, None, REJECTED), option)


def _ticked(option: Option, tick: bool) -> Answer:
    return Answer("1" if tick else "0", option.label, float(tick), option=option.value)


def _for_option(answer: Answer, option: Option) -> Answer:
    return replace(answer, option=option.value, label=option.label)
