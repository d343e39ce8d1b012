"""Organisations that a head names: cooperativa Girasole, liceo Galilei, Banca di Piacenza, bar Zanarini.

It looks at one text at a time and knows no list of organisations.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.italian.gazetteer import municipalities, single_word_names, terms
from nlp.italian.mentions import Mention, holds_any
from nlp.italian.name_lists import nobody, surname
from nlp.italian.phrases import is_common_word

_SCHOOL = (
    r"(?:liceo(?: classico| scientifico| artistico| linguistico| musicale)?"
    r"|istituto(?: comprensivo| tecnico| superiore| alberghiero| professionale| agrario)?|conservatorio|accademia)"
)
_BANK = r"(?:banca|banco|bcc|cassa di risparmio|cassa rurale|cassa|credito)"
_FIRM = (
    r"(?:cooperativa(?: sociale| agricola| edilizia)?|coop\.?(?= l?[aà'’])|associazione(?: culturale| sportiva)?"
    r"|circolo(?: culturale| velico| ricreativo)?|ditta|impresa(?: edile)?|azienda agricola|polisportiva|confraternita"
    r"|società(?: agricola| sportiva| cooperativa)?|fondazione|consorzio stabile|gruppo (?:sportivo|teatrale|folk)"
    r"|compagnia(?: teatrale)?|banda(?: musicale)?|coro|corale|comitato|movimento|lista(?: civica)?|partito|club"
    r"|opera pia|studio(?: tecnico| legale| associato| notarile)?|agenzia|centro studi|squadra|onlus|sindacato)"
)
_WORKS = (
    r"(?:caseificio|cantina|latteria|lanificio|cotonificio|calzaturificio|maglificio|mobilificio|salumificio|pastificio"
    r"|oleificio|frantoio|mulino|birrificio|distilleria|vetreria|fonderia|acciaieri[ae]|ferriera|cartiera|conceria"
    r"|filatura|tessitura|cementificio|officin[ae]|cantier[ei]|segheria|ceramic[ah]e?|zuccherificio|tipografia"
    r"|autolinee|autoservizi|trasporti|casa editrice|edizioni|radio)"
)
_SHOP = (
    r"(?:bar|caffè|ristorante|trattoria|pizzeria|osteria|gelateria|pasticceria|panificio|libreria|hotel|albergo"
    r"|locanda|agriturismo|enoteca|birreria|supermercato|cinema|teatro|discoteca|farmacia|forno|macelleria"
    r"|parrucchier[ae]|campeggio|camping|residence|centro commerciale|outlet|garage)"
)
_CARE = r"(?:ospedale(?: civile)?|policlinico|clinica|casa di (?:cura|riposo)|residenza|rsa)"
_CHURCH = r"(?:parrocchia|oratorio|diocesi|suore|frati|monastero)"
_TEAM = r"(?:U\.?S\.?D?|A\.?S\.?D|A\.?C\.?D?|G\.?S|S\.?S\.?D?|F\.?C|Virtus|Atletico|Pro|Real|Polisportiva)\.?"
_LEGAL_FORM = r"(?:s\.?r\.?l\.?s?|s\.?p\.?a|s\.?n\.?c|s\.?a\.?s|s\.?c\.?a\.?r\.?l|scpa|onlus|e figli|& figli)(?![\w.])"
_TRADE = (
    r"(?:Costruzioni|Scavi|Impianti|Servizi|Ambiente|Ecologia|Energia|Trasporti|Legnami|Serramenti|Marmi|Salumi|Vini"
    r"|Group|Engineering|Assicurazioni|Multiservizi|Ristorazione|Catering|Strade|Asfalti|Prefabbricati|Informatica"
    r"|Sistemi|Consulting|Editore|Viaggi|Calcio|Basket|Volley)"
)
_ARTICLE = r"(?:(?:Il|Lo|La|I|Gli|Le)[ ]|L['’])?"
_CAPITALISED = r"[A-ZÀ-Ý][\wÀ-ÿ]+(?:['’][A-ZÀ-Ý]?[\wÀ-ÿ]+)?"
_MORE = rf"(?:[ ](?:(?:e|&|per|di|del|della|dei|delle|degli)[ ]|(?:dell|d)['’])?{_CAPITALISED})*"
_HEAD = re.compile(rf"(?i:{_FIRM}|{_WORKS}|{_SHOP}|{_CARE}|{_SCHOOL})[ ]")
# "la ditta Rossi di Brescia" is the ditta Rossi, but "Associazione Amici di Brescia" is so called
_SEAT = re.compile(
    r"(?<=[a-zà-ÿ])(?<!Amici)(?<!Donne)(?<!Terre)(?<!Valli)(?<!Città)[ ]di[ ](?P<town>[A-ZÀ-Ý][\wÀ-ÿ]+)$"
)
_NAMED = re.compile(
    rf"(?<!\w)(?:(?i:{_SCHOOL}|{_FIRM}|{_WORKS}|{_SHOP}|{_CARE})[ ]{_ARTICLE}{_CAPITALISED}{_MORE}"
    rf"|(?i:{_BANK})[ ](?:(?:di|del|della|dei|delle|degli)[ ]|dell['’])?{_CAPITALISED}{_MORE}"
    rf"|(?i:{_CHURCH})[ ](?:(?:di|del|della|dei|delle)[ ])?"
    rf"(?:[Ss]ant[ao]?|[Ss]an|Sacr[ao]|Madonna|Maria)[ ]{_CAPITALISED}"
    rf"|(?:[Dd]itta[ ]|[Ii]mpresa[ ]|[Aa]utolinee[ ])?(?:[Ff]ratelli|F\.lli)[ ]{_CAPITALISED}(?=[ .,;]|$)"
    rf"|{_CAPITALISED}(?:[ ]{_CAPITALISED})*[ ](?i:{_LEGAL_FORM})"
    rf"|{_CAPITALISED}(?:[ ]{_CAPITALISED})?[ ]{_TRADE}(?![\w'’])"
    r"|(?:Edil|Agri|Tecno|Termo|Elettro)[a-z]{4,}(?![\w'’])"
    rf"|{_TEAM}[ ]{_CAPITALISED}(?:[ ]{_CAPITALISED})*)"
)
# "la cooperativa degli agricoltori", "il circolo velico": no name, but a particular one by what it is for
_FOR = re.compile(
    r"(?<!\w)(?:(?:associazione|cooperativa|circolo|federazione|sindacato)[ ]"
    r"(?:de(?:i|gli|lle)[ ]|dell['’])[a-zà-ÿ]{4,}|circolo[ ](?:velico|tennis|ippico|anziani|nautico|sportivo"
    r"|ricreativo|parrocchiale)|società[ ](?:operaia|di mutuo soccorso|sportiva|bocciofila|ciclistica|canottieri)"
    r"|consorzio agrario|casa del popolo|banda musicale|banda comunale)(?!\w)",
    re.IGNORECASE,
)
_PARISH_SAID = re.compile(r"(?<!\w)parrocchia[ ](?:di[ ])?(?:san|santa|santo)[ ][a-zà-ÿ]{4,}(?![\w~])")
_NOT_ONE = re.compile(r"\b(?:un|una|qualche|nessun[ao]?|ogni|altr[ao]|di|in)\s$|\bun['’]$", re.IGNORECASE)
_IN_SMALL_LETTERS = re.compile(
    rf"(?<!\w)(?:{_SCHOOL}|cooperativa|associazione|circolo|ditta|impresa|polisportiva|fondazione|bar|ristorante"
    r"|trattoria|pizzeria|osteria|gelateria|pasticceria|panificio|libreria|hotel|albergo|cinema|teatro|banca|us|asd)[ ]"
    r"(?P<name>\w{4,})(?![\w~])"
)
_SCHOOL_NAME = re.compile(
    rf"(?<!\w)(?i:scuol[ae](?: elementar[ei]| medi[ae]| matern[ae]| primari[ae]| dell['’]infanzia)?"
    rf"|(?<=le )(?:elementari|medie|superiori))[ ](?P<name>{_CAPITALISED}(?:[ ]{_CAPITALISED})*)"
)
_SAID_SCHOOL = re.compile(r"(?<!\w)(?:scuola|elementari|medie)[ ](?P<name>[a-zà-ÿ]{5,})(?![\w~])")
# a town with an article, where people talk of play, is its team
_PLAYS = re.compile(
    r"\b(?:partit[ae]|gioca\w*|tif[oai]\b|tifos[oaie]|tifava\w*|serie [abcd]|squadr[ae]|campionato|stadio|calcio"
    r"|calciator\w+"
    r"|gol|derby|allenator[ei]|scudetto|curva|promozione|retrocess\w+|pallone|maglia)(?!\w)",
    re.IGNORECASE,
)
_OF_TEAM = re.compile(
    r"\b(?:(?i:il|del|al|dal|col|contro il|la|della|alla|contro la|tifo|tifa|tifoso)|l['’])[ ]?"
    r"(?P<team>[A-ZÀ-Ý][a-zà-ÿ]+)(?![\w'’])"
)
_OF_TEAM_SAID = re.compile(r"\b(?:il|del|al|dal|col|sul)[ ](?P<team>[a-zà-ÿ]{4,})(?!\w)")
_FEMININE_TEAMS = frozenset({"roma", "lazio", "spal", "cremonese", "salernitana", "ternana"})
_TEAMS = frozenset({"barcellona", "lazio", "verona", "parma", "lecce", "chelsea", "arsenal", "liverpool"})
_FILLERS = frozenset(
    {
        "insomma",
        "cioè",
        "allora",
        "adesso",
        "boh",
        "ehm",
        "ecco",
        "assieme",
        "gratis",
        "sempre",
        "mhmh",
        "gliel",
        "anch",
        "quell",
        "dell",
        "nell",
        "comunque",
    }
)
# a look at the words of a text, taken before the patterns
_HEAD_WORDS = frozenset(
    str.split(
        "liceo istituto conservatorio accademia banca banco bcc cassa credito cooperativa coop associazione "
        "circolo ditta impresa azienda polisportiva confraternita società fondazione consorzio gruppo compagnia "
        "banda coro corale comitato movimento lista partito club opera studio agenzia centro squadra onlus "
        "sindacato caseificio cantina latteria lanificio cotonificio calzaturificio maglificio mobilificio "
        "salumificio pastificio oleificio frantoio mulino birrificio distilleria vetreria fonderia acciaieria "
        "acciaierie ferriera cartiera conceria filatura tessitura cementificio officina officine cantiere "
        "cantieri segheria ceramica ceramiche zuccherificio tipografia autolinee autoservizi trasporti casa "
        "edizioni radio bar caffè ristorante trattoria pizzeria osteria gelateria pasticceria panificio libreria "
        "hotel albergo locanda agriturismo enoteca birreria cinema teatro discoteca farmacia forno macelleria "
        "parrucchiera parrucchiere campeggio camping residence outlet garage ospedale policlinico clinica "
        "residenza rsa parrocchia oratorio diocesi suore frati monastero us usd asd ac acd gs ss ssd fc virtus "
        "atletico pro real srl srls spa snc sas scarl scpa figli fratelli scuola scuole elementari medie "
        "superiori federazione costruzioni scavi impianti servizi ambiente ecologia energia legnami serramenti "
        "marmi salumi vini group engineering assicurazioni multiservizi ristorazione catering strade asfalti "
        "prefabbricati informatica sistemi consulting editore viaggi calcio basket volley"
    )
)
_OTHER_PARTS = (
    "edil",
    "agri",
    "tecno",
    "termo",
    "elettro",
    "u.s",
    "a.s",
    "a.c",
    "g.s",
    "s.s",
    "f.c",
    "s.r",
    "s.p",
    "s.n",
    "f.lli",
)
_WORD = re.compile(r"\w+")


def find_organisations(text: str, *, uncased: bool) -> Iterator[Mention]:
    """ORG mentions of a head and a name; of "scuola Don Milani" the name alone, as a school is also a building.

    In a transcript without capitals a name is one word that is no other word: a surname, or no Italian word at all.
    """
    if _PLAYS.search(text):
        yield from _teams_said(text) if uncased else _teams(text)
    small = text.lower()
    if _HEAD_WORDS.isdisjoint(_WORD.findall(small)) and not holds_any(small, _OTHER_PARTS):
        return
    for match in _NAMED.finditer(text):
        name = _without_seat(match[0])
        name = name.removesuffix(".") if name.count(".") == 1 else name  # "Edilvalle Srl." ends its sentence
        if not _named_without_head(name) and not (" " not in name and is_common_word(name.lower())):
            yield Mention(match.start(), match.start() + len(name), "ORG", _normal(name))
    for match in _FOR.finditer(text):
        if not _NOT_ONE.search(text[max(0, match.start() - 8) : match.start()]):
            yield Mention(match.start(), match.end(), "ORG", _normal(match[0]))
    for match in _SCHOOL_NAME.finditer(text):
        yield Mention(match.start("name"), match.end("name"), "ORG", match["name"])
    if uncased:
        yield from _in_small_letters(text)


def _in_small_letters(text: str) -> Iterator[Mention]:
    for match in _IN_SMALL_LETTERS.finditer(text):
        of_family = match[0].startswith(("ditta", "impresa", "fratelli")) and surname(match["name"])
        if of_family or _is_name(match["name"]):
            yield Mention(match.start(), match.end(), "ORG", _normal(match[0]))
    for match in _PARISH_SAID.finditer(text):
        yield Mention(match.start(), match.end(), "ORG", _normal(match[0]))
    for match in _SAID_SCHOOL.finditer(text):
        if _is_name(match["name"]) and match["name"] not in single_word_names():
            yield Mention(match.start("name"), match.end("name"), "ORG", match["name"].capitalize())


def _without_seat(name: str) -> str:
    """Of what stands after a head and a name the town is no part; of a bank's name it is."""
    seat = _SEAT.search(name)
    bank = holds_any(name.lower(), ("banc", "cassa", "credito", "bcc"))
    return name[: seat.start()] if seat and not bank and seat["town"].lower() in single_word_names() else name


