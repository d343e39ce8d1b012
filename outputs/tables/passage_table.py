"""How far people mark the same passages and take the same stance there, pair by pair. Computes no statistics."""

from corpus.words.phrase import Phrase
from nlp.measures.passage_agreement import compare_passages, compare_stances
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.table import Table
from outputs.tables.trust_tables import figures_by_theme, in_order, pairs_of_people, theme_name
from outputs.tables.view import View


def passage_agreement(view: View) -> Table:
    """One row a pair of people and theme: overlap of passages, and agreement on stances where both see the theme."""
    keys = "theme first_coder second_coder interviews_n iou iou_low iou_high alpha_passages alpha_passages_low"
    keys += " alpha_passages_high stance_pairs stance_same alpha_stance alpha_stance_low alpha_stance_high"
    keys += " alpha_stance_order alpha_stance_order_low alpha_stance_order_high"
    table = Collector("accordo_passi", columns(keys))
    decisions = view.results.decisions
    segments = view.results.segments
    codings = view.study.human_codings
    for first, second in pairs_of_people(decisions):
        passages = figures_by_theme(compare_passages(decisions, segments, codings, first, second))
        stances = figures_by_theme(compare_stances(decisions, segments, codings, view.study.themes, first, second))
        for theme in in_order(view, passages):
            row_key = f"{first}|{second}|{theme or '*'}"
            stance_pairs = stances[theme].pop("decisions")
            # Interviews are counted by passages, which more of them have than a stance of both.
            table.add(row_key, {**stances[theme], **passages[theme]})
            table.add(row_key, {"theme": theme_name(view, theme), "first_coder": first, "second_coder": second})
            table.add(row_key, {"stance_pairs": stance_pairs})
    return table.done("" if table.rows else Phrase("accordo_passi.none"))
