"""Which of the words that look like a municipality's name are one: Re, Sale and Vita are towns and words.

It decides by capitals, by the words around, by what the model saw, and by what the study says of its own places.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from nlp.italian.gazetteer import (
    Municipality,
    municipality_names,
    province_of_sigla,
    region_name,
    short_names,
    terms,
)
from nlp.italian.mentions import Context, Mention, overlaps
from nlp.italian.name_lists import given_name, surname
from nlp.italian.phrases import Phrase, is_common_word

Listed = Literal["surely", "likely", ""]

_OF = r"(?:di |d')"
_STRONG = re.compile(
    rf"(?:\b(?:il|al|del|nel|dal|sul|quel|mio|nostro|vostro|col) comune {_OF}|\bcomune {_OF}"
    rf"|\b(?:sindac[oa]|vicesindac[oa]|municipio|città|cittadina|abitato|frazione) {_OF}"
    r"|\b(?:nat[oiae]|nascere|cresciut[oiae]|viv[oei]|vivono|viviamo|vivere|vivev[oa]|abit[oai]|abitano|abitiamo|abitare"
    r"|abitav[oa]|abitat[oa]|trasferit[oaie]|sfollat[oaie]) (?:a|ad) )$",
    re.IGNORECASE,
)
# in small letters a town that is also a word (sale, potenza) is one after these
_GOING = re.compile(
    r"\b(?:va|vado|vai|vanno|andiamo|andare|andar|andat[oaie]|andav[oaie]|andavano|andavamo|venire|venut[oaie]|torn[oai]"
    r"|tornat[oaie]|tornare|arriv[oai]|arrivat[oaie]|arrivare|scendere|sces[oaie]|scendo|sta|sto|stai|stanno|stava|stavo"
    r"|stavano|stat[oaie]|lavor[oai]|lavorat[oaie]|lavorav[oa]|lavorare|insegn[oa]|insegnav[oa]|insegnato|sposat[oaie]"
    r"|studiat[oa]|spostare|spostat[oaie]|trasferire|trasferirsi|scuola|ospedale|noi|casa|medico)"
    r" (?:giù |su |lì |là )?(?:a|ad) $"
    r"|\b(?:comune|paese) (?:è|si chiama) $"
    rf"|\b(?:originari[oaie]|nativ[oaie]|quelli|mercato|ospedale|stazione|casello|abitanti|paesi?|vescovo) {_OF}$"
    r"|\b(?:vengo|viene|vengono|veniva|venivano|venut[oaie]|arriv[oai]|arrivano|arrivat[oaie]|partit[oaie]|tornat[oaie]"
    r"|tornav[oa]) da $",
    re.IGNORECASE,
)
_AT = re.compile(r"\ba $")
_NEAR = re.compile(r"\b(?:a|ad|da|di|tra|fra|verso)\s$", re.IGNORECASE)
_SURNAME_AFTER = re.compile(r"^ di cognome\b")
# quarters, streets and churches rather than towns, unless somebody is born there or lives there
_SAINTS = frozenset(
    str.split(
        "luca donato felice vitale pietro paolo giovanni giacomo stefano francesco domenico martino michele nicola"
        " giorgio lorenzo giuseppe antonio marco rocco carlo maria lucia rita caterina anna agata andrea croce"
        " salvatore agostino bernardino bartolomeo leonardo filippo teresa chiara cecilia margherita barbara"
    )
)
_SAID_AFTER_A = frozenset(  # words and not towns after "a" and the like: a quadri, gente di campagna
    str.split(
        "alto bella bello bene campagna canale cento contrada fonte fondo fossa grado lago lei meta mese mezzana minori"
        " monti mura musei noi nomi nove onore opera ora paese parenti pesche piatto pila piscina ponte ponti porte"
        " portici posta quadri quarto quindici re rose sacco scala scapoli scopa sesto stella terzo tratti torno uscio"
        " viola vita volano zone rotella rive lettere molare sperone mango mele candela parete pizzo carbone camino"
        " fascia erba colonna massa ultimo settime amaro casto forte malo mori ne este penne onore norma soave casella"
        " piazza palazzo chiesa castello villa borgo isola costa valle riva monte porto torre bosco campo campi fontana"
        " mercato marina montagna corte corso muro sala termini volta forza pace finale fabbrica capo fiume giardini"
        " battaglia madonna"
    )
)
_A_TOWN_AFTER = re.compile(r"^,? (?:che )?(?:è|era) (?:un|il|una) (?:\w+ )?(?:comune|paese|paesino|cittadina|città)\b")
_PLURAL = re.compile(rf"\bcomuni (?:\w+ )?{_OF}$", re.IGNORECASE)
_INDEFINITE = re.compile(rf"\b(?:un|ogni|piccol[oi]|altr[oi]|qualche) (?:\w+ )?comun[ei] {_OF}$", re.IGNORECASE)
_BODY = re.compile(rf"\bcomune {_OF}$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:a|ad|da|di|verso|per|tra|fra|fino a|in|con)\s$", re.IGNORECASE)
_TITLE = (
    r"don|signor|signor[ae]|signorina|dott|dottor|dottore|dottoressa|ingegner|ingegnere|ing|architetto|arch|geometra|geom"
    r"|ragionier[ea]?|avvocat[oa]|avvocatessa|prof|professor|professore|professoressa|maestr[oa]|marescial+o|colonnello"
    r"|sindac[oa]|assessor[ea]|onorevole|monsignor[e]?|famiglia|cognome|cognome fa"
)
_STREET = re.compile(
    r"\b(?:via|viale|piazza|piazzale|corso|largo|vicolo|strada|borgo|banca|chiesa|parco|giardini|provincia|val|valle"
    r"|monte|lago)\s?(?:d[ie]\s)?$"
    r"|\b(?:ospedale|istituto|scuola|liceo|stadio|decreto|bando|legge|san|santa|sant'|tif[oai]|tifos[oai])\s?$"
    rf"|\b(?:{_TITLE})\.?\s$",
    re.IGNORECASE,
)
_TEAM = re.compile(r"\b(?:il|al|dal|del|sul|nel|col|alla|dalla|sulla|contro la)\s$", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:il|la|i|le|un|una|del|dal|al|nel|sul|sto|sta)\s$", re.IGNORECASE)
_SIGLA = re.compile(r"^\s?\(([A-Z]{2})\)")
_LIST = re.compile(r"^\s?(?:,|,? ?(?:e|ed|o|come))(?: (?:a|ad|di|da|con))?\s$")
_BETWEEN = re.compile(r"\b(?:tra|fra)\s$", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.?!:…\"«“(\n]|\s[-–—])\s*$")
_NAME_AFTER = re.compile(r"\s[A-ZÀ-Ý]\w")
_SAINT = re.compile(r"(?:san|santa|santo) |sant'")
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
        """The finds that are municipalities, and saints' names that are places. "comune di" belongs to the mention."""
        mentions: list[Mention] = []
        listed: Listed = ""  # what the find before was: one joined to it by "," or "e" is the same
        last_end = 0
        everything = list(finds)
        for at, find in enumerate(everything):
            after = everything[at + 1] if at + 1 < len(everything) else None
            towns = municipality_names().get(find.form, ()) or short_names().get(find.form, ())
            joined = listed != "" and _LIST.match(text[last_end : find.start]) is not None
            strong = self._strong(text, find, towns, context) or _between(text, find, after)
            strong = strong or (joined and (listed == "surely" or not _doubtful(text, find, towns)))
            if strong or self._likely(text, find, towns, context):
                mentions.append(self._mention(text, find, towns))
                listed = "surely" if strong else "" if _common(find, towns) else "likely"
                last_end = find.end
            else:
                listed = ""
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
        if _A_TOWN_AFTER.match(text[find.end :]) and _PREPOSITION.search(before):
            return context.uncased or not surface.islower()
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
        if _SURNAME_AFTER.match(text[find.end :]):
            return False
        starts = _SENTENCE_START.search(before) is not None
        if not starts and not surface.islower() and _follows_name(before):
            return False
        if of_study:
            return True
        seen = (find.start, find.end) in context.places
        if surface.islower():
            return _likely_small(text, find, towns, seen)
        if _listed_place(find.form) or (_TEAM.search(before) and not _ARTICLE.match(f"{find.form} ")):
            return False
        if not _common(find, towns):
            return True
        if _NAME_AFTER.match(text[find.end :]) or _is_saint(find.form):
            return False
        if given_name(find.form) == "name":
            return seen
        return seen or (not starts and (_NEAR if _is_short(find.form) else _PREPOSITION).search(before) is not None)

    def _mention(self, text: str, find: Phrase, towns: Sequence[Municipality]) -> Mention:
        body = _BODY.search(text[: find.start][-12:])
        start = find.start - (len(body[0]) if body else 0)
        own_name = self._own_name(find.form)
        town = self._choose(towns, _SIGLA.match(text[find.end :]))
        if own_name.lower() != find.form and own_name:
            return Mention(start, find.end, "COMUNE", own_name)
        if town is not None:
            return Mention(start, find.end, "COMUNE", town.name, town.istat)
        return Mention(start, find.end, "COMUNE", own_name or _undecided(find, towns))

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


