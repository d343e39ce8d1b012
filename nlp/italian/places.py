"""Which of the words that look like a municipality's name are one: Re, Sale and Vita are towns and words.

It decides by capitals, by the words around, by what the model saw, and by what the study says of its own places.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from nlp.italian.gazetteer import Municipality, municipality_names, province_of_sigla, region_name
from nlp.italian.mentions import Context, Mention, overlaps
from nlp.italian.name_lists import given_name, surname
from nlp.italian.phrases import Phrase

_OF = r"(?:di |d')"
_STRONG = re.compile(
    rf"(?:\b(?:il|al|del|nel|dal|sul|quel|mio|nostro|vostro|col) comune {_OF}|\bcomune {_OF}"
    rf"|\b(?:sindac[oa]|municipio|città|cittadina|abitato|frazione) {_OF}"
    r"|\b(?:nat[oiae]|cresciut[oiae]|viv[oei]|vivono|viviamo|vivev[oa]|abit[oai]|abitano|abitiamo|abitav[oa]|abitat[oa])"
    r" (?:a|ad) )$",
    re.IGNORECASE,
)
_PLURAL = re.compile(rf"\bcomuni (?:\w+ )?{_OF}$", re.IGNORECASE)
_INDEFINITE = re.compile(rf"\b(?:un|ogni|piccol[oi]|altr[oi]|qualche) (?:\w+ )?comun[ei] {_OF}$", re.IGNORECASE)
_BODY = re.compile(rf"\bcomune {_OF}$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:a|ad|da|di|verso|per|tra|fra|fino a|in|con)\s$", re.IGNORECASE)
_STREET = re.compile(
    r"\b(?:via|viale|piazza|piazzale|corso|largo|vicolo|strada|borgo|ospedale|banca|istituto|scuola|liceo|chiesa|parco"
    r"|giardini|provincia|val|valle|monte|lago|stadio)\s?(?:d[ie]\s)?$"
    r"|\b(?:don|signor[ae]?|dottor|san|santa|sant')\s?$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:il|la|i|le|un|una|del|dal|al|nel|sul|sto|sta)\s$", re.IGNORECASE)
_SIGLA = re.compile(r"^\s?\(([A-Z]{2})\)")
_LIST = re.compile(r"^\s?(?:,|e|,? e|ed|o|come)\s$")
_SENTENCE_START = re.compile(r"(?:^|[.?!:…\"«“(\n]|\s[-–—])\s*$")
_NAME_AFTER = re.compile(r"\s[A-ZÀ-Ý]\w")
_NAME_BEFORE = re.compile(r"(\w+)\s$")


def is_sigla(text: str, start: int, end: int) -> bool:
    """The "BS" of "Lumezzane (BS)": part of how a town is written, no place of its own."""
    match = _SIGLA.match(text[max(0, start - 1) :])
    return match is not None and match.end() == end - start + 2


def starts_sentence(text: str, start: int) -> bool:
    """Whether a sentence begins at `start`, so that a capital there tells nothing."""
    return _SENTENCE_START.search(text[max(0, start - 4) : start]) is not None


@dataclass(frozen=True)
class StudyPlaces:
    """The places that a study is about: its respondents' municipalities, and their provinces (names or siglas).

    `of_transcripts` has a province for each transcript whose respondents share one.
    """

    municipalities: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    of_transcripts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_respondents(cls, respondents: pd.DataFrame) -> "StudyPlaces":
        """From the respondents' columns transcript, `comune` and `provincia`; the last two may be missing."""
        columns = {name.lower(): name for name in respondents.columns}
        towns = _values(respondents[columns["comune"]]) if "comune" in columns else ()
        if "provincia" not in columns:
            return cls(towns)
        by_transcript = respondents.groupby("transcript", sort=True)[columns["provincia"]]
        shared = tuple((str(name), values[0]) for name, group in by_transcript if len(values := _values(group)) == 1)
        return cls(towns, _values(respondents[columns["provincia"]]), shared)


def _values(column: pd.Series) -> tuple[str, ...]:
    return tuple(sorted({str(value).strip() for value in column.dropna()} - {""}))


