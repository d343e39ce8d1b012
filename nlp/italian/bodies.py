"""Bodies: those of the gazetteer, those named by a head and a place (Unione dei comuni della Bassa), and the bare
"la Regione", which waits to be told apart by what the transcript says elsewhere. It looks at one text at a time.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from nlp.italian.gazetteer import Term, province_of_sigla, regions_of_provinces, single_word_names, terms
from nlp.italian.mentions import Context, Mention
from nlp.italian.phrases import Phrase, fits_capitals, is_common_word, territorial_bodies

_HEADS = {
    r"unione (?:dei |di )?comuni": "Unione dei comuni",
    r"unione montana": "Unione montana",
    r"unione": "Unione dei comuni",
    r"comunità montana": "Comunità montana",
    r"consorzio(?: di bonifica| forestale| intercomunale| dei (?:comuni|servizi)| industriale)?": "Consorzio",
    r"parco(?: regionale| naturale| nazionale)?": "Parco",
    r"università(?: degli studi)?": "Università",
    r"politecnico": "Politecnico",
    r"prefettura": "Prefettura",
    r"questura": "Questura",
    r"soprintendenza": "Soprintendenza",
    r"tribunale": "Tribunale",
    r"procura(?: della repubblica)?": "Procura",
    r"corte d['’]appello": "Corte d'appello",
    r"provveditorato": "Provveditorato",
    r"genio civile": "Genio civile",
    r"centro per l['’]impiego": "Centro per l'impiego",
    r"stazione (?:unica(?: appaltante)?|appaltante|di committenza)": "Stazione unica appaltante",
    r"centrale (?:unica )?di committenza": "Centrale unica di committenza",
    r"conferenza dei sindaci": "Conferenza dei sindaci",
    r"casa della comunità": "Casa della Comunità",
    r"distretto(?: sanitario| socio-?sanitario)?": "Distretto",
    r"camera di commercio": "Camera di commercio",
    r"azienda speciale(?: consortile)?": "Azienda speciale",
    r"azienda (?:sanitaria|ospedaliera|usl|consortile)(?: locale| provinciale| universitaria| unica)?": "Azienda",
    r"autorità (?:di bacino(?: distrettuale)?|portuale|di sistema portuale|d['’]ambito|idrica)": "Autorità",
    r"agenzia (?:regionale|interregionale|nazionale|provinciale|europea|territoriale)": "Agenzia",
    r"ufficio (?:scolastico|di piano|d['’]ambito|speciale)(?: regionale| provinciale)?": "Ufficio",
    r"direzione (?:regionale|provinciale|generale|scolastica|didattica)": "Direzione",
    r"comando (?:provinciale|regionale|stazione)|compagnia dei carabinieri|stazione dei carabinieri": "Comando",
    r"comunità di valle|comunità del parco": "Comunità",
    r"ente parco|ente di gestione|ente acque": "Ente",
    r"riserva naturale|area marina protetta": "Riserva",
    r"istituto zooprofilattico|istituto autonomo case popolari": "Istituto",
    r"fondazione": "Fondazione",
    r"ambito(?: territoriale| sociale)?": "Ambito",
    r"ministero": "Ministero",
    r"ats": "ATS",
    r"asst": "ASST",
    r"a?usl": "AUSL",
    r"asl": "ASL",
    r"ulss": "ULSS",
    r"asp": "ASP",
    r"capitaneria(?: di porto)?": "Capitaneria",
    r"bacino imbrifero(?: montano)?|bim": "Bacino imbrifero",
    r"comunità collinare": "Comunità collinare",
    r"ispettorato(?: del lavoro)?": "Ispettorato",
    r"archivio di stato": "Archivio di Stato",
    r"gal": "GAL",
}
_LINK = r"(?:di|del|dello|della|dei|degli|delle|dell['’]|d['’])"
_CAPITALISED = r"[A-ZÀ-Ý][\wÀ-ÿ]+(?:['’][A-ZÀ-Ý]?[\wÀ-ÿ]+)?"
_NAME = (
    rf"(?P<name>(?:{_LINK}[ ]?)?{_CAPITALISED}(?:[ ](?:(?:e[ ])?{_LINK}[ ]?|e[ ])?{_CAPITALISED}|[-]{_CAPITALISED})*)"
)
_HEAD = "|".join(_HEADS)
_NAMED = re.compile(rf"(?<!\w)(?P<head>(?i:{_HEAD}))[ ]{_NAME}")
# local health bodies go by numbers: ASL 3, ASL Roma 5, AUSL due
_NUMBERED = re.compile(
    rf"(?<!\w)(?P<head>(?i:asl|asst|ats|a?usl|ulss|asp|ato|ambito|distretto))[ ](?P<name>(?:{_CAPITALISED}[ ])?"
    r"(?:\d{1,2}|uno|due|tre|quattro|cinque|sei))(?![\w%]|[ ](?:anni|euro|mila|milioni|volte|mesi|giorni))",
)
# bodies by what they are and what they are for, in small letters too: autorità di bacino, agenzia regionale
_DESCRIBED = re.compile(
    r"(?<!\w)(?:agenzia (?:regionale|interregionale|nazionale|provinciale|europea)"
    r"(?: (?:per|del|dei|delle|della) (?:(?:il|lo|la|i|gli|le) )?\w+| (?:per |de)l['’]\w+)?"
    r"|(?:agenzia|ufficio|magistrato|autorità|parco|consorzio) (?:del|della|dello|delle|dei|dell['’]) ?"
    r"(?P<area>[A-ZÀ-Ý][a-zà-ÿ]+)"
    r"|assessorato (?:regionale |provinciale )?(?:(?:alla|allo|ai|agli|alle|al|per la|per il) |all['’])\w+"
    r"|assessorato (?:regionale|provinciale)"
    r"|azienda consortile(?: di zona)?|azienda (?:sanitaria|ospedaliera)(?: locale| provinciale| unica| universitaria)?"
    r"|direzione (?:regionale|didattica|provinciale del lavoro)|comando provinciale"
    r"|autorità (?:di bacino|portuale|d['’]ambito|idrica)(?: distrettuale)?"
    r"|consiglio (?:metropolitano|di zona)|parco (?:nazionale|regionale)(?! di |\w))(?![\w'’])",
    re.IGNORECASE,
)
# in small letters a place of the lists must follow: unione montana agordina, parco dei castelli romani
_SAID = re.compile(
    r"(?<!\w)(?P<head>unione montana|unione dei comuni|unione|comunità (?:montana|collinare|di valle)|gal|distretto"
    r"|parco(?: nazionale| regionale)?|consorzio di bonifica|autorità di bacino|azienda (?:sanitaria|speciale))"
    r"[ ](?:(?:di|del|dello|della|dei|degli|delle|valle|val)[ ]|dell['’]|d['’])?"
)
_SEAT = re.compile(
    r"(?<!\w)(?P<head>università(?: degli studi)?|politecnico|prefettura|questura|asl|tribunale|procura"
    r"|soprintendenza|camera di commercio|genio civile|unione dei comuni|comunità montana)[ ]di[ ](?P<seat>\w+)",
    re.I,
)
_ORGANISATIONS = frozenset({"Università", "Politecnico", "Fondazione"})  # the others are public bodies
_ARTICLE = re.compile(
    r"\b(?:il|lo|la|i|gli|le|col|coi|(?:a|da|de|ne|su)(?:l|llo|lla|i|gli|lle))\s$"
    r"|\b(?:l|all|dall|dell|nell|sull)['’]$",
    re.IGNORECASE,
)
_ONE_OF_A_KIND = re.compile(r"\buna?\s$|\bun['’]$", re.IGNORECASE)
_TO_OR_FROM = re.compile(r"\b(?:alla|dalla)\s$", re.IGNORECASE)
_ADDRESSED = re.compile(r"\b(?:la|alla|dalla)\s$", re.IGNORECASE)
_BELONGS = re.compile(r"\b(?:la|alla|dalla|della)\s$", re.IGNORECASE)
_ACTS = re.compile(
    r"\s(?:(?:non|ci|gli|mi|ti|vi|ne|se|lo|li|le|invece|adesso|poi|che)\s)*(?:ha|hanno|aveva|avrà|dà|dava|dice|diceva"
    r"|paga|pagava|mette|metteva|manda|mandava|fa|faceva|finanzia|vuole|voleva|deve|doveva|può|poteva|chiede|risponde"
    r"|decide|tiene|copre|rimborsa|taglia|approva|concede|eroga|stanzia|trasferisce|autorizza|blocca|impone|pretende"
    r"|scarica|promette|prometteva|aiuta|aiutava|ascolta|gestisce|organizza|arriva|arrivava|interviene)(?!\w)",
    re.IGNORECASE,
)
_ENTERED = ("prefettura", "parlamento", "questura", "procura", "tribunale", "soprintendenza")
_IN = re.compile(r"\bin\s$", re.IGNORECASE)
_ACTING = frozenset({"stato", "governo", "unione", "agenzia", "giunta"})  # in small letters bodies only when they act
_SUBJECT = re.compile(r"\b(?:il|lo|la)\s$|\bl['’]$", re.IGNORECASE)
_PAYER = re.compile(r"\b(?:dal|dallo)\s$", re.IGNORECASE)
GENERIC = {row.normal_form for row in terms("enti_generici").values()}


def find_bodies(text: str, phrases: Sequence[Phrase], context: Context) -> Iterator[Mention]:
    """ENTE mentions, and ORG ones of universities.

    Bare heads with an article ("la Regione") have the head itself as normal form, see GENERIC.
    """
    for phrase in phrases:
        surface = text[phrase.start : phrase.end]
        if phrase.label == "ENTE":
            term = terms("enti").get(phrase.form) or Term("", territorial_bodies().get(phrase.form, ""))
            if fits_capitals(surface, term.written or "x", context.uncased):
                label = "LOC" if _is_area(text, phrase) else "ENTE"
                yield Mention(phrase.start, phrase.end, label, term.normal_form)
        elif phrase.label == "GENERIC" and _bare_body(text, phrase, context):
            yield Mention(phrase.start, phrase.end, "ENTE", terms("enti_generici")[phrase.form].normal_form)
    yield from _named_bodies(text)
    if context.uncased:
        yield from _said_bodies(text, phrases)
    yield from _numbered_bodies(text)
    yield from _seated_bodies(text)
    for match in _DESCRIBED.finditer(text):
        if not match["area"] or _is_territory(match["area"]):
            yield Mention(match.start(), match.end(), "ENTE", match[0][0].upper() + match[0][1:])


def specific_body(head: str, named: Iterable[str], province: str) -> str:
    """Which body a bare head means: the only one with that head in `named`, else that of the transcript's province.

    `province` is a name or a sigla, or "". Returns the head itself when neither tells.
    """
    prefix = "Unione dei comuni" if head == "Unione" else head
    named_bodies = sorted({name for name in named if name.startswith(f"{prefix} ")})
    if len(named_bodies) == 1:
        return named_bodies[0]
    if named_bodies or not province:
        return head
    if head == "Regione":
        known = {key.upper(): region for key, region in regions_of_provinces().items()}
        return f"Regione {known[province.upper()]}" if province.upper() in known else head
    if head == "Provincia":
        form = f"provincia di {province_of_sigla().get(province.upper(), province)}".lower()
        return territorial_bodies().get(form, head)
    return head


def _is_territory(name: str) -> bool:
    """A river, a lake, a valley: "agenzia del Po", not "ufficio del Rossi"."""
    return name[0].isupper() and name.lower() in terms("luoghi")


def _is_area(text: str, phrase: Phrase) -> bool:
    """ "In provincia di Trapani" is where something lies, not who decides."""
    if not phrase.form.startswith("provincia ") or text[phrase.start].isupper():
        return False
    before = text[: phrase.start][-10:]
    return _BELONGS.search(before) is None


def _bare_body(text: str, phrase: Phrase, context: Context) -> bool:
    surface = text[phrase.start : phrase.end]
    before = text[max(0, phrase.start - 8) : phrase.start]
    if surface.isupper() and terms("enti_generici")[phrase.form].written.isupper():  # ATS needs no article
        return True
    if surface[0].isupper() and _ONE_OF_A_KIND.search(before):
        return True
    if not _ARTICLE.search(before) and not (_IN.search(before) and (surface[0].isupper() or phrase.form in _ENTERED)):
        return False
    if surface[0].isupper():
        return True
    if phrase.form in ("regione", "provincia"):  # "nella regione" is where something lies
        direct = _ADDRESSED.search(before) is not None
        acts = _ACTS.match(text, phrase.end) is not None
        asked = phrase.form == "regione" and (not context.uncased or _TO_OR_FROM.search(before) is not None)
        return direct and (acts or asked)
    if phrase.form in _ACTING:
        paid = context.uncased and _PAYER.search(before) is not None
        return paid or (_SUBJECT.search(before) is not None and _ACTS.match(text, phrase.end) is not None)
    if phrase.form == "ambito" and before.lower().endswith(("nell'", "nell’")):
        return False
    return " " in phrase.form or terms("enti_generici")[phrase.form].needs != "capital"


def _named_bodies(text: str) -> Iterator[Mention]:
    for match in _NAMED.finditer(text):
        head = match["head"]
        name = " ".join(match["name"].replace("’", "'").split())
        if head.islower() and len(head) <= 4:
            continue  # gal, asl, ats in small letters
        if head == "consorzio" and name.removeprefix("di ").lower() in single_word_names():
            continue  # "un consorzio di Sulmona" is one that sits there
        if head.lower() == "unione" and (not head[0].isupper() or name.lower() in ("europea", "sovietica")):
            continue
        normal = _normal_head(head)
        yield Mention(match.start(), match.end(), _label(normal), f"{normal} {name}")


def _said_bodies(text: str, phrases: Sequence[Phrase]) -> Iterator[Mention]:
    places = {
        phrase.start: phrase.end
        for phrase in phrases
        if phrase.label == "LOC" or (phrase.label == "COMUNE" and not is_common_word(phrase.form))
    }
    for match in _SAID.finditer(text):
        if end := places.get(match.end(), 0):
            surface = text[match.start() : end]
            yield Mention(match.start(), end, "ENTE", surface[0].upper() + surface[1:])


def _numbered_bodies(text: str) -> Iterator[Mention]:
    for match in _NUMBERED.finditer(text):
        yield Mention(match.start(), match.end(), "ENTE", f"{match['head'].upper()} {match['name']}")


def _seated_bodies(text: str) -> Iterator[Mention]:
    """Bodies of a town, also in small letters: università di pavia."""
    for match in _SEAT.finditer(text):
        if match["seat"].lower() in single_word_names():
            head = _normal_head(match["head"])
            yield Mention(match.start(), match.end(), _label(head), f"{head} di {match['seat'].capitalize()}")


def _normal_head(said: str) -> str:
    """The normal form of a head of _HEADS."""
    return next(form for pattern, form in _HEADS.items() if re.fullmatch(pattern, said, re.IGNORECASE))


def _label(head: str) -> str:
    return "ORG" if head in _ORGANISATIONS else "ENTE"
