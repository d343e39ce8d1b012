"""The cells of an effect and its test, as tables hold them. Formats nothing, computes nothing."""

import math
from collections.abc import Mapping
from typing import Any

from nlp.measures.reasons import not_computable
from outputs.tables.table import Value

EFFECTS = "effect_name effect low high haldane"


def effect_cells(row: Mapping[str, Any]) -> dict[str, Value]:
    """The cells effect_name, effect, low, high, haldane, p and test of a row of nlp; why not, where there is none."""
    return {
        "effect_name": row["effect_name"],
        "effect": not_computable(row["reason"]) or _number(row["effect"]),
        "low": _number(row["low"]),
        "high": _number(row["high"]),
        "haldane": _number(row["haldane"]),
        "p": _number(row["p"]),
        "test": row["test"],
    }


def _number(value: float) -> Value:
    if math.isnan(value):
        return None
    return float(value) if math.isfinite(value) else "∞"
