"""How a row of the joint display is read: convergence, divergence, silence ... by written rules. Room nlp.

The labels follow the triangulation protocol (Farmer et al. 2006; O'Cathain, Murphy & Nicholl 2010) and joint displays
(Fetters, Curry & Creswell 2013).
"""

import math
from dataclasses import dataclass

from corpus.records import Reading
from corpus.settings import ReadingSection
from corpus.words.phrase import Phrase, phrase
from nlp.measures.corrected_themes import DIFFERENCE, SLOPE
from nlp.measures.reasons import REASONS, reason_phrase

VERSION = "3"
DEFAULT_RULES = ReadingSection()
_CORRECTED = (DIFFERENCE, SLOPE)
_SIGNED = ("odds ratio", "cliff delta", "spearman rho", *_CORRECTED)


@dataclass(frozen=True, slots=True)
class Strands:
    """What the rules look at, for one theme and one item (or option).

    `effect_name` is as in nlp.measures.association, or DIFFERENCE or SLOPE of nlp.measures.corrected_themes, whose size
    is judged by `odds`; `direction` is the declared one ("+": who mentions the theme answers higher or yes). `agree`,
    `contradict` and `mixed` count the respondents whose own stance agrees with their answer, contradicts it or does
    neither (nlp.measures.stance_agreement), None when the codebook declares no stance of answers; `cases` are those who
    contradict. `compared` is False where no option of a multiple response asks about the theme. `reasons` counts
    respondents who give a subtheme that no item covers. `asked_in_interview`: the interviews put the item too. `reason`
    is a key of nlp.measures.reasons where there is no effect.
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
    odds: float = math.nan
    direction: str = ""
    agree: int | None = None
    contradict: int | None = None
    mixed: int | None = None
    cases: tuple[str, ...] = ()
    compared: bool = True
    reasons: int = 0
    asked_in_interview: bool = False
    reason: str = ""

    @property
    def positions(self) -> int:
        """The respondents whose stance can be held against their answer."""
        return (self.agree or 0) + (self.contradict or 0) + (self.mixed or 0)


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A reading and which rule gave it, with the numbers that it looked at."""

    reading: Reading
    why: Phrase


def read_row(row: Strands, rules: ReadingSection = DEFAULT_RULES) -> Reasoned:
    """The reading of one row: the first rule that holds, in the order of docs/joint-display.md; `why` names it."""
    if silent := _silent(row, rules):
        return _by_rule("1", "silence", silent)
    grouped = row.smaller_group >= rules.min_group
    positioned = row.positions >= rules.min_positions
    if row.pairs < rules.min_pairs or not (grouped or positioned):
        return _by_rule("2", "insufficient_evidence", _too_few(row, rules))
    side = _side(row, rules) if grouped else 0
    if side < 0:
        return _by_rule("3a", "divergence", Phrase("rule.unexpected_side"))
    if positioned and _enough(row.contradict, rules.contradiction, row, rules):
        stances = {"n": row.contradict, "of": row.positions, "threshold": rules.contradiction, "cases": row.cases}
        return _by_rule("3b", "divergence", Phrase("rule.stances_contradict", stances))
    agreed = positioned and _enough(row.agree, rules.agreement, row, rules)
    if side > 0 and (agreed or not positioned):
        return _by_rule("4a", "convergence", _and_positions(Phrase("rule.expected_side"), row))
    if agreed:
        stances = {"n": row.agree, "of": row.positions, "threshold": rules.agreement}
        return _by_rule("4b", "convergence", Phrase("rule.stances_agree", stances))
    if row.reasons >= rules.min_reasons:
        return _by_rule("5", "complementarity", phrase("rule.subthemes", n=row.reasons, least=rules.min_reasons))
    return _by_rule("6", "inconclusive", _and_positions(_inconclusive(row, side, grouped, rules), row))


def rules_in_force(rules: ReadingSection) -> Phrase:
    """The rules in their order with the thresholds in force, for the note of a table."""
    return Phrase("rule.all", rules.model_dump())


def _by_rule(number: str, reading: Reading, why: Phrase) -> Reasoned:
    return Reasoned(reading, phrase("rule.numbered", number=number, why=why))


def _too_few(row: Strands, rules: ReadingSection) -> Phrase:
    if row.pairs < rules.min_pairs:
        return phrase("rule.few_pairs", n=row.pairs, least=rules.min_pairs)
    least = _no_groups(row, rules)
    if row.agree is None:
        return least
    return phrase("rule.few_positions", groups=least, n=row.positions, least=rules.min_positions)


def _no_groups(row: Strands, rules: ReadingSection) -> Phrase:
    if not row.compared:
        return Phrase("rule.no_option")
    return phrase("rule.small_group", n=row.smaller_group, least=rules.min_group)


def _enough(count: int | None, share: float, row: Strands, rules: ReadingSection) -> bool:
    return (count or 0) >= max(rules.min_cases, share * row.positions - 1e-9)


def _and_positions(text: Phrase, row: Strands) -> Phrase:
    if not row.positions:
        return text
    return phrase("rule.with_positions", why=text, agree=row.agree, contradict=row.contradict, mixed=row.mixed)


def _silent(row: Strands, rules: ReadingSection) -> Phrase | None:
    if not row.item_exists:
        return Phrase("rule.no_item")
    if row.asked and 1 - row.answered / row.asked >= rules.max_missing:
        return phrase("rule.few_answers", n=row.answered, of=row.asked)
    needed = max(rules.min_interviews, rules.min_interview_share * row.interviews)
    if row.mentioned < needed:
        # The silence of people who were asked is another than that of people who perhaps were not.
        counts = {"n": row.mentioned, "of": row.interviews}
        return Phrase("rule.few_mention_asked" if row.asked_in_interview else "rule.few_mention", counts)
    return None


def _side(row: Strands, rules: ReadingSection) -> int:
    """1: interval wholly on the expected side and effect large enough; -1: on the other side; 0: neither."""
    if not row.direction or math.isnan(row.low) or math.isnan(row.high):
        return 0
    null = 0.0
    enough = abs(row.effect) >= rules.min_delta
    if row.effect_name == "odds ratio":
        null = 1.0
        enough = _is_large(row.effect, rules)
    elif row.effect_name in _CORRECTED:
        enough = _is_large(row.odds, rules)
    elif row.effect_name not in _SIGNED:
        return 0  # an unsigned effect has no side
    if not enough or row.low <= null <= row.high:
        return 0
    positive = row.low > null
    return 1 if positive == (row.direction == "+") else -1


def _is_large(odds_ratio: float, rules: ReadingSection) -> bool:
    return odds_ratio >= rules.min_odds_ratio or odds_ratio <= 1 / rules.min_odds_ratio


def _inconclusive(row: Strands, side: int, grouped: bool, rules: ReadingSection) -> Phrase:
    if side > 0:
        return phrase("rule.too_few_agree", threshold=rules.agreement)
    if not grouped:
        return phrase("rule.not_read", groups=_no_groups(row, rules))
    if row.reason in REASONS:
        return phrase("rule.no_effect", reason=reason_phrase(row.reason))
    if row.effect_name not in _SIGNED:
        return Phrase("rule.no_side")
    if not row.direction:
        return Phrase("rule.no_direction")
    return Phrase("rule.small_effect")
