"""One cell of the questionnaire as an answer to its item. Never guesses: what it cannot read becomes a Problem."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from corpus.errors import Problem, listed, problem
from corpus.questionnaire.choices import Choices, is_other, read_tick
from corpus.records import Item, Option
from corpus.tables.sheets import Row
from corpus.words.language import Bilingual
from corpus.words.missing_words import NO_ANSWER, REJECTED, missing_codes, missing_kind
from corpus.words.numbers import days_since_epoch, months_first, parse_date, parse_number, thousands_points
from corpus.words.spelling import fold, suggestion

ANSWERED = "answered"
_SIGN = 4  # signs such as `-` or `n.d.` are this long at most


@dataclass(frozen=True, slots=True)
class ItemColumns:
    """Where an item's answers stand: one column, or one column an option (by the option's value)."""

    item: Item
    whole: str = ""
    by_option: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes into a row of the Answers frame, besides who answered and which item."""

    value: str
    label: str
    number: float | None
    status: str = ANSWERED
    option: str = ""


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
        file: str,
        problems: list[Problem],
        words: Mapping[str, str] = MappingProxyType({}),
    ):
        self.columns, self.item, self.file, self.words = columns, columns.item, file, words
        self.choices = Choices(columns.item)
        self.points_group = True
        self.month_first = False
        if self.item.type == "number":
            self._look_at_points(rows, problems)
            self._ask_about_codes(rows, problems)
        if self.item.type == "date":
            self._look_at_months(rows, problems)

    def read(self, row: Row, problems: list[Problem]) -> Iterator[Answer]:
        """The answers in `row`, one, or one an option of a multiple response; faults are added to `problems`.

        A cell that is no answer to the item gives "rejected": the person answered, nobody knows what.
        """
        if self.columns.by_option:
            yield from self._by_option(row, self.columns.by_option, problems)
            return
        try:
            yield from self._whole(row[self.columns.whole])
        except _Unreadable as fault:
            problems.append(Problem(fault.message, file=self.file, row=row.number, column=self.columns.whole))
            rejected = Answer("", row[self.columns.whole], None, REJECTED)
            options = self.choices.real if self.item.type == "multi" else ()
            yield from (_for_option(rejected, option) for option in options)
            if not options:
                yield rejected

    def _look_at_points(self, rows: Sequence[Row], problems: list[Problem]) -> None:
        cells = self._answered(rows)
        self.points_group = thousands_points([cell for _, cell in cells], self.item.unit)
        pointed = [number for number, cell in cells if "." in cell]
        if self.points_group and pointed and not any("," in cell for _, cell in cells):
            it = f"il punto è letto come separatore delle migliaia (1.240 = 1240), righe {listed(pointed)}: "
            en = f"the point is read as grouping thousands (1.240 = 1240), rows {listed(pointed)}: "
            it, en = it + "se era un decimale scrivi la virgola", en + "if it marks decimals write a comma"
            problems.append(problem(it, en, self.file, pointed[0], self.columns.whole, "warning"))

    def _ask_about_codes(self, rows: Sequence[Row], problems: list[Problem]) -> None:
        """A 99 among small numbers is counted as it stands, and asked about: only who typed it knows."""
        read = [
            (number, parse_number(cell, self.item.unit, points_group=self.points_group))
            for number, cell in self._answered(rows)
        ]
        codes = missing_codes(value for _, value in read if value is not None)
        if codes:
            placed = [number for number, value in read if value in codes]
            names = ", ".join(f"{code:g}" for code in sorted(codes))
            it = f"{names} sembra un codice di mancata risposta (righe {listed(placed)}): è contato come numero; "
            en = f"{names} looks like a code for no answer (rows {listed(placed)}): it counts as a number; "
            it += "se non lo è aggiungi al codebook un'opzione con quel valore e `missing`"
            en += "if it is none add an option of that value with `missing` to the codebook"
            problems.append(problem(it, en, self.file, placed[0], self.columns.whole, "warning"))

    def _look_at_months(self, rows: Sequence[Row], problems: list[Problem]) -> None:
        cells = self._answered(rows)
        self.month_first = months_first([cell for _, cell in cells])
        if self.month_first:
            it, en = "le date sono lette mese/giorno/anno", "dates are read month/day/year"
            problems.append(problem(it, en, self.file, cells[0][0], self.columns.whole, "warning"))

    def _answered(self, rows: Sequence[Row]) -> list[tuple[int, str]]:
        cells = ((row.number, row[self.columns.whole]) for row in rows)
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

    def _whole(self, cell: str) -> Iterator[Answer]:
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

    def _by_option(self, row: Row, columns: Mapping[str, str], problems: list[Problem]) -> Iterator[Answer]:
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
                it = f"`{cell}` non dice se l'opzione è scelta (1 o 0, sì o no): la risposta è lasciata fuori"
                en = f"`{cell}` does not say whether the option is chosen (1 or 0, yes or no): the answer is left out"
                problems.append(problem(it, en, self.file, row.number, columns[option.value]))
                yield _for_option(Answer("", cell, None, REJECTED), option)


def _ticked(option: Option, tick: bool) -> Answer:
    return Answer("1" if tick else "0", option.label, float(tick), option=option.value)


def _for_option(answer: Answer, option: Option) -> Answer:
    return replace(answer, option=option.value, label=option.label)
