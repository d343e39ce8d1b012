"""Whether further interviews still bring new themes, by interview and by the base/run-length method. No statistics."""

from typing import Any

import pandas as pd

from corpus.questionnaire.written_answers import is_written
from corpus.words.phrase import Phrase, phrase
from nlp.measures.saturation import USUAL, new_themes, saturation_curve, saturation_table
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.table import Table, records
from outputs.tables.view import View


def saturation(view: View) -> Table:
    """One row a choice of base, run length and threshold for which there are interviews enough."""
    table = Collector("saturazione", columns("base run threshold themes_in_base reached new_share"))
    theme_codings = _codings(view)
    interviews = _interviews(view)
    choices = records(saturation_table(theme_codings, interviews))
    for choice in choices:
        if choice["base"] + choice["run"] > len(interviews):
            continue
        row_key = f"{choice['base']}|{choice['run']}|{choice['threshold']:g}"
        share = choice["new_share"]
        table.add(
            row_key,
            {
                "base": int(choice["base"]),
                "run": int(choice["run"]),
                "threshold": float(choice["threshold"]),
                "reached": _reached(choice, len(interviews)),
                "new_share": _reached(choice, len(interviews)) if pd.isna(share) else float(share),
            },
        )
        in_base = theme_codings["transcript"].isin(interviews[: choice["base"]])
        table.count(row_key, "themes_in_base", theme_codings[in_base])
    usual = next(choice for choice in choices if (choice["base"], choice["run"], choice["threshold"]) == USUAL)
    themes = (theme_codings["theme"].nunique(), len(view.study.themes))
    return table.done(_lead(usual, len(interviews), *themes))


def themes_by_interview(view: View) -> Table:
    """One row an interview: the themes it brings that none before had, and the curve over other orders."""
    keys = "order interview new_themes cumulative which_themes curve curve_low curve_high"
    table = Collector("saturazione_interviste", columns(keys))
    theme_codings = _codings(view)
    interviews = _interviews(view)
    nothing = pd.DataFrame(columns=["mean"])
    curve = saturation_curve(theme_codings, interviews, seed=view.seed) if interviews else nothing
    for number, row in enumerate(records(new_themes(theme_codings, interviews))):
        interview = row["interview"]
        fresh = [code for code in row["themes"].split("; ") if code]
        table.add(
            interview,
            {
                "order": row["order"],
                "interview": interview,
                "cumulative": row["cumulative"],
                "which_themes": "; ".join(view.theme(code).label for code in fresh),
                "curve": float(curve["mean"].iloc[number]),
                "curve_low": float(curve["low"].iloc[number]),
                "curve_high": float(curve["high"].iloc[number]),
            },
        )
        of_interview = theme_codings["transcript"] == interview
        table.count(interview, "new_themes", theme_codings[of_interview & theme_codings["theme"].isin(fresh)])
        so_far = theme_codings[theme_codings["transcript"].isin(interviews[: number + 1])]
        table.quote(interview, "cumulative", so_far.drop_duplicates("theme"))  # of each theme the first passage
    return table.done()


def _codings(view: View) -> pd.DataFrame:
    """What is coded in interviews: segment, coding, theme, transcript."""
    spoken = view.counted[~view.counted["transcript"].map(is_written).astype(bool)]
    return spoken[["segment", "coding", "theme", "transcript"]]


def _interviews(view: View) -> list[str]:
    """The interviews that somebody could code; written answers are none."""
    return sorted(name for name in view.read["transcript"].unique() if not is_written(name))


def _reached(choice: dict[str, Any], interviews: int) -> Phrase:
    """Where saturation is reached by a choice of base and run, or why it is not; `interviews` are all there are."""
    needed = int(choice["base"]) + int(choice["run"])
    if not pd.isna(choice["reached"]):
        return phrase("saturazione.reached", interviews=int(choice["reached"]), run=int(choice["run"]))
    if interviews < needed:
        return Phrase("saturazione.too_few", {"needed": needed, "interviews": interviews})
    return Phrase("saturazione.no_themes" if not choice["themes_in_base"] else "saturazione.not_reached")


def _lead(choice: dict[str, Any], interviews: int, themes: int, all_themes: int) -> Phrase:
    """How many themes came up, and whether saturation is reached by the usual choice of base, run and threshold."""
    reached = _reached(choice, interviews)
    outcome = Phrase(f"{reached.key}_lead", reached.facts)
    return phrase(
        "saturazione.lead",
        interviews=interviews,
        themes=themes,
        all_themes=all_themes,
        base=int(choice["base"]),
        run=int(choice["run"]),
        threshold=100 * float(choice["threshold"]),
        outcome=outcome,
    )
