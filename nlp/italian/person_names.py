"""Names as the model finds them, in the form under which they are counted. Corrects no label."""

import re

_TITLES = re.compile(
    r"^(?:(?:il|lo|la|i|gli|le|un|una|del|dello|della|dei|al|alla|dal|dalla|nel|nella|di|da|a|in|e)\s+|(?:l|dell|all|dall|nell|d|un)['’]\s?"
    r"|(?:dott|dott\.?ssa|dottor|dottoressa|dottore|ing|ingegner[ea]?|arch|architetto|geom|geometra|rag|ragionier[ea]?|avv|avvocato"
    r"|prof|professor|professore|professoressa|signor|signora|signore|sig|sig\.?ra|don|suor|padre|sindac[oa]|assessor[ea]?"
    r"|president[ei]|segretari[oa]|on|onorevole|maestr[oa]|marescial+o|zi[oa]|nonn[oa]|signorina|monsignore?|fra|colonnello|comandante|brigadiere)\.?\s+)+",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){2,}")
_BROKEN = re.compile(r"~|\bxx+\b", re.IGNORECASE)
_NO_NAMES = frozenset(
    {"comune", "comuni", "consiglio", "provincia", "province", "prefettura", "regione", "regioni", "sindaco", "unione"}
)
_EDGES = ' \t\n.,;:!?…"«»“”()[]-–—'


def is_name(surface: str, uncased: bool) -> bool:
    """Whether what the model found can be a name at all.

    It must hold a letter, and in a transcript with capitals a capital; it is no broken word (torin~), no xxx of a
    transcriber who did not understand, and none of the bare words that the rules for bodies judge (Comune, Provincia).
    """
    if not any(map(str.isalpha, surface)) or (not uncased and surface.islower()):
        return False
    return _BROKEN.search(surface) is None and surface.lower() not in _NO_NAMES


def trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without articles, prepositions, titles and punctuation around the name; empty when nothing is left."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    titles = _TITLES.match(text[start:end])
    return (start + titles.end(), end) if titles and start + titles.end() < end else (start, end)


def name_form(surface: str) -> str:
    """One blank between words, straight apostrophes, acronyms without points; capitals only if there were none."""
    form = " ".join(surface.replace("’", "'").split())
    if _INITIALS.fullmatch(form):
        form = form.replace(".", "").replace(" ", "")
    return form.title() if form.islower() else form
