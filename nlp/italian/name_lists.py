"""Given names and surnames, and which of them are words or towns too. Sources: nlp/italian/gazetteers/README.md."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

from nlp.italian.gazetteer import FOLDER, municipalities, municipality_names, single_word_names, terms
from nlp.italian.phrases import is_common_word

Listed = Literal["name", "also a word", ""]

_NUMBER = re.compile(
    r"(?:vent[iuo]|trenta|trentuno|quarant|cinquant|sessant|settant|ottant|novant|cento[tducqsn]|duecent)"
)
# capitals without being anybody: institutions, countries, feasts, languages, brands of daily talk
_NOBODY = frozenset(
    str.split(
        "abruzzo adesso africa agli agosto ai al albania all alla alle allo allora alta alto america anch "
        "anche anci anni anpr aprile architetto argentina asia asl assessora assessore ats australia austria "
        "avvocata avvocatessa avvocato azienda banca bar basilicata bassa basso beh buonasera buongiorno "
        "calabria camera campania capodanno casa cent che chiesa cina cinquant cioè città coi coll colla com "
        "come comune comuni con consigliera consigliere consiglio corte costituzione covid cristo dagli dai "
        "dal dall dalla dalle dallo degli dei del dell della delle dicembre dio direttore direttrice domenica "
        "don dopo dott dottor dottore dottoressa dov dove ecco emilia epifania est euro europa excel facebook "
        "febbraio ferragosto francia friuli garmin gennaio geometra germania gesù giovedì giugno gli google "
        "governo grazie guardi il imu india ing ingegner ingegnere inghilterra inps insomma instagram "
        "internet io italia la lazio le lei liberazione liguria lo loco lombardia loro luglio lui lunedì "
        "madame madonna maestra maestro maggio mah mamma marche maresciallo marocco martedì marzo mercoledì "
        "mezz mia mila ministero ministro mio mister molise monsignor natale neanch negli nei nel nell nella "
        "nelle nello nessun nient niente no noi non nonna nonno nord nostro novant novembre ognun ok "
        "onorevole ottant ottobre ovest padre paese papa papà parlamento pasqua pc per però pgt piemonte pnrr "
        "poi prefettura prego presidente prima primo pro procura prof professor professore professoressa "
        "provincia puglia qualcun quando quarant quarto quel quell quella quest questa questo questura "
        "ragioniere regione regioni repubblica resistenza romagna romania russia sabato sardegna scuola scusi "
        "seconda secondo segretaria segretario senato senta senz sessant settant settembre sicilia sig signor "
        "signora signore signorina sindaca sindaco skype sms spagna spid ssa stato sua sud sugli sui sul sull "
        "sulla sulle sullo suo suor superenalotto svizzera sì tari teams terza terzo toscana trent trentino "
        "tribunale tu tua tuo tutt tv ufficio ultimo umbria un una unione uno upi venerdì veneto vent "
        "vicesindaco voi vostro whatsapp windows word zia zio zoom "
    )
)
_RATHER_NOT = frozenset(
    str.split("terra sole luna mare monte monti porta piazza palazzo sala mercati castelli casale conti medici stella")
)


def listed(word: str) -> Listed:
    """What the lists say of a word as a name, given name or surname."""
    return max(given_name(word), surname(word), key=("", "also a word", "name").index)


@cache
def given_name(word: str) -> Listed:
    """A given name that is nothing else, one that is also a word or a town, or no given name."""
    low = word.lower()
    if low in _lines("nomi_che_sono_nomi.txt"):
        return "name"
    if low in _NOBODY or low not in _lines("nomi_di_persona.txt"):
        return ""
    return "" if is_town(low) else "also a word" if is_common_word(low) or _is_place(low) or len(low) < 4 else "name"


@cache
def surname(word: str) -> Listed:
    """As `given_name`, for surnames."""
    low = word.lower().replace("’", "'")
    if low in _NOBODY or low not in _lines("cognomi.txt"):
        return ""
    return "also a word" if is_common_word(low) or _is_place(low) or len(low) < 4 else "name"


@cache
def is_town(word: str) -> bool:
    """A town, province or region whose name is no first name, surname or word: Roma, Milano."""
    low = word.lower()
    towns = municipality_names().get(low, ())
    return low in _provinces() or (bool(towns) and not any(town.common for town in towns))


@cache
def may_be_a_name(word: str) -> bool:
    """A word that is no Italian word, no town and no other thing with a capital: unknown, so perhaps a name."""
    low = word.lower()
    return len(low) > 1 and low not in _NOBODY and not is_common_word(low) and not _is_place(low) and not _is_body(low)


def rather_not(word: str) -> bool:
    """A surname that is mostly something else with a capital: believed after a given name or a title only."""
    return word.lower() in _RATHER_NOT


def nobody(word: str) -> bool:
    """A word that is never a person, however it is written."""
    low = word.lower()
    return low in _NOBODY or _NUMBER.match(low) is not None


@cache
def _is_place(low: str) -> bool:
    return low in single_word_names() or low in _provinces()


@cache
def _is_body(low: str) -> bool:
    return any(low in terms(name) for name in ("enti", "servizi", "norme"))


@cache
def _provinces() -> frozenset[str]:
    return frozenset(word.lower() for town in municipalities() for word in (town.province, town.region))


@cache
def _lines(name: str) -> frozenset[str]:
    return frozenset((Path(FOLDER) / name).read_text(encoding="utf-8").split())
