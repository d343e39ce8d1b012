"""How far each theme can be relied on, from figures of agreement: a level and a note. Measures nothing itself."""

import pandas as pd

from corpus.words.phrase import Phrase, phrase
from nlp.measures.agreement import ALL_THEMES

# Krippendorff (2018, p. 356): from .800 on reliable, from .667 on for tentative conclusions only.
RELIABLE = 0.800
TENTATIVE = 0.667
FEWEST_POSITIVES = 10

LEVELS = ("reliable", "tentative", "check", "unknown")
_LEANING = 0.2  # between recall and precision, from which on counts lean to one side


def trust(agreement: pd.DataFrame) -> pd.DataFrame:
    """How far each theme can be relied on, from one comparison: theme, level (of LEVELS), note (a Phrase).

    `agreement` is from nlp.measures.agreement.compare_pair, the people first. By Krippendorff's alpha: "reliable" from
    .800 on, "tentative" from .667 on, "check" below; "unknown" with no alpha, or when neither side gives the theme to
    ten segments. The note says which way counts err, and when the interval is too wide. All themes together have no
    level: a theme is trusted or not whatever the others are.
    """
    agreement = agreement[agreement["theme"] != ALL_THEMES]
    wide = agreement.pivot_table(index="theme", columns="measure", values="value", aggfunc="first", sort=False)
    counts = agreement.drop_duplicates("theme").set_index("theme")["n"]
    lows = agreement[agreement["measure"] == "alpha"].set_index("theme")["low"]
    rows = []
    for theme in counts.index:
        level, note = _judge(wide.reindex([theme]).iloc[0], int(counts[theme]), lows[theme])
        rows.append((theme, level, note))
    return pd.DataFrame(rows, columns=["theme", "level", "note"])


def _judge(values: pd.Series, n: int, low: float | None) -> tuple[str, Phrase]:
    prevalence = values.filter(like="prevalence")
    positives = 0 if prevalence.isna().all() else round(n * float(prevalence.max()))
    alpha = values.get("alpha")
    if positives < FEWEST_POSITIVES or pd.isna(alpha):
        return "unknown", phrase("trust_note.unknown", segments=positives, least=FEWEST_POSITIVES)
    level = "reliable" if alpha >= RELIABLE else "tentative" if alpha >= TENTATIVE else "check"
    notes = [Phrase(f"trust_note.{level}")]
    if level != "check" and not pd.isna(low) and low < TENTATIVE:
        notes.append(Phrase("trust_note.unsure"))
    if level != "reliable":
        # Where people give the theme nowhere nothing is missed, where the machine does nothing is added.
        recall, precision = values.reindex(["recall", "precision"]).astype(float).fillna(1.0)
        lean = recall - precision
        notes += [Phrase("trust_note.misses")] if lean < -_LEANING else []
        notes += [Phrase("trust_note.adds")] if lean > _LEANING else []
    return level, phrase("trust_note.notes", notes=tuple(notes))