def _named_without_head(name: str) -> bool:
    """Of "supermercato Conad" and "circolo ARCI" the list finds the name, which is enough."""
    head = _HEAD.match(name)
    return head is not None and name[head.end() :].lower() in terms("organizzazioni")


def _teams(text: str) -> Iterator[Mention]:
    """ "Il Cesena", "la Roma" where somebody plays; "la Torino di allora" is the town."""
    for match in _OF_TEAM.finditer(text):
        team = match["team"].lower()
        feminine = re.search(r"la[ ]$", text[: match.start("team")], re.IGNORECASE) is not None
        if team in _FEMININE_TEAMS or (not feminine and (team in _TEAMS or team in single_word_names())):
            yield Mention(match.start("team"), match.end("team"), "ORG", match["team"])


def _teams_said(text: str) -> Iterator[Mention]:
    """ "Il bologna", "il toro" in small letters: the masculine article tells the team from the town."""
    for match in _OF_TEAM_SAID.finditer(text):
        team = match["team"]
        if team == "toro" or (team in _cities() and not is_common_word(team)):
            yield Mention(*match.span("team"), "ORG", team.capitalize())


@cache
def _cities() -> frozenset[str]:
    return frozenset(town.name.lower() for town in municipalities() if town.capital)


def _is_name(word: str) -> bool:
    return word not in _FILLERS and (surname(word) == "name" or not (is_common_word(word) or nobody(word)))


def _normal(surface: str) -> str:
    words = " ".join(surface.replace("’", "'").split())
    return words[0].upper() + words[1:]
