"""Streets, quarters and buildings named by what they are: via Garibaldi, rione Basso, chiesa di San Petronio."""

import re
from collections.abc import Iterator
from itertools import chain

from nlp.italian.gazetteer import municipality_names, single_word_names, terms
from nlp.italian.mentions import Context, Mention, holds_any
from nlp.italian.name_lists import given_name, surname
from nlp.italian.phrases import is_common_word

_ROADS = r"via|viale|piazza|piazzale|piazzetta|corso|largo|vicolo|lungomare"
_PARTS = (
    r"strada|contrada|borgo|borgata|rione|quartiere|località|viadotto|sentiero|corte|porta|ponte|galleria|villa|palazzo"
    r"|museo|castello|torre|chiesa|basilica|cattedrale|santuario|parco|giardini|colle|passo|monte|lago|fiume|torrente"
    r"|valle|val|isola|stazione|aeroporto|altopiano|golfo|laguna|diga|rifugio|malga|cascina|masseria|alpe|vallone|canale"
    r"|naviglio|roggia|rio|fosso|lido|marina|spiaggia|foresta|bosco|cima|punta|monti|colli|colline|laghi|grotte|oasi"
    r"|pieve|abbazia|certosa|convento|eremo|duomo|rocca|fortezza|circonvallazione|tangenziale|autostrada|bivio|svincolo"
    r"|casello|tunnel|rotonda|villaggio|conca|piana|pianura"
)
# these begin a hamlet's name and are words else: Pian di Sopra, Case Nuove, Poggio Secco
_HAMLET_HEAD = (
    r"(?:Pian|Piano|Piani|Pra|Prato|Prà|Ca['’]|Case|Casale|Casa|Poggio|Serra|Fonte|Fontana|Funtana|Riva|Borghetto"
    r"|Terra)"
)
_HEADS = frozenset(f"{_ROADS}|{_PARTS}".split("|"))
_WORD = re.compile(r"\w+")
_LINK = r"(?:di|del|dello|della|dei|degli|delle|dell['’]|d['’])"
_CAPITALISED = r"[A-ZÀ-Ý][\wÀ-ÿ]+(?:['’][A-ZÀ-Ý]?[\wÀ-ÿ]+)?"
_NAMED = re.compile(
    rf"(?<!\w)(?P<head>(?i:{_ROADS}|{_PARTS}))[ ](?:{_LINK}[ ]?)?"
    rf"(?P<name>{_CAPITALISED}(?:[ ](?:{_LINK}[ ]?)?{_CAPITALISED})*)"
)
_HAMLET_NAMED = re.compile(
    rf"(?<![\w'’]){_HAMLET_HEAD}[ ]?(?:(?:{_LINK}[ ]?)(?=[A-ZÀ-Ý])|(?=[A-ZÀ-Ý]))(?P<name>{_CAPITALISED})(?![ ][A-ZÀ-Ý])"
)
# said in small letters: the name ends after one word, a second if the first is a given name or a saint
_ROAD_SAID = re.compile(
    rf"(?<!\w)(?P<head>{_ROADS})[ ](?P<link>(?:del|dello|della|dei|degli|delle)[ ]|d(?:ell)?['’])?"
    r"(?P<word>[a-zà-ÿ]{3,})(?:[ ](?P<next>[a-zà-ÿ]{3,}))?(?![\w~])"
)
_BEFORE_ROAD = re.compile(
    r"(?:^|\b(?:in|a|al|da|dal|di|è|era|abito|tra|fra|verso|per|la|e|quella|quel|sul|il|famos[ao]|certo|maggiore|sono"
    r"|tutta|tutto|fino|dietro|sotto|sopra|lungo|angolo|incrocio|sempre|proprio|dopo|o|no|poi|eh|mh|ehm|cioè|detto)\s)$"
)
# numbered roads; the name of a quarter stands alone (zona Mazzini, quartiere Savena)
_NUMBERED = re.compile(
    r"(?<!\w)(?:(?:strada[ ])?(?i:statale|provinciale)[ ](?:\d+|(?:cento|vent|trent|quarant|cinquant|sessant|settant"
    r"|ottant|novant)\w*)|S[SPR][ ]?\d+|A\d{1,2}|E\d{2})(?!\w)"
)
_ZONE = re.compile(r"(?<!\w)(?:(?i:zona|quartiere))[ ](?P<name>(?:(?:san|santa|porto|borgo)[ ])?[a-zà-ÿ]{4,})(?!\w)")
_HAMLET = re.compile(
    rf"(?<!\w)(?:frazion[ei]|contrad[ae]|borgat[ae]|località|capoluogo)(?:[ ](?:si chiama|si chiamano|è|di|che è))?[ ]"
    rf"(?P<name>{_CAPITALISED}(?:[ ]{_CAPITALISED})*)"
)
_HIGH_OR_LOW = re.compile(r"(?<!\w)(?:alt[oa]|bass[oa])[ ](?P<area>[a-zà-ÿ]{4,})(?!\w)", re.IGNORECASE)
_HOUSE_SAID = re.compile(
    r"(?<!\w)(?:chiesa|basilica|cattedrale|duomo|santuario|stazione|aeroporto|lid[io])[ ](?:di|dei)[ ]"
    r"(?P<name>(?:(?:san|santa|santo)[ ])?(?P<word>[a-zà-ÿ]+))(?!\w)"
)
_NO_NAME = frozenset(
    str.split(
        "che non per con una uno del della dei delle degli dove come quando anche proprio poi qua qui là lì così via"
        " mia tua sua nostra era sono sei siamo siete hanno abbiamo eh ehm cioè quindi allora libero libera subito dai"
        " dal dalla dalle nel nella ormai sempre completamente insomma preferenziale ordinaria generale"
        " pedonale principale privata universitario universitari estivo serale professionale teorico online"
        " adesso abitavo abitava abitavamo andavo andava facendo ridendo dicendo vado vai andare dopo prima molto"
        " fai fa mail assieme eravamo dedicata vera otto dove siamo ovviamente"
        " effettivamente io tutto tutta tutti anzi però perché qualcosa niente tanto sempre"
    )
)
_FILLERS = frozenset({"boh", "coi", "col", "tipo", "mah", "beh"})
_NO_AREA = frozenset({"barriera", "europa", "italia", "lima"})
_NO_ROAD = frozenset({"corso", "via", "largo"})  # "nel corso", "per via", "al largo": they want a name and "in"


