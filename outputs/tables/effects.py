"""Effects, tests and ways of coding, named in the report's language. Room outputs; formats, never computes."""

import math
from collections.abc import Mapping
from typing import Any

from corpus.words.language import Bilingual
from nlp.measures.reasons import not_computable
from outputs.tables.table import Value
from outputs.tables.view import View

EFFECTS = "effect_name effect low high haldane"

EFFECT_NAMES: dict[str, Bilingual] = {
    "odds ratio": Bilingual("odds ratio condizionale", "conditional odds ratio"),
    "cramer v": Bilingual("V di Cramér corretta", "bias-corrected Cramér's V"),
    "cliff delta": Bilingual("delta di Cliff (r biseriale per ranghi)", "Cliff's delta (rank-biserial r)"),
    "epsilon squared": Bilingual("epsilon quadro", "epsilon squared"),
    "spearman rho": Bilingual("rho di Spearman", "Spearman's rho"),
    "": Bilingual("", ""),
}
HOW: dict[str, Bilingual] = {
    "pattern": Bilingual("termini", "terms"),
    "similarity": Bilingual("somiglianza", "similarity"),
    "learned": Bilingual("appreso", "learned"),
    "human": Bilingual("persona", "person"),
}
TEST_NAMES: dict[str, Bilingual] = {
    "fisher": Bilingual("Fisher esatto", "Fisher exact"),
    "freeman-halton": Bilingual("Fisher-Freeman-Halton", "Fisher-Freeman-Halton"),
    "mann-whitney": Bilingual("Mann-Whitney, permutazione", "Mann-Whitney, permutation"),
    "kruskal-wallis": Bilingual("Kruskal-Wallis, permutazione", "Kruskal-Wallis, permutation"),
    "spearman": Bilingual("Spearman, permutazione", "Spearman, permutation"),
    "": Bilingual("", ""),
}


def effect_cells(view: View, row: Mapping[str, Any]) -> dict[str, Value]:
    """The cells effect_name, effect, low, high, haldane, p and test of a row of nlp; why not, where there is none."""
    missing = not_computable(row["reason"], view.language)
    return {
        "effect_name": EFFECT_NAMES[row["effect_name"]].say(view.language),
        "effect": missing or _number(row["effect"]),
        "low": _number(row["low"]),
        "high": _number(row["high"]),
        "haldane": _number(row["haldane"]),
        "p": _number(row["p"]),
        "test": TEST_NAMES[row["test"]].say(view.language),
    }


def _number(value: float) -> Value:
    if math.isnan(value):
        return None
    return float(value) if math.isfinite(value) else "∞"