def _undecided(find: Phrase, towns: Sequence[Municipality]) -> str:
    """The name of one of several: of a short name (Gioia) no more than was said."""
    return find.form.title() if _is_short(find.form) else towns[0].name


def _likely_small(text: str, find: Phrase, towns: Sequence[Municipality], seen: bool) -> bool:
    """Whether a name in small letters is a town, in a transcript that has no capitals."""
    before = text[max(0, find.start - 40) : find.start]
    if _ARTICLE.search(before) or _listed_place(find.form) or _is_saint(find.form):
        return False
    near = _NEAR.search(before) is not None
    if not _common(find, towns):
        doubtful = len(find.form) < 4 or _SAINT.match(find.form) is not None
        return not doubtful or seen or near or before.endswith("zona ")
    if find.form in _SAID_AFTER_A or given_name(find.form):
        return False
    if _GOING.search(before) or _AT.search(before) or (seen and near):
        return True
    return near and _is_short(find.form) and not is_common_word(find.form) and not surname(find.form)


def _between(text: str, find: Phrase, after: Phrase | None) -> bool:
    """Whether `find` and the find `after` stand as in "tra Volturino e Motta"."""
    if after is None or not _BETWEEN.search(text[max(0, find.start - 5) : find.start]):
        return False
    joined = text[find.end : after.start] == " e "
    return joined and find.form not in _SAID_AFTER_A and after.form not in _SAID_AFTER_A


