"""Where people are named in one text: by lists of names, titles, the words around, and what the model saw.

Made to miss little: of a capital without another explanation it believes that it may be a person. Joins no mentions.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlp.italian.name_lists import given_name, is_town, may_be_a_name, nobody, rather_not, surname

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

CAPITALS = 0.8


class Named(NamedTuple):
    """`text[start:end]` names a person without title; `words` are its words in small letters, sorted, without initials.

    `feminine` says what title or article say, None when they say nothing.
    """

    start: int
    end: int
    words: tuple[str, ...]
    feminine: bool | None


@dataclass(frozen=True, slots=True)
class Known:
    """Names of the study besides the lists, word by word in small letters: of people, to keep, of its places."""

    words: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


class Manner(NamedTuple):
    """How a text is written.

    `uncased`: without capitals, or in nothing but capitals. `cell`: a label or a table's cell, where a capital at the
    start says nothing against a name. `camel`: words may stand together, as in file names. `lists`: believe the lists;
    otherwise only the names that are known.
    """

    uncased: bool = False
    cell: bool = False
    camel: bool = False
    lists: bool = True


class _Word(NamedTuple):
    start: int
    end: int
    text: str

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def find_names(
    text: str,
    seen: Collection[tuple[int, int]] = (),
    known: Known = Known(),
    manner: Manner = Manner(),  # noqa: B008
) -> list[Named]:
    """The people named in `text`, by position. `seen` are the spans that the model takes for persons."""
    words = [_Word(*match.span(), match[0]) for match in (CAMEL if manner.camel else WORD).finditer(text)]
    manner = manner._replace(uncased=manner.uncased or _in_capitals(words))
    seen_words = {index for index, word in enumerate(words) if _is_seen(word, seen)}
    people: list[Named] = []
    index = 0
    while index < len(words):
        if not _believed(text, words, index, index in seen_words, people, known, manner):
            index += 1
            continue
        first = _leftwards(text, words, index, people, known, manner)
        last = _rightwards(text, words, index, seen_words, known, manner)
        named = words[first : last + 1]
        parts = {word.low.replace("’", "'") for word in named if len(word.text) > 1 and word.low not in PARTICLES}
        if parts:
            start = words[first].start
            people.append(Named(start, words[last].end, tuple(sorted(parts)), _gender(text[:start][-40:])))
        index = last + 1
    return people


def _is_seen(word: _Word, seen: Collection[tuple[int, int]]) -> bool:
    """Whether the word touches a span that the model takes for a person."""
    return any(start < word.end and word.start < end for start, end in seen)


def _believed(
    text: str, words: Sequence[_Word], index: int, seen: bool, named: Sequence[Named], known: Known, manner: Manner
) -> bool:
    word = words[index]
    low = word.low.replace("’", "'")
    if low in known.keep or (nobody(low) and low not in known.words) or len(low) < 2:
        return False
    if low not in known.words and not (given_name(low) or surname(low) or may_be_a_name(low)):
        return False
    if re.match(r"['’][a-zà-ÿ]", text[word.end : word.end + 2]):
        return False  # vent'anni, dev'essere
    before = text[: word.start][-40:]
    free = word.capital and (manner.cell or not SENTENCE_START.search(before))
    if low in known.words and (
        free or may_be_a_name(low) or (word.capital and _before_a_name(text, words, index, known))
    ):
        return True
    if not manner.lists or STREET.search(before):
        return False
    given = given_name(low)
    family = surname(low)
    unknown = may_be_a_name(low)
    looks = word.capital or manner.uncased
    title = TITLE.search(before)
    if (is_town(low) or low in known.places) and not title:
        return False
    if given == "name" and (looks or word.text.islower()):
        return True
    if looks and not manner.uncased and family == "name":
        return True
    if title or CALLED.search(before):
        personal = title is None or title["title"] is None or IS_PERSONAL.fullmatch(title["title"].strip(". "))
        if word.capital and not manner.uncased:
            return bool(unknown or given or family or (personal and not _followed_by_article(text, word)))
        if title and personal and len(low) > 2:
            return bool(given or unknown or (family and (manner.uncased or family == "name")))
        return bool(given or (manner.uncased and family == "name"))
    if (given or family) and INTRODUCED.match(text[word.end : word.end + 24]):
        return True
    if rather_not(low):
        return False
    if free and named and AND.fullmatch(text[named[-1].end : word.start]) and (unknown or given or family):
        return True
    if seen and looks and (unknown or given or family == "name" or (family and free)):
        return True
    if manner.uncased:
        return bool(manner.cell and (given or family))
    if free and given:
        return True
    if free and family and not _is_heading(text, words, index):
        return manner.cell or bool(_person_follows(text, word)) or bool(ARTICLE.search(before)) or seen
    if word.capital and (given or family) and _before_a_name(text, words, index, known):
        return True
    return free and unknown and not word.text.isupper() and len(low) > 3 and bool(ARTICLE.search(before))


def _before_a_name(text: str, words: Sequence[_Word], index: int, known: Known) -> bool:
    """The next word, right after, is a name with a capital: "Rosa Esposito" at the start of a sentence."""
    if index + 1 >= len(words):
        return False
    word = words[index]
    after = words[index + 1]
    joined = JOIN.fullmatch(text[word.end : after.start]) is not None
    return joined and after.capital and bool(given_name(after.low) or surname(after.low) or after.low in known.words)


def _person_follows(text: str, word: _Word) -> re.Match[str] | None:
    """After the word somebody does what people do."""
    return re.match(
        r"\s(?:ha|hanno|dice|diceva|disse|mi|ci|si|che|è|era|sta|fa|viene|va|non|aveva|sa|l['’]ha|lavora|abita|non)\b|[,.;:!?)]|$",
        text[word.end : word.end + 12],
    )


def _followed_by_article(text: str, word: _Word) -> bool:
    return re.match(r"\s(?:del|della|dello|dei|degli|delle)\b", text[word.end : word.end + 8]) is not None


def _is_heading(text: str, words: Sequence[_Word], index: int) -> bool:
    """Between other capitals (Castel Rosso, Ponte Rovera): a place or a body rather than a surname alone."""
    word = words[index]
    if index and words[index - 1].capital and text[words[index - 1].end : word.start] == " ":
        return not (given_name(words[index - 1].low) or surname(words[index - 1].low))
    return False


def _leftwards(
    text: str, words: Sequence[_Word], index: int, named: Sequence[Named], known: Known, manner: Manner
) -> int:
    edge = named[-1].end if named else 0
    first = index
    while first:
        word = words[first - 1]
        after = words[first]
        if word.start < edge or not JOIN.fullmatch(text[word.end : after.start]) or word.low in known.keep:
            break
        initial = len(word.text) == 1 and word.capital and text[word.end] == "."
        particle = word.capital and word.low in PARTICLES and not manner.uncased and len(word.text) > 1
        if particle and SENTENCE_START.search(text[: word.start][-3:]):
            break  # "Di Rossi non parlo"
        full = word.capital and not manner.uncased and bool(given_name(word.low) or surname(word.low))
        title = TITLE.search(text[: word.end + 1][-40:] + " ")
        if nobody(word.low) or (title and not initial) or not (initial or particle or full):
            break
        first -= 1
    return first


def _rightwards(
    text: str, words: Sequence[_Word], index: int, seen: Collection[int], known: Known, manner: Manner
) -> int:
    last = index
    position = index
    while position + 1 < len(words):
        word_there = words[position]
        word = words[position + 1]
        joined = JOIN.fullmatch(text[word_there.end : word.start])
        initial = len(word_there.text) == 1
        if not joined or (joined[0].startswith(".") and not initial) or word.low in known.keep:
            break
        if joined[0] == "-" and not word.capital and not manner.uncased:
            break
        if word.low in PARTICLES and (word.capital or word.low in LOWER_PARTICLES) and not manner.uncased:
            position += 1
            continue
        if nobody(word.low) or not _continues(word, position + 1 in seen, known, manner):
            break
        position += 1
        last = position
    return last


def _continues(word: _Word, seen: bool, known: Known, manner: Manner) -> bool:
    low = word.low
    listed = bool(given_name(low) or surname(low))
    if manner.uncased:
        return low in known.words or given_name(low) == "name" or bool(surname(low)) or (seen and may_be_a_name(low))
    if not word.capital:
        return low in known.words and may_be_a_name(low)
    return listed or seen or low in known.words or may_be_a_name(low) or len(word.text) == 1


def _gender(before: str) -> bool | None:
    if FEMININE.search(before):
        return True
    return False if MASCULINE.search(before) else None


def _in_capitals(words: Sequence[_Word]) -> bool:
    letters = sum(len(word.text) for word in words)
    return letters >= 10 and sum(map(str.isupper, "".join(word.text for word in words))) >= CAPITALS * letters