def find_streets(text: str, context: Context) -> Iterator[Mention]:
    """LOC mentions; the normal form is what was said, "via" and the like in small letters."""
    small = text.lower()
    named = _NAMED.finditer(text) if not _HEADS.isdisjoint(_WORD.findall(small)) else ()
    for match in chain(named, _HAMLET_NAMED.finditer(text)):
        yield _mention(text, match.start(), match.end())
    yield from _roads_and_areas(text, small)
    if not context.uncased:
        return
    for match in _ZONE.finditer(text) if holds_any(text, ("zona ", "quartiere ")) else ():
        if match["name"] not in municipality_names() and not _is_word(match["name"]):
            yield _mention(text, *match.span("name"))
    for match in _ROAD_SAID.finditer(text):
        if match["word"] in _NO_NAME or match["word"] in _FILLERS:
            continue
        if match["link"] and match["head"] in _NO_ROAD - {"via"}:
            continue
        if match["head"] in _NO_ROAD and not _may_be_road(text, match):
            continue
        two = match["next"] and match["next"] not in _NO_NAME and _goes_on(match["word"])
        yield _mention(text, match.start(), match.end("next") if two else match.end("word"))
    for match in _HOUSE_SAID.finditer(text):
        if match["name"] != match["word"] or match["word"] in single_word_names():
            yield _mention(text, match.start(), match.end())


def _roads_and_areas(text: str, small: str) -> Iterator[Mention]:
    """Numbered roads, hamlets and high or low areas. `small` is `text` in small letters."""
    if holds_any(small, ("statale ", "provinciale ", *"0123456789")):
        for match in _NUMBERED.finditer(text):
            yield _mention(text, match.start(), match.end())
    if holds_any(small, ("frazion", "contrad", "borgat", "località ", "capoluogo ")):
        for match in _HAMLET.finditer(text):
            if match["name"].lower() not in municipality_names():
                yield _mention(text, *match.span("name"))
    if holds_any(small, ("alto ", "alta ", "basso ", "bassa ")):
        for match in _HIGH_OR_LOW.finditer(text):
            if match["area"].lower() in terms("luoghi") and match["area"].lower() not in _NO_AREA:
                yield _mention(text, *match.span())


def _may_be_road(text: str, match: re.Match[str]) -> bool:
    """ "In via Ricci", but not "va via ridendo": what stands before, or a name that is nothing else."""
    before = _BEFORE_ROAD.search(text[max(0, match.start() - 12) : match.start()]) is not None
    if before and match["head"] != "via":
        return True
    name = match["word"]
    a_name = surname(name) == "name" or name in terms("luoghi") or name in single_word_names()
    return a_name or before


def _is_word(name: str) -> bool:
    """Whether a quarter is hardly called so: a word that is no surname either."""
    return " " not in name and is_common_word(name)


def _goes_on(word: str) -> bool:
    return word in ("san", "santa", "santo", "porta", "monte") or given_name(word) == "name"


def _mention(text: str, start: int, end: int) -> Mention:
    words = text[start:end].replace("’", "'").split()
    if re.fullmatch(_ROADS, words[0], re.IGNORECASE):
        words[0] = words[0].lower()
    return Mention(start, end, "LOC", " ".join(words))
