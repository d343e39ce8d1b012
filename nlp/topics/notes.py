"""What the report says about how topics were found: sentences in two languages. Computes no topic."""

import pandas as pd

from corpus.words.language import Bilingual


def too_few(segments: int) -> Bilingual:
    """Why there are no topics."""
    return Bilingual(
        f"Argomenti emergenti: non calcolati. Solo {segments} segmenti dei rispondenti hanno almeno quattro parole di "
        "contenuto; ne servono 40.",
        f"Emergent topics: not computed. Only {segments} segments of respondents have at least four content words; "
        "40 are needed.",
    )


def notes_on(topics: pd.DataFrame, segments: int, *, small: bool, rand: float) -> tuple[Bilingual, ...]:
    """The notes on a Topics frame found in `segments` segments; `small` when the simpler clustering was used."""
    found = topics[topics["topic"] >= 0]
    outliers = int(topics.loc[topics["topic"] == -1, "segments"].sum())
    stable = int(found["stable"].sum())
    notes = [
        Bilingual(
            f"Argomenti emergenti (BERTopic): {len(found)} in {segments} segmenti; {outliers} segmenti "
            f"({outliers / segments:.0%}) non appartengono a nessun argomento e sono riportati come -1. Nuove "
            f"stime su campioni dell'80% dei segmenti: indice di Rand corretto {_comma(rand)}; argomenti stabili "
            f"(Jaccard almeno 0,60): {stable}.",
            f"Emergent topics (BERTopic): {len(found)} in {segments} segments; {outliers} segments "
            f"({outliers / segments:.0%}) belong to no topic and are reported as -1. New fits on samples of 80% of the "
            f"segments: adjusted Rand index {rand:.2f}; stable topics (Jaccard at least 0.60): {stable}.",
        )
    ]
    if small:
        notes.append(
            Bilingual(
                "I segmenti sono meno di 300: gli argomenti vengono da un raggruppamento più semplice (albero di Ward "
                "invece di k-means). Vanno letti come spunti.",
                "There are fewer than 300 segments: topics come from a simpler clustering (Ward's tree instead of "
                "k-means). Read them as hints.",
            )
        )
    return tuple(notes)


def _comma(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
