"""How a row of the joint display is read: convergenza, divergenza, silenzio ... by written rules. Room nlp.

The labels follow the triangulation protocol (Farmer et al. 2006; O'Cathain, Murphy & Nicholl 2010) and joint displays
(Fetters, Curry & Creswell 2013).
"""

import math
from dataclasses import dataclass

from corpus.language import Bilingual
from corpus.records import Reading
from corpus.settings import ReadingSection

VERSION = "1"
DEFAULT_RULES = ReadingSection()

READING_NAMES: dict[Reading, Bilingual] = {
    "silenzio": Bilingual("silenzio", "silence"),
    "evidenza insufficiente": Bilingual("evidenza insufficiente", "insufficient evidence"),
    "divergenza": Bilingual("divergenza", "divergence"),
    "convergenza": Bilingual("convergenza", "convergence"),
    "complementarità": Bilingual("complementarità", "complementarity"),
    "inconclusivo": Bilingual("inconclusivo", "inconclusive"),
}


@dataclass(frozen=True, slots=True)
class Strands:
    """What the rules look at, for one theme and one item (or option).

    `effect_name` is as in nlp.association; `direction` is the declared one ("+": who mentions the theme answers higher
    or yes). `stance_agrees`/`stance_contradicts` count respondents whose stance agrees with or contradicts their own
    answer, None when no agreeing stance was declared. `reasons` counts respondents who give a subtheme that no item
    covers.
    """

    interviews: int
    mentioned: int
    item_exists: bool
    asked: int
    answered: int
    pairs: int
    smaller_group: int
    effect_name: str = ""
    effect: float = math.nan
    low: float = math.nan
    high: float = math.nan
    direction: str = ""
    stance_agrees: int | None = None
    stance_contradicts: int | None = None
    reasons: int = 0


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A reading with the sentence that says which rule gave it."""

    reading: Reading
    why: Bilingual


def read_row(row: Strands, rules: ReadingSection = DEFAULT_RULES) -> Reasoned:
    """The reading of one row: the first rule that holds, in the order of the method sheet."""
    if silent := _silent(row, rules):
        return Reasoned("silenzio", silent)
    if row.pairs < rules.min_pairs or row.smaller_group < rules.min_group:
        it = f"{row.pairs} coppie (minimo {rules.min_pairs}), gruppo minore di {row.smaller_group} ({rules.min_group})"
        en = f"{row.pairs} pairs (minimum {rules.min_pairs}), smaller group of {row.smaller_group} ({rules.min_group})"
        return Reasoned("evidenza insufficiente", Bilingual(it, en))
    against, agrees = _share(row.stance_contradicts, row), _share(row.stance_agrees, row)
    side = _side(row, rules)
    if side < 0:
        text = Bilingual("l'intervallo è tutto dal lato inatteso", "the interval is wholly on the unexpected side")
        return Reasoned("divergenza", text)
    if against is not None and against >= rules.contradiction:
        it = f"la posizione contraddice la risposta in {row.stance_contradicts} rispondenti"
        en = f"the stance contradicts the answer in {row.stance_contradicts} respondents"
        return Reasoned("divergenza", Bilingual(it, en))
    if side > 0 and (agrees is None or agrees >= rules.agreement):
        text = Bilingual("l'intervallo è tutto dal lato atteso", "the interval is wholly on the expected side")
        return Reasoned("convergenza", text)
    if row.reasons >= rules.min_reasons:
        it = f"{row.reasons} rispondenti danno un sottotema che nessuna domanda copre"
        en = f"{row.reasons} respondents give a subtheme that no item covers"
        return Reasoned("complementarità", Bilingual(it, en))
    return Reasoned("inconclusivo", _inconclusive(row))


def _silent(row: Strands, rules: ReadingSection) -> Bilingual | None:
    if not row.item_exists:
        return Bilingual("il questionario non ha la domanda", "the questionnaire lacks the item")
    if row.asked == 0 or 1 - row.answered / row.asked >= rules.max_missing:
        it = f"questionario: solo {row.answered} risposte valide su {row.asked}"
        en = f"questionnaire: only {row.answered} valid answers of {row.asked}"
        return Bilingual(it, en)
    needed = max(rules.min_interviews, rules.min_interview_share * row.interviews)
    if row.mentioned < needed:
        it = f"interviste: ne parla {row.mentioned} su {row.interviews}"
        en = f"interviews: {row.mentioned} of {row.interviews} mention it"
        return Bilingual(it, en)
    return None


def _side(row: Strands, rules: ReadingSection) -> int:
    """1: interval wholly on the expected side and effect large enough; -1: on the other side; 0: neither."""
    if not row.direction or math.isnan(row.low) or math.isnan(row.high):
        return 0
    null, size = 0.0, abs(row.effect)
    enough = size >= rules.min_delta
    if row.effect_name == "odds ratio":
        null = 1.0
        enough = row.effect >= rules.min_odds_ratio or row.effect <= 1 / rules.min_odds_ratio
    elif row.effect_name not in ("cliff delta", "spearman rho"):
        return 0  # an unsigned effect has no side
    if not enough or row.low <= null <= row.high:
        return 0
    positive = row.low > null
    return 1 if positive == (row.direction == "+") else -1


def _share(count: int | None, row: Strands) -> float | None:
    if count is None:
        return None
    total = (row.stance_agrees or 0) + (row.stance_contradicts or 0)
    return count / total if total else None


def _inconclusive(row: Strands) -> Bilingual:
    if not row.direction:
        return Bilingual("la direzione attesa non è dichiarata", "the expected direction is not declared")
    return Bilingual(
        "l'intervallo comprende l'assenza di effetto o l'effetto è piccolo",
        "the interval holds no effect or the effect is small",
    )
