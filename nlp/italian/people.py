"""Names as the model finds them, in the form under which they are counted. Corrects no label."""

import re

_TITLES = re.compile(
    r"^(?:(?:il|lo|la|i|gli|le|un|una|del|dello|della|dei|al|alla|dal|dalla|nel|nella|di|da|a|in|e)\s+|(?:l|dell|all|dall|nell|d|un)['’]\s?"
    r"|(?:dott|dott\.?ssa|dottor|dottoressa|dottore|ing|ingegner[ea]?|arch|architetto|geom|geometra|rag|ragionier[ea]?|avv|avvocato"
    r"|prof|professor|professore|professoressa|signor|signora|signore|sig|sig\.?ra|don|suor|padre|sindac[oa]|assessor[ea]?"
    r"|president[ei]|segretari[oa]|on|onorevole|maestr[oa]|marescial+o)\.?\s+)+",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){2,}")
_EDGES = ' \t\n.,;:!?…"«»“”()[]-–—'


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
