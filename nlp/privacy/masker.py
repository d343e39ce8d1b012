"""The masker of one study: told all its texts first, so that a name known from one is found in every other.

Reads a Study, never a file; hands out edits and changes no text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from corpus.pseudonyms.edits import Edit, without_overlaps
from corpus.pseudonyms.key import Form, Key, pseudonym
from corpus.pseudonyms.texts import TABLES, StudyText, texts_of
from corpus.study import Study
from corpus.words.roles import role_of_label
from corpus.words.spelling import fold, is_uncased
from nlp.annotation import annotate
from nlp.entities import keep_longest
from nlp.italian.mentions import Context
from nlp.italian.name_lists import given_name, may_be_a_name, nobody, surname
from nlp.italian.person_names import is_name, trim_name
from nlp.italian.phrases import PhraseFinder
from nlp.italian.places import PlaceJudge, StudyPlaces
from nlp.privacy.patterns import find_shapes
from nlp.privacy.person_finder import Known, Manner, Named, find_names
from nlp.privacy.person_numbers import PERSON, People

_NEEDED = ("tok2vec", "transformer", "ner")  # the other parts of the pipeline say nothing of names
_ENTRY = re.compile(r"(?P<kind>[A-ZÀ-Ý_]{2,20}):\s*(?P<forms>.+)")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class _Own:
    """A form of the study's own list: `pattern` finds it whatever its white space and capitals."""

    pattern: re.Pattern[str]
    kind: str
    form: Form


@dataclass
class Masker:
    """Finds what is to be replaced in any text of one study. Build it with `build_masker`."""

    people: People
    known: Known
    own: tuple[_Own, ...]
    places: "_Places | None"
    uncased: dict[str, bool]
    seen: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def find(self, text: StudyText) -> tuple[Edit, ...]:
        """The edits of one text, sorted, without overlaps; the kinds with a shape and the own list go before names."""
        if not text.value.strip():
            return ()
        edits = [self._edit(*shape) for shape in find_shapes(text.value)] if text.manner != "code" else []
        for listed in self.own:
            number = self._own_number(listed)
            edits += [
                Edit(*match.span(), pseudonym(listed.kind, number), listed.kind)
                for match in listed.pattern.finditer(text.value)
            ]
        fixed = without_overlaps(edits)
        named = [self._person(named, text) for named in self.names(text)]
        towns = self.places.find(text.value, self._uncased(text)) if self.places else []
        loose = [self._edit(start, end, "COMUNE", form) for start, end, form in towns] + named
        free = (edit for edit in loose if not _touches_any(edit, fixed))
        return without_overlaps([*fixed, *free])

    def names(self, text: StudyText) -> list[Named]:
        """People named in a text, before they are joined."""
        seen = self.seen.get(text.value, ())
        if text.manner == "name":
            return _whole_cell(text.value, self.known)
        return find_names(text.value, seen, self.known, _manner(text, self._uncased(text)))

    def _uncased(self, text: StudyText) -> bool:
        return text.manner == "speech" and self.uncased.get(text.transcript, False)

    def _person(self, named: Named, text: StudyText) -> Edit:
        number = self.people.number(named.words, text.transcript, named.feminine)
        return Edit(named.start, named.end, pseudonym(PERSON, number), PERSON)

    def _own_number(self, own: _Own) -> int:
        if own.kind == PERSON:
            return self.people.number(own.form, TABLES, None)
        return self.people.key.number(own.kind, own.form)

    def _edit(self, start: int, end: int, kind: str, form: str) -> Edit:
        return Edit(start, end, pseudonym(kind, self.people.key.number(kind, (form,))), kind)


def _touches_any(edit: Edit, others: Iterable[Edit]) -> bool:
    return any(edit.start < other.end and other.start < edit.end for other in others)


def build_masker(study: Study, pipeline: Any, key: Key, own_names: Iterable[str] = ()) -> Masker:
    """The masker of `study`. `key` holds the numbers of earlier runs and gets those of new people.

    `own_names` are entries like those of `[privacy] names`. The same study and key give the same pseudonyms.
    """
    options = study.settings.privacy
    groups = [_entry(entry) for entry in (*options.names, *own_names) if entry.strip()]
    texts = list(texts_of(study))
    keep = frozenset(word.lower() for name in options.keep for word in _WORDS.findall(name))
    own_words = {word for kind, forms in groups if kind == PERSON for form in forms for word in _form(form)}
    towns = StudyPlaces.from_respondents(study.respondents).municipalities
    at = frozenset(word.lower() for town in towns for word in _WORDS.findall(town))
    known = Known(frozenset(own_words | _table_words(texts) | _label_words(texts)) - keep, keep, at)
    aliases = tuple(tuple(map(_form, forms)) for kind, forms in groups if kind == PERSON)
    own = tuple(
        _Own(_pattern(form), kind, _form(form if kind == PERSON else forms[0]))
        for kind, forms in groups
        for form in forms
    )
    places = _Places(StudyPlaces.from_respondents(study.respondents)) if options.municipalities else None
    masker = Masker(People(key, aliases), known, own, places, _uncased(texts), _model_people(texts, pipeline))
    named = [name for text in texts for name in masker.names(text)]
    spread = {word for name in named for word in name.words if len(word) > 2 and not nobody(word)}
    masker.known = Known(known.words | spread - keep, keep, at)
    masker.people.fill([(text.transcript, name.words) for text in texts for name in masker.names(text)])
    return masker


