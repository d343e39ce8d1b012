"""Which of the names that the model saw are believed, and as what; and given names that it did not see.

The model learned from news: in talk it takes "Guardi" and "Geniale" for persons, and "la Bruna" for a firm.
"""

import re
from collections.abc import Iterable, Iterator

from nlp.italian.gazetteer import short_names
from nlp.italian.mentions import Mention
from nlp.italian.name_lists import given_name, is_town, may_be_a_name, nobody, rather_not, surname
from nlp.italian.number_words import parse_number
from nlp.italian.person_names import is_name, name_form, trim_name
from nlp.italian.phrases import is_common_word
from nlp.italian.places import is_sigla, starts_sentence

_LABELS = ("LOC", "ORG", "PER")
_OF_SOMEBODY = re.compile(r"\b(?:il|la|al|alla|dal|dalla|del|della|zi[ao]|signora?|mia|mio|con la)\s$", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?:(?<![\w'’])|(?<=[lL]['’]))[A-ZÀ-Ý][a-zà-ÿ]+(?:[ ][A-ZÀ-Ý][a-zà-ÿ]+)*(?![\w'’])")
_WORD = re.compile(r"\w+")
_TITLED = re.compile(
    r"(?<!\w)(?i:don|donna|signora?|signorina|dottor|dottoressa|ingegner|ragionier|professor|maestr[oa]|marescial+o"
    r"|onorevole|monsignor|zi[oa]|(?:dott|ing|arch|geom|rag|avv|prof|sig|mons|on)\.?)[ ]"
    r"(?P<name>[A-ZÀ-Ý][a-zà-ÿ]+(?:[ ][A-ZÀ-Ý][a-zà-ÿ]+)?)(?![\w'’])"
)
# after these a capital may begin something else ("il presidente Regionale"): the name must be a name, or no word
_IN_OFFICE = re.compile(
    r"(?<!\w)(?i:sindac[oa]|vicesindac[oa]|assessor[ea]|ministr[oa]|presidente|vicepresidente|senator[ei]|consiglier[ea]"
    r"|commissari[oa]|prefett[oa]|vescovo|papa|re|regina|professoressa|professore|dottore|avvocat[oa]|architett[oa]|ingegnere"
    r"|geometra|ragionier[ea]|notaio|suor|padre|fra|frate|nonn[oa]|mister|compagn[oa]|famiglia|fratelli|governo|giunta"
    r"|amministrazione|comandante|colonnello|generale|brigadiere|ispettore|segretari[oa]|parroco|cardinale|direttor[ei]"
    r"|direttrice|preside|capitano|mastro|compare|comare|vedova|eredi|cugin[oa]|pover[oa]|veterinari[oa]|medico)[ ]"
    r"(?P<name>[A-ZÀ-Ý][a-zà-ÿ]+(?:[ ][A-ZÀ-Ý][a-zà-ÿ]+)?)(?![\w'’])"
)
# somebody spoken of with an article: la Pina, il Bandini, col Bepi
_SPOKEN_OF = re.compile(
    r"(?<!\w)(?i:il|la|del|della|al|alla|dal|dalla|col|con la)[ ]"
    r"(?P<name>[A-ZÀ-Ý][a-zà-ÿ]{2,})(?![\w'’])(?![ ][A-ZÀ-Ý])"
)
_SAID_WITH_TITLE = re.compile(
    r"(?<!\w)(?:don|signora?|dottor|dottoressa|ingegner|ragionier|professor|professoressa|avvocato|maresciallo|onorevole"
    r"|monsignor|suor)[ ](?P<name>[a-zà-ÿ]{4,})(?![\w~'’])"
)
_CALLED_SO = re.compile(
    r"\b(?:scuola|liceo|istituto|ospedale|teatro|stadio|via|piazza|fondazione|cooperativa|legge|decreto|madonna del"
    r"|festa del|chiesa del|rione|quartiere|zona)\s(?:don )?$",
    re.IGNORECASE,
)
_OF_SCHOOL = re.compile(r"(?:scuola|ospedale|mercato|sindaco|stazione) di \w+$", re.IGNORECASE)
_WHITHER = re.compile(r"\b(?:a|ad|in|verso|fino a|sopra|sotto|tra|fra)\s$", re.IGNORECASE)
_THERE = re.compile(
    r"(?<!\w)(?:a|ad|fino a|verso|su a|giù a|tra|fra)[ ](?P<name>[A-ZÀ-Ý][a-zà-ÿ]{3,})(?![\w'’])(?![ ][A-ZÀ-Ý])"
)
# what has capitals without being anybody: forms, portals, taxes, cars, feasts
_NO_NAMES = frozenset(
    str.split(
        "pec spid cie cig cup cqc ape apu isee isre durc bdap siope regis sose anpr pin puk pos iban iva imu tari tasi"
        " tosap irpef irap covid pdf excel word wifi wi-fi led gps usb pc tv dvd dad bes dsa lim pei dpi gis haccp iso"
        " rsu url app pagopa whatsapp smart scia cila dia durf mud sdi fttc fttx adsl fibra safety security pass"
        " epifania concilio canadair panda doblò ducato fiorino suv jeep land tir visa bancomat macché padreterno"
        " alzheimer parkinson golf cinquecento erasmus madonna gesù cristo dio ok boh mah beh street online internet"
        " lambrusco barolo barbera gratis ecco assieme sempre domani oggi ieri forse magari"
    )
)
_PARTICLES = frozenset(str.split("Di De Del Della Dello Dal Dalla Lo La Li Dei Degli"))
_VERB_WITH_PRONOUN = re.compile(
    r"(?:[aei]te|[aei]r|[ae]ndo|glie)(?:mi|ti|ci|vi|lo|la|li|le|ne|si)$"
)  # Ridatemi, Gliele
_NO_PLACES = frozenset(str.split("via piazza corso zona ehm eh mh okay ok hype mail rega regaz cume decò casa centro"))
_SERVED_BY = re.compile(r"\b(?:la|alla|dalla)\s$", re.IGNORECASE)
_SAINTS = ("san ", "santa ", "santo ", "sant'", "sant’")
_FILLER = re.compile(r"(?:mh|eh|ehm|ah|uhm|oh|zona|quartiere)[ ]")
_CUT = re.compile(r"[ ](?:san|santa|santo|sant|mh|eh|ehm|ah|uhm|che|è|e|di|del|della|tuti|poi|li|qui)$")


def names_of_model(text: str, mentions: Iterable[tuple[int, int, str]], uncased: bool) -> Iterator[Mention]:
    """The PER, ORG and LOC mentions to go on with, of what the model saw as (start, end, label)."""
    for start, end, label in mentions:
        start, end = trim_name(text, start, end)
        end -= text[start:end].endswith(("'", "’"))
        start, end = (_trim_said if uncased else _trim_words)(text, start, end)
        surface = text[start:end]
        if label not in _LABELS or not is_name(surface, uncased) or is_sigla(text, start, end):
            continue
        label = _label(text, start, end, label, uncased)
        if label:
            yield Mention(start, end, label, name_form(surface), rule=False)


def titled_names(text: str, uncased: bool) -> Iterator[Mention]:
    """PER mentions after a title, whatever else the word may be: "la dottoressa Nero", "il ragionier Como"."""
    if uncased:
        for match in _SAID_WITH_TITLE.finditer(text):
            if _may_be_somebody(match["name"]):
                yield Mention(*match.span("name"), "PER", name_form(match["name"]))
        return
    for match in _TITLED.finditer(text):
        if not _called_after(text, match.start()):
            yield Mention(*match.span("name"), "PER", name_form(match["name"]))
    for match in _IN_OFFICE.finditer(text):
        words = match["name"].split()
        first = words[-1] if words[0] in _PARTICLES else words[0]
        if _may_be_somebody(first) and not nobody(first) and not _called_after(text, match.start()):
            yield Mention(*match.span("name"), "PER", name_form(match["name"]))


def names_by_list(text: str, uncased: bool) -> Iterator[Mention]:
    """PER mentions that begin with a given name which is nothing else; they give way as the model's do."""
    if uncased:
        for match in _WORD.finditer(text):
            if len(match[0]) > 3 and given_name(match[0]) == "name":
                yield Mention(match.start(), match.end(), "PER", name_form(match[0]), rule=False)
        return
    for match in _CAPITALISED.finditer(text):
        if given_name(match[0].split()[0]) == "name" and not _after_saint(text, match.start()):
            yield Mention(match.start(), match.end(), "PER", name_form(match[0]), rule=False)
    for match in _SPOKEN_OF.finditer(text):
        name = match["name"]
        if (given_name(name) or surname(name)) and not rather_not(name) and not nobody(name) and not is_town(name):
            yield Mention(*match.span("name"), "PER", name_form(name), rule=False)


def unknown_places(text: str, uncased: bool) -> Iterator[Mention]:
    """LOC mentions of names in no list where somebody goes: "salgo a Pianlasco"; they give way as the model's do."""
    for match in () if uncased else _THERE.finditer(text):
        if _in_no_list(match["name"]):
            yield Mention(*match.span("name"), "LOC", name_form(match["name"]), rule=False)


def _may_be_somebody(word: str) -> bool:
    """A name of the lists, or a word in no list that may be one."""
    return bool(surname(word) or given_name(word) or may_be_a_name(word))


def _in_no_list(word: str) -> bool:
    """A word that may be a name and is none of the names listed."""
    return may_be_a_name(word) and not surname(word) and not given_name(word)


def _called_after(text: str, start: int) -> bool:
    """Whether what begins at `start` is a school, a street or a feast called after somebody."""
    return _CALLED_SO.search(text[max(0, start - 20) : start]) is not None


def _after_saint(text: str, start: int) -> bool:
    return text[max(0, start - 6) : start].lower().endswith(_SAINTS)


def _trim_said(text: str, start: int, end: int) -> tuple[int, int]:
    """Of a transcript in small letters: without fillers before, and without the beginning of the next name."""
    filler = _FILLER.match(text, start, end)
    start = filler.end() if filler else start
    cut = _CUT.search(text[start:end])
    return start, start + cut.start() if cut else end


def _trim_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Without words in small letters at the end (Piero sessantaquattro) and a sentence's first word (Passa Gerardo)."""
    words = [(start + word.start(), start + word.end()) for word in _WORD.finditer(text[start:end])]
    while len(words) > 1 and text[words[-1][0]].islower():
        words.pop()
        end = words[-1][1]
    if len(words) > 1:
        first = text[slice(*words[0])]
        verb = is_common_word(first.lower()) or _VERB_WITH_PRONOUN.search(first) is not None
        if starts_sentence(text, start) and verb and not given_name(first):
            start = words[1][0]
    return start, end


def _label(text: str, start: int, end: int, label: str, uncased: bool) -> str:
    """The label that the mention gets, "" if it is no name."""
    word = text[start:end]
    if label == "PER" and _CALLED_SO.search(text[max(0, start - 20) : start]):
        return ""
    if label == "LOC" and _OF_SCHOOL.fullmatch(word):
        return ""
    if label == "PER" and uncased and word.startswith(("san ", "santa ", "santo ", "sant'")):
        return "LOC"
    if " " in word:
        return "" if uncased and all(map(is_town, word.split())) else label
    given = given_name(word)
    if given == "name":
        return "PER"
    if uncased:
        return label if label != "PER" or given or surname(word) == "name" else ""
    if label == "PER" and nobody(word):
        return ""
    if given and _OF_SOMEBODY.search(text[max(0, start - 10) : start]):
        return "PER"
    first = starts_sentence(text, start)
    may_be = label == "PER" and surname(word)
    return "" if first and is_common_word(word.lower()) and not may_be else label


def sifted(text: str, mentions: Iterable[Mention], uncased: bool) -> Iterator[Mention]:
    """Of the model's names those to go on with as names; the others still tell what stands around a town.

    With capitals: no form or portal, no word that happens to have one, no feast; an unknown name where somebody goes
    is a place, and one that is a surname or a given name elsewhere is a person.
    """
    for mention in mentions:
        label = (_sifted_said if uncased else _sifted_label)(text, mention)
        if label:
            yield mention._replace(label=label)


def _sifted_said(text: str, mention: Mention) -> str:
    """In small letters the model's firms of one word are none, and its places no fillers and no bare "via"."""
    word = text[mention.start : mention.end]
    if "@" in text[max(0, mention.start - 1) : mention.end]:
        return ""  # @nomeluogo: taken out by the transcriber
    if " " in word or mention.label == "PER":
        return mention.label
    no_place = word in _NO_PLACES or parse_number(word) is not None
    return "" if mention.label == "ORG" or no_place else mention.label


def _sifted_label(text: str, mention: Mention) -> str:
    start, end, label = mention[:3]
    word = text[start:end]
    thither = _WHITHER.search(text[max(0, start - 10) : start]) is not None
    if word.lower() in _NO_NAMES or parse_number(word) is not None:
        return ""
    if _after_saint(text, start):
        return ""
    if label == "LOC" and word.lower().startswith(_SAINTS):
        return label if thither else ""
    if " " in word:
        last = word.split()[-1]
        named = surname(last) or given_name(last) or not is_common_word(last.lower())
        return label if named or label != "PER" else ""
    given = given_name(word)
    verb = starts_sentence(text, start) and _VERB_WITH_PRONOUN.search(word) is not None
    if (verb or is_common_word(word.lower())) and not given and not (label == "PER" and surname(word)):
        return ""
    if word.lower() in short_names():
        return label
    unknown = _in_no_list(word)
    if thither and unknown:
        return "LOC"
    if label == "LOC" and unknown and _SERVED_BY.search(text[:start][-7:]):
        return "ORG"  # "la Bellunum": places with this article are in the lists
    return "PER" if not thither and (given or surname(word) == "name") else label
