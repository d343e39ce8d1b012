"""How far people mark the same passages and take the same stance there, pair by pair. Room outputs; no statistics."""

from nlp.measures.passage_agreement import compare_passages, compare_stances
from outputs.tables.glossary import columns
from outputs.tables.table import Table, Value, make_frame
from outputs.tables.trust_tables import figures_by_theme, in_order, pairs_of_people, theme_name
from outputs.tables.view import View


def passage_agreement(view: View) -> Table:
    """One row a pair of people and theme: overlap of passages, and agreement on stances where both see the theme."""
    keys = "theme first_coder second_coder interviews_n iou iou_low iou_high alpha_passages alpha_passages_low"
    keys += " alpha_passages_high stance_pairs stance_same alpha_stance alpha_stance_low alpha_stance_high"
    heads = columns(f"{keys} alpha_stance_order alpha_stance_order_low alpha_stance_order_high", view.language)
    decisions = view.results.decisions
    segments = view.results.segments
    rows: dict[str, dict[str, Value]] = {}
    for first, second in pairs_of_people(decisions):
        passages = compare_passages(decisions, segments, view.study.human_codings, first, second)
        stances = compare_stances(decisions, segments, view.study.human_codings, view.study.themes, first, second)
        marked, taken = (figures_by_theme(view, frame) for frame in (passages, stances))
        for theme in in_order(view, marked):
            pairs = taken[theme].pop("decisions")
            rows[f"{first}|{second}|{theme or '*'}"] = {
                **taken[theme],
                **marked[theme],
                "theme": theme_name(view, theme),
                "first_coder": first,
                "second_coder": second,
                "stance_pairs": pairs,
            }
    note = view.say(
        "Fra persone, sui segmenti che entrambe hanno deciso. Sovrapposizione: segni marcati da entrambe su quelli "
        "marcati da almeno una (Jaccard). Alfa dei passi: alfa di Krippendorff dei segni marcati e non marcati "
        "(Krippendorff, Mathet, Bouvry e Widlöcher 2016). Posizioni: dove entrambe danno il tema e una posizione; "
        "alfa nominale delle quattro, e ordinale di criticità < neutro < vantaggio, senza le proposte. Intervalli al "
        "95 % lasciando fuori un'intervista alla volta (jackknife). «Tutti i temi» è la media dei temi.",
        "Between people, on the segments that both decided on. Overlap: signs that both mark of those that either "
        "marks (Jaccard). Alpha of passages: Krippendorff's alpha of marked and unmarked signs (Krippendorff, Mathet, "
        "Bouvry and Widlöcher 2016). Stances: where both give the theme and a stance; nominal alpha of the four, and "
        "ordinal alpha of problem < neutral < advantage, without proposals. 95 % intervals by leaving out one "
        "interview at a time (jackknife). “All themes” is the mean of the themes.",
    )
    lead = view.say(
        "Non calcolabile: servono due persone che abbiano codificato gli stessi segmenti.",
        "Not computable: two people must have coded the same segments.",
    )
    title = view.say("Accordo su passi e posizioni", "Agreement on passages and stances")
    return Table("accordo_passi", title, note, heads, make_frame(heads, rows), lead="" if rows else lead)
