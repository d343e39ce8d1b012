"""The words around a name in Italian speech: titles, kin, articles, particles, streets. Patterns only, no decision."""

import re

WORD = re.compile(r"(?:(?<![^\W_])(?:D|Dell|Dall|O|Sant)['’](?=[A-ZÀ-Ý]))[^\W\d_]+|[^\W\d_]+", re.UNICODE)
CAMEL = re.compile(r"[A-ZÀ-Ý]?[a-zà-ÿ]+|[A-ZÀ-Ý]+(?![a-zà-ÿ])")
SENTENCE_START = re.compile(r"(?:^|[.?!:…\"«“(\n;]|\s[-–—])\s*$")
PERSONAL = (
    r"signor|signora|signore|signorina|sig|sig\.?ra|sig\.?na|dott|dott\.?ssa|dottor|dottore|dottoressa|dr|ing|ingegner|"
    r"ingegnere|ingegnera|arch|architetto|architetta|geom|geometra|rag|ragionier|ragioniere|ragioniera|avv|avvocato|"
    r"avvocata|avvocatessa|prof|prof\.?ssa|professor|professore|professoressa|maestro|maestra|don|donna|suor|padre|fra|"
    r"frate|monsignor|maresciallo|appuntato|brigadiere|capitano|colonnello|zio|zia|nonno|nonna|cugino|cugina|mister|"
    r"madame|monsieur|on|onorevole|cavalier|commendator|perito|notaio|infermiera|infermiere|caporale|comandante"
)
ROLE = (
    r"sindaco|sindaca|vicesindaco|vicesindaca|assessore|assessora|assessor|presidente|presidentessa|segretario|"
    r"segretaria|consigliere|consigliera|direttore|direttrice|prefetto|ministro|ministra|vigile|operaio|collega|"
    r"amico|amica|marito|moglie|figlio|figlia|fratello|sorella|mamma|papà|babbo|nipote|suocera|compagno|compagna|"
    r"bibliotecaria|preside|parroco|medico|tecnico|impiegata|impiegato|vicina|vicino"
)
KIN = (
    r"(?:moglie|marito|figli[oa]|fratello|sorella|madre|padre|mamma|papà|babbo|nipote|zi[oa]|nonn[oa]|cugin[oa]"
    r"|suocer[oa]|cognat[oa]|amic[oa]|compagn[oa]|vedova)"
)
TITLE = re.compile(rf"\b(?:(?P<title>{PERSONAL}|{ROLE})\b\.?|{KIN} d(?:i|el|ella))\s$", re.IGNORECASE)
INTRODUCED = re.compile(
    rf"\s(?:si chiama|si chiamava|mi chiamo)\b|,\s(?:l[ao]|il|mi[ao]|tu[ao]|su[ao]|nostr[ao])\s{KIN}\b", re.IGNORECASE
)
AND = re.compile(r"(?:,| e| ed| o|, e)\s")
IS_PERSONAL = re.compile(PERSONAL, re.IGNORECASE)
CALLED = re.compile(
    r"\b(?:(?:mi|ti|si|lo|la|li|le|ci) (?:chiam[aoi]|chiamano|chiamiamo|chiamav[aoi]|chiamavano)|chiamat[oaie]"
    r"|di nome|nome è|cognome è|nome di|di cognome|a nome)\s(?:è\s)?$",
    re.IGNORECASE,
)
STREET = re.compile(
    r"\b(?:via|viale|piazza|piazzale|corso|largo|vicolo|legge|decreto|riforma|lodo|ospedale|istituto|liceo|scuola"
    r"|teatro|villa|palazzo|stadio|parco|biblioteca|fondazione|lago|monte|fiume|san|santa|sant|santo|banca|bar)"
    r"\s?['’]?\s?(?:(?:d[ie]|del|della|dei)\s)?$",
    re.IGNORECASE,
)
FEMININE = re.compile(
    r"\b(?:la|della|dalla|alla|colla|nella|sulla|mia|tua|sua|nostra|una|signora|signorina|sig\.?ra|dott\.?ssa"
    r"|dottoressa|prof\.?ssa|professoressa|maestra|suor|zia|nonna|sindaca|assessora|ragioniera|moglie|sorella|figlia"
    r"|mamma|avvocata|segretaria|infermiera|consigliera)\.?\s$",
    re.IGNORECASE,
)
MASCULINE = re.compile(
    r"\b(?:il|lo|del|dal|al|col|nel|sul|mio|tuo|suo|nostro|un|signor|signore|sig|dott|dottor|dottore|professor"
    r"|professore|maestro|don|zio|nonno|sindaco|assessore|ragioniere|marito|fratello|figlio|papà|segretario)\.?\s$",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"\b(?:la|dalla|della|alla|colla|con la|mia)\s$|\b(?:l|dell|dall|all)['’]$", re.IGNORECASE)
PARTICLES = frozenset(
    str.split(
        "de di da del della dello dei degli delle dal dalla lo la le li van von der den el al ben bin ibn abd dos"
    )
)
LOWER_PARTICLES = frozenset(str.split("de van von der den el al ben bin ibn abd dos da"))
JOIN = re.compile(r"[ \u00a0]|['’]|-|\.[ \u00a0]?")
