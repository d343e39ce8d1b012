"""How far each theme can be relied on, in words, from figures of agreement. Measures nothing itself."""

import pandas as pd

from corpus.words.language import Bilingual
from nlp.measures.agreement import ALL_THEMES

# Krippendorff (2018, p. 356): from .800 on reliable, from .667 on for tentative conclusions only.
RELIABLE = 0.800
TENTATIVE = 0.667
FEWEST_POSITIVES = 10

LEVELS: dict[str, Bilingual] = {
    "reliable": Bilingual("affidabile", "reliable"),
    "tentative": Bilingual("provvisoria", "tentative"),
    "check": Bilingual("da verificare", "to be checked"),
    "unknown": Bilingual("non valutabile", "cannot be judged"),
}
_NOTES: dict[str, Bilingual] = {
    "reliable": Bilingual("La macchina codifica come le persone.", "The machine codes as people do."),
    "tentative": Bilingual("Solo conclusioni provvisorie.", "Tentative conclusions only."),
    "check": Bilingual(
        "Da non usare senza rileggere le citazioni.", "Not to be used without reading the quotations again."
    ),
}
_UNSURE = Bilingual(
    "L'intervallo scende sotto 0,667: servono altre interviste codificate.",
    "The interval goes below 0.667: more coded interviews are needed.",
)
_MISSES = Bilingual("Perde molti passi: i conteggi sono per difetto.", "It misses many passages: counts are too low.")
_ADDS = Bilingual("Ne aggiunge molti: i conteggi sono per eccesso.", "It adds many: counts are too high.")
_LEANING = 0.2  # between recall and precision, from which on counts lean to one side


def trust(agreement: pd.DataFrame) -> pd.DataFrame:
    """How far each theme can be relied on, from one comparison: theme, level (of LEVELS), note_it, note_en.

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
        rows.append((theme, level, note.it, note.en))
    return pd.DataFrame(rows, columns=["theme", "level", "note_it", "note_en"])


def _judge(values: pd.Series, n: int, low: float | None) -> tuple[str, Bilingual]:
    prevalence = values.filter(like="prevalence")
    positives = 0 if prevalence.isna().all() else round(n * float(prevalence.max()))
    alpha = values.get("alpha")
    if positives < FEWEST_POSITIVES or pd.isna(alpha):
        return "unknown", Bilingual(
            f"Troppo pochi esempi: il tema è in {positives} segmenti confrontabili, ne servono {FEWEST_POSITIVES}.",
            f"Too few examples: the theme is in {positives} comparable segments, {FEWEST_POSITIVES} are needed.",
        )
    level = "reliable" if alpha >= RELIABLE else "tentative" if alpha >= TENTATIVE else "check"
    notes = [_NOTES[level]]
    if level != "check" and not pd.isna(low) and low < TENTATIVE:
        notes.append(_UNSURE)
    if level != "reliable" and not pd.isna(values.get("precision")):
        lean = values["recall"] - values["precision"]
        notes += [_MISSES] if lean < -_LEANING else [_ADDS] if lean > _LEANING else []
    return level, Bilingual(" ".join(note.it for note in notes), " ".join(note.en for note in notes))