class PlaceJudge:
    """Decides on the finds of one study."""

    def __init__(self, places: StudyPlaces):
        self.own = {name.lower().replace("’", "'"): name for name in places.municipalities}
        siglas = province_of_sigla()
        self.provinces = {siglas.get(name.upper(), name).lower() for name in places.provinces}

    def judge(self, text: str, finds: Iterable[Phrase], context: Context) -> list[Mention]:
        """The finds that are municipalities. "comune di" before the name belongs to the mention."""
        mentions: list[Mention] = []
        listed = False  # the find before was surely a place, so one joined to it by "," or "e" is too
        last_end = 0
        for find in finds:
            towns = municipality_names().get(find.form, ())
            strong = self._strong(text, find, towns, context)
            strong = strong or (listed and _LIST.match(text[last_end : find.start]) is not None)
            if strong or self._likely(text, find, towns, context):
                mentions.append(self._mention(text, find, towns))
                listed = strong
                last_end = find.end
            else:
                listed = False
        return mentions

    def _strong(self, text: str, find: Phrase, towns: Sequence[Municipality], context: Context) -> bool:
        """The words around leave no doubt: "il comune di ...", "nato a ...", "... (BS)"."""
        before = text[max(0, find.start - 40) : find.start]
        surface = text[find.start : find.end]
        sigla = _SIGLA.match(text[find.end :])
        if sigla and any(town.sigla == sigla[1] for town in towns):
            return True
        if _INDEFINITE.search(before) and surface.islower():
            return False
        if _PLURAL.search(before):
            return not surface.islower() or not _common(find, towns)
        return _STRONG.search(before) is not None and (not surface.islower() or context.uncased)

    def _likely(self, text: str, find: Phrase, towns: Sequence[Municipality], context: Context) -> bool:
        surface = text[find.start : find.end]
        before = text[max(0, find.start - 40) : find.start]
        if surface.islower() and not context.uncased:
            return False
        of_study = find.form in self.own
        after_preposition = _PREPOSITION.search(before) is not None
        # the model often takes "da Asola" for a person: it is believed when it saw more, or no preposition
        person = overlaps(find.start, find.end, context.people)
        mistaken = after_preposition and (find.start, find.end) in context.people
        mistaken = mistaken or ((find.start, find.end) in context.people and not _may_be_person(find, towns))
        if (person and not of_study and not mistaken) or _STREET.search(before):
            return False
        starts = _SENTENCE_START.search(before) is not None
        if not starts and not surface.islower() and _follows_name(before):
            return False
        if of_study:
            return True
        seen = (find.start, find.end) in context.places
        if _common(find, towns):
            if surface.islower():
                return seen and after_preposition
            if _NAME_AFTER.match(text[find.end :]):
                return False
            return seen or (not starts and after_preposition)
        if surface.islower():
            doubtful = len(surface) < 4 or surface.startswith(("san ", "sant"))
            return not _ARTICLE.search(before) and (not doubtful or after_preposition)
        return True

    def _mention(self, text: str, find: Phrase, towns: Sequence[Municipality]) -> Mention:
        body = _BODY.search(text[: find.start][-12:])
        start = find.start - (len(body[0]) if body else 0)
        own_name = self._own_name(find.form)
        town = self._choose(towns, _SIGLA.match(text[find.end :]))
        if own_name.lower() != find.form and own_name:
            return Mention(start, find.end, "COMUNE", own_name)
        if town is not None:
            return Mention(start, find.end, "COMUNE", town.name, town.istat)
        return Mention(start, find.end, "COMUNE", own_name or towns[0].name)

    def _own_name(self, form: str) -> str:
        """The study's municipality that `form` names, whole or by first words ("San Vito" of San Vito in Palude)."""
        if form in self.own:
            return self.own[form]
        longer = [name for key, name in self.own.items() if key.startswith(f"{form} ")]
        return longer[0] if len(longer) == 1 else ""

    def _choose(self, towns: Sequence[Municipality], sigla: re.Match[str] | None) -> Municipality | None:
        """Of homonyms the one whose sigla follows, else the only one in the study's provinces; no code is guessed."""
        if sigla:
            towns = [town for town in towns if town.sigla == sigla[1]] or towns
        if len(towns) > 1:
            towns = [town for town in towns if region_name(town.province).lower() in self.provinces]
        return towns[0] if len(towns) == 1 else None


def _may_be_person(find: Phrase, towns: Sequence[Municipality]) -> bool:
    return _common(find, towns) or bool(surname(find.form) or given_name(find.form))


def _common(find: Phrase, towns: Sequence[Municipality]) -> bool:
    return any(town.common for town in towns)


def _follows_name(before: str) -> bool:
    """A capitalised word stands right before, inside the sentence: a surname, a street, a longer name."""
    name = _NAME_BEFORE.search(before)
    if name is None or not name[1][0].isupper() or name[1].lower() in ("comune", "a", "da", "di", "in"):
        return False
    return _SENTENCE_START.search(before[: name.start()]) is None
