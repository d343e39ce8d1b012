"""How a row of the joint display is read: convergence, divergence, silence ... by written rules. Room nlp.

The labels follow the triangulation protocol (Farmer et al. 2006; O'Cathain, Murphy & Nicholl 2010) and joint displays
(Fetters, Curry & Creswell 2013).
"""

import math
import re
from dataclasses import dataclass

from corpus.records import Reading
from corpus.settings import ReadingSection
from corpus.words.language import Bilingual
from nlp.measures.reasons import REASONS

VERSION = "2"
DEFAULT_RULES = ReadingSection()
_SIGNED = ("odds ratio", "cliff delta", "spearman rho")

_NO_EFFECT = {
    "few": Bilingual(
        "l'effetto non è calcolabile: meno di 10 rispondenti",
        "the effect cannot be computed: fewer than 10 respondents",
    ),
    "fewer than 3": Bilingual(
        "l'effetto non è calcolabile: meno di 3 rispondenti",
        "the effect cannot be computed: fewer than 3 respondents",
    ),
    "fewer than 6": Bilingual(
        "l'effetto non è calcolabile: meno di 6 rispondenti",
        "the effect cannot be computed: fewer than 6 respondents",
    ),
    "nobody": Bilingual(
        "l'effetto non è calcolabile: nessuno ne parla",
        "the effect cannot be computed: nobody mentions it",
    ),
    "everybody": Bilingual(
        "l'effetto non è calcolabile: ne parlano tutti",
        "the effect cannot be computed: everybody mentions it",
    ),
    "constant": Bilingual(
        "l'effetto non è calcolabile: valori tutti uguali",
        "the effect cannot be computed: all values are equal",
    ),
    "one group": Bilingual(
        "l'effetto non è calcolabile: un solo gruppo",
        "the effect cannot be computed: a single group",
    ),
    "one person": Bilingual(
        "l'effetto non è calcolabile: un gruppo ha un solo rispondente",
        "the effect cannot be computed: a group has a single respondent",
    ),
    "one person each": Bilingual(
        "l'effetto non è calcolabile: un solo rispondente per gruppo",
        "the effect cannot be computed: a single respondent in each group",
    ),
    "no answers": Bilingual(
        "l'effetto non è calcolabile: nessuna risposta valida",
        "the effect cannot be computed: no valid answer",
    ),
    "no pairs": Bilingual(
        "l'effetto non è calcolabile: nessuno ha sia un'intervista sia una risposta valida",
        "the effect cannot be computed: nobody has both an interview and a valid answer",
    ),
    "too few answers": Bilingual(
        "l'effetto non è calcolabile: meno di 3 risposte valide",
        "the effect cannot be computed: fewer than 3 valid answers",
    ),
    "no order": Bilingual(
        "l'effetto non è calcolabile: non si sa l'ordine della scala",
        "the effect cannot be computed: the order of the scale is not known",
    ),
    "no polarity": Bilingual(
        "l'effetto non è calcolabile: non si sa quale risposta sia un sì",
        "the effect cannot be computed: which answer is yes is not known",
    ),
    "date": Bilingual(
        "l'effetto non è calcolabile: una data non si confronta con un tema",
        "the effect cannot be computed: a date is not compared with a theme",
    ),
    "free text": Bilingual(
        "l'effetto non è calcolabile: risposta libera, senza codici",
        "the effect cannot be computed: free text, no codes",
    ),
    "no item": Bilingual(
        "l'effetto non è calcolabile: nessuna domanda collegata",
        "the effect cannot be computed: no linked item",
    ),
    "one rater": Bilingual(
        "l'effetto non è calcolabile: un solo codificatore",
        "the effect cannot be computed: a single coder",
    ),
    "undefined": Bilingual(
        "l'effetto non è calcolabile: il metodo non dà un valore con questi dati",
        "the effect cannot be computed: the method has no value for these data",
    ),
}


