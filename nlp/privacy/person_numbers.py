"""Which mentions name the same person, and the number each person has. Looks at words alone, never at a text."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.pseudonyms.key import Form, Key
from nlp.italian.name_lists import given_name

PERSON = "PERSONA"
_MEN_IN_A = frozenset({"luca", "andrea", "nicola", "mattia", "elia", "gianluca", "gianandrea", "enea", "battista"})


@dataclass
class People:
    """Every person of a study. `fill` first, then `number` of any mention.

    A longer name holds the shorter ones: "Rossi" alone is Maria Rossi where she is the only Rossi of the transcript,
    else of the study; title or article decide between a man and a woman. What fits two people is a person of its own.
    `aliases` are forms that the researcher says are one person.
    """

    key: Key
    aliases: tuple[tuple[Form, ...], ...] = ()
    _by_transcript: dict[str, set[Form]] = field(default_factory=dict)
    _numbers: dict[Form, int] = field(default_factory=dict)
    _whole: set[Form] = field(default_factory=set)

    def fill(self, mentions: Iterable[tuple[str, Form]]) -> None:
        """All (transcript, form) of the study, in canonical order; people get their numbers in that order."""
        ordered = list(dict.fromkeys(mentions))
        for transcript, form in ordered:
            self._by_transcript.setdefault(transcript, set()).add(form)
        forms = {form for _, form in ordered} | {form for forms in self.aliases for form in forms}
        by_word: dict[str, set[Form]] = {}
        for form in forms:
            for word in form:
                by_word.setdefault(word, set()).add(form)
        for form in forms:
            longer = set.intersection(*(by_word[word] for word in form))
            if not any(len(other) > len(form) for other in longer):
                self._whole.add(form)
        for one in self.aliases:
            self._number_of_whole(one[0], one)
        taken: set[int] = set(self._numbers.values())
        for _, form in ordered:
            if form in self._whole and form not in self._numbers:
                self._numbers[form] = self._old(form, taken) or self.key.add(PERSON, form)
                taken.add(self._numbers[form])
                self.key.entries[PERSON][self._numbers[form]].add(form)
        self._by_word: dict[str, set[Form]] = {}
        for form in self._whole | set(self._numbers):
            for word in form:
                self._by_word.setdefault(word, set()).add(form)

    def number(self, form: Form, transcript: str, feminine: bool | None) -> int:
        """The number of the person that `form` names in `transcript`."""
        if form in self._numbers:
            return self._numbers[form]
        whole = self._holding(form)
        here = {one for one in whole if self._said_in(one, transcript)}
        for candidates in (here, whole):
            numbers = {self._numbers[one] for one in candidates}
            if len(numbers) > 1 and feminine is not None:
                numbers = {self._numbers[one] for one in candidates if _is_woman(one) in (feminine, None)} or numbers
            if len(numbers) == 1:
                number = numbers.pop()
                self.key.entries[PERSON][number].add(form)
                return number
        number = self.key.number(PERSON, form)
        return number

    def _holding(self, form: Form) -> set[Form]:
        sets = [self._by_word.get(word, set()) for word in form]
        return {one for one in set.intersection(*sets) if one in self._numbers} if sets else set()

    def _said_in(self, form: Form, transcript: str) -> bool:
        return form in self._by_transcript.get(transcript, ())

    def _number_of_whole(self, form: Form, forms: tuple[Form, ...]) -> None:
        number = next((self._number_in_key(one) for one in forms if self._number_in_key(one)), 0)
        number = number or self.key.add(PERSON, form)
        for one in forms:
            self._numbers[one] = number
            self.key.entries[PERSON][number].add(one)

    def _number_in_key(self, form: Form) -> int:
        return next((number for number, forms in self.key.entries.get(PERSON, {}).items() if form in forms), 0)

    def _old(self, form: Form, taken: set[int]) -> int:
        """The number that the key already has for a name, or for a shorter or longer one of nobody else."""
        exact = self._number_in_key(form)
        if exact:
            return exact
        words = set(form)
        for number, forms in sorted(self.key.entries.get(PERSON, {}).items()):
            held = any(len(old) > 1 and (set(old) <= words or words <= set(old)) for old in forms)
            alone = all(len(old) == 1 and old[0] in words for old in forms)
            if number not in taken and (held or alone):
                return number
        return 0


def _is_woman(form: Form) -> bool | None:
    given = [word for word in form if given_name(word)]
    if not given:
        return None
    return any(word.endswith("a") and word not in _MEN_IN_A for word in given)
