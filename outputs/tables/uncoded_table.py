"""Terms of the codebook that stand in the text and gave no coding, by theme and reason. Looks for none itself."""

from corpus.words.phrase import Phrase
from nlp.coding import SHORTEST
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.table import Table
from outputs.tables.view import View

_SHOWN = 12  # terms that a row names
# Of nlp.uncoded_terms; "sense" in runs of earlier versions alone.
REASONS = ("score", "people", "excluded", "sense", "short", "language", "speaker")


def uncoded(view: View) -> Table:
    """One row a theme and a reason: the terms, and the segments in which they stand."""
    table = Collector("termini_non_codificati", columns("theme uncoded_reason uncoded_terms segments"))
    uncoded_terms = view.results.uncoded_terms
    for theme in view.study.themes:
        of_theme = uncoded_terms[uncoded_terms["theme"] == theme.code]
        for reason in REASONS:
            behind = of_theme[of_theme["reason"] == reason]
            if behind.empty:
                continue
            row_key = f"{theme.code}|{reason}"
            terms = behind["term"].drop_duplicates().tolist()
            table.add(
                row_key,
                {
                    "theme": theme.label,
                    "uncoded_reason": uncoded_reason(reason),
                    "uncoded_terms": "; ".join(terms[:_SHOWN]) + ("; …" if len(terms) > _SHOWN else ""),
                },
            )
            table.count_segments(row_key, "segments", behind["segment"].drop_duplicates())
    return table.done()


def uncoded_reason(reason: str) -> Phrase:
    """Why a term gave no coding, one of REASONS, as the table says it."""
    return Phrase(f"uncoded.{reason}", {"words": SHORTEST} if reason == "short" else {})