@dataclass(frozen=True, slots=True)
class Strands:
    """What the rules look at, for one theme and one item (or option).

    `effect_name` is as in nlp.measures.association; `direction` is the declared one ("+": who mentions the theme
    answers higher or yes). `agree`, `contradict` and `mixed` count the respondents whose own stance agrees with their
    answer, contradicts it or does neither (nlp.measures.stance_agreement), None when the codebook declares no stance of
    answers; `cases` are those who contradict. `compared` is False where no option of a multiple response asks about the
    theme. `reasons` counts respondents who give a subtheme that no item covers. `asked_in_interview`: the interviews
    put the item too. `reason` is a key of nlp.measures.reasons where there is no effect.
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
    """A reading with the sentence that says which rule gave it."""

    reading: Reading
    why: Bilingual


def read_row(row: Strands, rules: ReadingSection = DEFAULT_RULES) -> Reasoned:
    """The reading of one row: the first rule that holds, in the order of docs/joint-display.md; `why` names it."""
    if silent := _silent(row, rules):
        return Reasoned("silence", _rule("1", silent))
    grouped, positioned = row.smaller_group >= rules.min_group, row.positions >= rules.min_positions
    if row.pairs < rules.min_pairs or not (grouped or positioned):
        return Reasoned("insufficient_evidence", _rule("2", _too_few(row, rules)))
    side = _side(row, rules) if grouped else 0
    if side < 0:
        text = Bilingual("l'intervallo è tutto dal lato inatteso", "the interval is wholly on the unexpected side")
        return Reasoned("divergence", _rule("3a", text))
    if positioned and _enough(row.contradict, rules.contradiction, row, rules):
        it = f"la posizione contraddice la risposta in {_of_positions(row.contradict, row).it}"
        en = f"the stance contradicts the answer in {_of_positions(row.contradict, row).en}"
        it, en = f"{it} (soglia {rules.contradiction:.0%})", f"{en} (threshold {rules.contradiction:.0%})"
        cases = ", ".join(row.cases)
        it, en = f"{it}: {cases}", f"{en}: {cases}"
        return Reasoned("divergence", _rule("3b", Bilingual(it, en)))
    agreed = positioned and _enough(row.agree, rules.agreement, row, rules)
    if side > 0 and (agreed or not positioned):
        text = Bilingual("l'intervallo è tutto dal lato atteso", "the interval is wholly on the expected side")
        return Reasoned("convergence", _rule("4a", _and_positions(text, row)))
    if agreed:
        it = f"la posizione concorda con la risposta in {_of_positions(row.agree, row).it}"
        en = f"the stance agrees with the answer in {_of_positions(row.agree, row).en}"
        it, en = f"{it} (soglia {rules.agreement:.0%})", f"{en} (threshold {rules.agreement:.0%})"
        return Reasoned("convergence", _rule("4b", Bilingual(it, en)))
    if row.reasons >= rules.min_reasons:
        it = f"{row.reasons} rispondenti danno un sottotema che nessuna domanda copre (minimo {rules.min_reasons})"
        en = f"{row.reasons} respondents give a subtheme that no item covers (minimum {rules.min_reasons})"
        return Reasoned("complementarity", _rule("5", Bilingual(it, en)))
    return Reasoned("inconclusive", _rule("6", _and_positions(_inconclusive(row, side, grouped, rules), row)))


def rules_in_words(rules: ReadingSection) -> Bilingual:
    """The rules in their order with the thresholds in force, a sentence each, for the note of a table."""
    r = rules
    it = (
        f"1 silenzio: manca la domanda o il {r.max_missing:.0%} delle risposte, o ne parlano meno di "
        f"{r.min_interviews} rispondenti (o del {r.min_interview_share:.0%}). 2 evidenza insufficiente: meno di "
        f"{r.min_pairs} rispondenti con risposta e intervista, o gruppo minore sotto {r.min_group} e meno di "
        f"{r.min_positions} posizioni confrontabili. 3a divergenza: intervallo tutto dal lato inatteso e |delta| o "
        f"|rho| ≥ {r.min_delta:g} (odds ratio ≥ {r.min_odds_ratio:g}). 3b divergenza: la posizione contraddice la "
        f"risposta nel {r.contradiction:.0%} di chi prende posizione, almeno {r.min_cases} casi su {r.min_positions}. "
        "4a convergenza: intervallo tutto dal lato atteso, e posizioni concordi se bastano. 4b convergenza: "
        f"posizioni concordi nel {r.agreement:.0%}, almeno {r.min_cases} casi. 5 complementarità: {r.min_reasons} "
        "rispondenti danno un sottotema che nessuna domanda copre. 6 inconclusivo: il resto."
    )
    en = (
        f"1 silence: no such item, or {r.max_missing:.0%} of answers missing, or fewer than {r.min_interviews} "
        f"respondents (or {r.min_interview_share:.0%}) mention it. 2 insufficient evidence: fewer than {r.min_pairs} "
        f"respondents with both, or a smaller group below {r.min_group} and fewer than {r.min_positions} stances to "
        f"compare. 3a divergence: interval wholly on the unexpected side and |delta| or |rho| ≥ {r.min_delta:g} (odds "
        f"ratio ≥ {r.min_odds_ratio:g}). 3b divergence: the stance contradicts the answer in {r.contradiction:.0%} of "
        f"those who take one, at least {r.min_cases} cases of {r.min_positions}. 4a convergence: interval wholly on "
        "the expected side, and stances agree where there are enough. 4b convergence: stances agree in "
        f"{r.agreement:.0%}, at least {r.min_cases} cases. 5 complementarity: {r.min_reasons} respondents give a "
        "subtheme that no item covers. 6 inconclusive: the rest."
    )
    return Bilingual(re.sub(r"(?<=\d)\.(?=\d)", ",", it), en)


def _rule(name: str, text: Bilingual) -> Bilingual:
    return Bilingual(f"regola {name}: {text.it}", f"rule {name}: {text.en}")


def _too_few(row: Strands, rules: ReadingSection) -> Bilingual:
    if row.pairs < rules.min_pairs:
        it = f"rispondenti con intervista e risposta: {row.pairs} (minimo {rules.min_pairs})"
        return Bilingual(it, f"respondents with interview and answer: {row.pairs} (minimum {rules.min_pairs})")
    least = _no_groups(row, rules)
    if row.agree is None:
        return least
    it = f"{least.it}, posizioni e risposte da confrontare: {row.positions} (minimo {rules.min_positions})"
    en = f"{least.en}, stances and answers to compare: {row.positions} (minimum {rules.min_positions})"
    return Bilingual(it, en)


def _no_groups(row: Strands, rules: ReadingSection) -> Bilingual:
    if not row.compared:
        return Bilingual("nessuna opzione ha il nome del tema", "no option has the theme's name")
    it = f"gruppo minore di {row.smaller_group} (minimo {rules.min_group})"
    return Bilingual(it, f"smaller group of {row.smaller_group} (minimum {rules.min_group})")


def _enough(count: int | None, share: float, row: Strands, rules: ReadingSection) -> bool:
    return (count or 0) >= max(rules.min_cases, share * row.positions - 1e-9)


def _of_positions(count: int | None, row: Strands) -> Bilingual:
    return Bilingual(
        f"{count} rispondenti su {row.positions} che prendono posizione",
        f"{count} of {row.positions} respondents who take a stance",
    )


def _and_positions(text: Bilingual, row: Strands) -> Bilingual:
    if not row.positions:
        return text
    it = f"{text.it}; posizione e risposta: {row.agree} concordi, {row.contradict} contrarie, {row.mixed} miste"
    en = f"{text.en}; stance and answer: {row.agree} agree, {row.contradict} contradict, {row.mixed} mixed"
    return Bilingual(it, en)


def _silent(row: Strands, rules: ReadingSection) -> Bilingual | None:
    if not row.item_exists:
        return Bilingual("il questionario non ha la domanda", "the questionnaire lacks the item")
    if row.asked and 1 - row.answered / row.asked >= rules.max_missing:
        it = f"questionario: solo {row.answered} risposte valide su {row.asked} intervistati"
        en = f"questionnaire: only {row.answered} valid answers of {row.asked} people interviewed"
        return Bilingual(it, en)
    needed = max(rules.min_interviews, rules.min_interview_share * row.interviews)
    if row.mentioned < needed:
        it = f"interviste: ne parla {row.mentioned} su {row.interviews}"
        en = f"interviews: {row.mentioned} of {row.interviews} mention it"
        return _with_the_guide(it, en, row)
    return None


def _with_the_guide(it: str, en: str, row: Strands) -> Bilingual:
    """The silence of people who were asked is another than that of people who perhaps were not."""
    if row.asked_in_interview:
        return Bilingual(f"{it}, a cui la domanda è stata fatta anche nell'intervista", f"{en}, asked there too")
    return Bilingual(f"{it}; nell'intervista la domanda non risulta fatta", f"{en}; no interview is known to ask it")


def _side(row: Strands, rules: ReadingSection) -> int:
    """1: interval wholly on the expected side and effect large enough; -1: on the other side; 0: neither."""
    if not row.direction or math.isnan(row.low) or math.isnan(row.high):
        return 0
    null, size = 0.0, abs(row.effect)
    enough = size >= rules.min_delta
    if row.effect_name == "odds ratio":
        null = 1.0
        enough = row.effect >= rules.min_odds_ratio or row.effect <= 1 / rules.min_odds_ratio
    elif row.effect_name not in _SIGNED:
        return 0  # an unsigned effect has no side
    if not enough or row.low <= null <= row.high:
        return 0
    positive = row.low > null
    return 1 if positive == (row.direction == "+") else -1


def _inconclusive(row: Strands, side: int, grouped: bool, rules: ReadingSection) -> Bilingual:
    if side > 0:
        it = f"l'intervallo è dal lato atteso, ma le posizioni concordi non arrivano al {rules.agreement:.0%}"
        en = f"the interval is on the expected side, but agreeing stances do not reach {rules.agreement:.0%}"
        return Bilingual(it, en)
    if not grouped:
        why = _no_groups(row, rules)
        return Bilingual(f"{why.it}: l'associazione non si legge", f"{why.en}: the association is not read")
    if row.reason in REASONS:
        return _NO_EFFECT[row.reason]
    if row.effect_name not in _SIGNED:
        return Bilingual("questo effetto non ha un lato da leggere", "this effect has no side to read")
    if not row.direction:
        return Bilingual("la direzione attesa non è dichiarata", "the expected direction is not declared")
    return Bilingual(
        "l'intervallo comprende l'assenza di effetto o l'effetto è piccolo",
        "the interval holds no effect or the effect is small",
    )