def _doubtful(text: str, find: Phrase, towns: Sequence[Municipality]) -> bool:
    """Whether a list of towns is not enough: a first name, or a common word in small letters."""
    return given_name(find.form) == "name" or (text[find.start].islower() and _common(find, towns))


def _may_be_person(find: Phrase, towns: Sequence[Municipality]) -> bool:
    return _common(find, towns) or bool(surname(find.form) or given_name(find.form))


def _common(find: Phrase, towns: Sequence[Municipality]) -> bool:
    return _is_short(find.form) or any(town.common for town in towns)


def _is_short(form: str) -> bool:
    return form in short_names()


def _is_saint(form: str) -> bool:
    saint = _SAINT.match(form)
    return saint is not None and form[saint.end() :] in _SAINTS


def _listed_place(form: str) -> bool:
    """Whether other places are called so, and not only rivers ("il Sarno")."""
    term = terms("luoghi").get(form)
    return term is not None and term.needs != "article"


def _follows_name(before: str) -> bool:
    """A capitalised word stands right before, inside the sentence: a surname, a street, a longer name."""
    name = _NAME_BEFORE.search(before)
    if name is None or not name[1][0].isupper() or name[1].lower() in ("comune", "a", "da", "di", "in"):
        return False
    return _SENTENCE_START.search(before[: name.start()]) is None