def _manner(text: StudyText, uncased: bool) -> Manner:
    if text.manner == "speech":
        return Manner(uncased=uncased)
    short = len(text.value.split()) <= 4
    return Manner(cell=short, camel=text.manner == "code", lists=text.manner != "message")


def _whole_cell(value: str, known: Known) -> list[Named]:
    """A cell of a column of names: all its words are the name, whatever they are."""
    words = [match for match in _WORDS.finditer(value) if match[0].lower() not in known.keep]
    parts = tuple(sorted({match[0].lower().replace("’", "'") for match in words if len(match[0]) > 1}))
    return [Named(words[0].start(), words[-1].end(), parts, None)] if parts else []


def _table_words(texts: Iterable[StudyText]) -> set[str]:
    return {
        word.lower() for text in texts if text.manner == "name" for word in _WORDS.findall(text.value) if len(word) > 2
    }


def _label_words(texts: Iterable[StudyText]) -> set[str]:
    """Words of speakers' labels that can be names: not the words for roles, not codes."""
    words: set[str] = set()
    for text in texts:
        if text.manner == "label" and not any(character.isdigit() for character in text.value):
            for word in _WORDS.findall(text.value):
                listed = given_name(word) or surname(word) or may_be_a_name(word)
                if len(word) > 2 and listed and role_of_label(word) is None:
                    words.add(word.lower())
    return words


def _entry(entry: str) -> tuple[str, tuple[str, ...]]:
    match = _ENTRY.fullmatch(entry.strip())
    kind, forms = (match["kind"], match["forms"]) if match else (PERSON, entry)
    return kind, tuple(form.strip() for form in forms.split("|") if form.strip())


def _form(name: str) -> Form:
    words = {word.lower().replace("’", "'") for word in _WORDS.findall(name)}
    return tuple(sorted(words)) or (fold(name),)


def _pattern(form: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in form.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _uncased(texts: Iterable[StudyText]) -> dict[str, bool]:
    letters: dict[str, list[int]] = {}
    for text in texts:
        if text.manner == "speech":
            count = letters.setdefault(text.transcript, [0, 0])
            count[0] += sum(map(str.isupper, text.value))
            count[1] += sum(map(str.isalpha, text.value))
    return {name: is_uncased(capitals, total) for name, (capitals, total) in letters.items()}


def _model_people(texts: Iterable[StudyText], pipeline: Any) -> dict[str, tuple[tuple[int, int], ...]]:
    """Text -> the spans that the model takes for persons, titles cut off. Kept in memory only."""
    spoken = sorted({text.value for text in texts if text.manner == "speech" and text.value.strip()})
    frame = pd.DataFrame({"segment": [str(number) for number in range(len(spoken))], "text": spoken}, dtype="str")
    with pipeline.select_pipes(enable=[name for name in pipeline.pipe_names if name in _NEEDED]):
        mentions = annotate(frame, pipeline)[1]
    spans: dict[str, list[tuple[int, int]]] = {}
    of_people = mentions[mentions["label"] == "PER"]
    for segment, first, last in zip(of_people["segment"], of_people["start"], of_people["end"], strict=True):
        text = spoken[int(segment)]
        start, end = trim_name(text, first, last)
        if start < end and is_name(text[start:end], uncased=True):
            spans.setdefault(text, []).append((start, end))
    return {text: tuple(people) for text, people in spans.items()}


class _Places:
    """The municipalities of the study and of ISTAT, when they are to be replaced too."""

    def __init__(self, places: StudyPlaces):
        self.finder = PhraseFinder(places.municipalities)
        self.judge = PlaceJudge(places)

    def find(self, text: str, uncased: bool) -> Iterator[tuple[int, int, str]]:
        phrases = [phrase for phrase in next(self.finder.find([text])) if phrase.label == "COMUNE"]
        for mention in keep_longest(self.judge.judge(text, phrases, Context(uncased))):
            skip = re.match(r"comune (?:di |d['’])", text[mention.start : mention.end], re.IGNORECASE)
            yield mention.start + (skip.end() if skip else 0), mention.end, mention.normal_form.lower()
