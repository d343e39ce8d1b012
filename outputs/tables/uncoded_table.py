"""Terms of the codebook that stand in the text and gave no coding, by theme and reason. Room outputs."""

from corpus.words.language import Bilingual
from nlp.coding import SHORTEST
from outputs.tables.glossary import columns
from outputs.tables.table import CELL_COLUMNS, Table, Value, join_trails, make_frame, segment_trail
from outputs.tables.view import View

_SHOWN = 12
_REASONS = {
    "score": Bilingual("il resto del segmento non basta per il tema", "the rest of the segment is not enough"),
    "people": Bilingual("chi ha codificato non gli ha dato il tema", "whoever coded did not give it the theme"),
    "excluded": Bilingual("c'è un termine che lo esclude", "a term stands there that rules it out"),
    "sense": Bilingual("il complemento gli dà un altro senso", "its complement gives it another sense"),
    "short": Bilingual(f"segmento di meno di {SHORTEST} parole", f"segment of fewer than {SHORTEST} words"),
    "language": Bilingual("segmento in un'altra lingua", "segment in another language"),
    "speaker": Bilingual("non lo dice un rispondente", "no respondent says it"),
}


def uncoded(view: View) -> Table:
    """One row a theme and a reason: the terms, and the segments in which they stand."""
    heads = columns("theme uncoded_reason uncoded_terms segments", view.language)
    uncoded_terms = view.results.uncoded_terms
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    for theme in view.study.themes:
        of_theme = uncoded_terms[uncoded_terms["theme"] == theme.code]
        for reason, told in _REASONS.items():
            behind = of_theme[of_theme["reason"] == reason]
            if behind.empty:
                continue
            key = f"{theme.code}|{reason}"
            terms = behind["term"].drop_duplicates().tolist()
            segments = behind["segment"].drop_duplicates().tolist()
            rows[key] = {
                "theme": theme.label,
                "uncoded_reason": told.say(view.language),
                "uncoded_terms": "; ".join(terms[:_SHOWN]) + ("; …" if len(terms) > _SHOWN else ""),
                "segments": len(segments),
            }
            trails.append(segment_trail(key, "segments", segments))
    note = view.say(
        "Un termine del libro dei codici è un indizio, non una regola: qui stanno i segmenti in cui si trova senza che "
        "il tema sia stato dato, e il motivo.",
        "A term of the codebook is a clue, not a rule: here are the segments in which one stands while the theme was "
        "not given, and the reason.",
    )
    title = view.say("Termini non codificati", "Terms not coded")
    cells = join_trails(trails, CELL_COLUMNS)
    return Table("termini_non_codificati", title, note, heads, make_frame(heads, rows), cells)
