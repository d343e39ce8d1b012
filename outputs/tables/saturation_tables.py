"""Whether further interviews still bring new themes, by interview and by the base/run-length method. No statistics."""

from typing import Any

import pandas as pd

from corpus.questionnaire.written_answers import is_written
from nlp.measures.saturation import new_themes, saturation_curve, saturation_table
from outputs.tables.glossary import columns
from outputs.tables.table import CELL_COLUMNS, Table, Value, join_trails, make_frame, records, trail
from outputs.tables.view import View

_USUAL = (4, 2, 0.05)  # base, run and threshold that the sentence in words reports


def saturation(view: View) -> Table:
    """One row a choice of base, run length and threshold."""
    heads = columns("base run threshold themes_in_base reached new_share", view.language)
    said, interviews = _said(view), _interviews(view)
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    for row in records(saturation_table(said, interviews)):
        key = f"{row['base']}|{row['run']}|{row['threshold']:g}"
        share = row["new_share"]
        rows[key] = {
            **{name: int(row[name]) for name in ("base", "run", "themes_in_base")},
            "threshold": float(row["threshold"]),
            "reached": row["reached"] or _why_not(view, len(interviews), row),
            "new_share": _why_not(view, len(interviews), row) if pd.isna(share) else float(share),
        }
        base = said[said["transcript"].isin(interviews[: row["base"]])]
        trails.append(trail(key, "themes_in_base", base))
    note = view.say(
        "Metodo di Guest, Namey e Chen (2020): i temi nuovi in una serie di interviste dopo la base, in rapporto ai "
        "temi della base; «6+2» vuol dire raggiunta dopo 6 interviste, con 2 di conferma. Il libro dei codici è "
        "fissato: è saturazione dei codici, non del significato (Hennink, Kaiser e Marconi 2017). Interviste "
        "nell'ordine dei loro codici; contano tutte le codifiche, anche quelle della macchina.",
        "Method of Guest, Namey & Chen (2020): new themes in a run of interviews after the base, relative to the "
        "themes of the base; “6+2” means reached after 6 interviews, confirmed by 2. The codebook is fixed: this is "
        "code saturation, not saturation of meaning (Hennink, Kaiser & Marconi 2017). Interviews in the order of their "
        "ids; all codings count, the machine's too.",
    )
    title = view.say("Saturazione dei codici", "Code saturation")
    frame = make_frame(heads, rows)
    lead = _lead(view, said, interviews, rows)
    return Table("saturazione", title, note, heads, frame, join_trails(trails, CELL_COLUMNS), lead=lead)


def themes_by_interview(view: View) -> Table:
    """One row an interview: the themes it brings that none before had, and the curve over other orders."""
    heads = columns("order interview new_themes cumulative which_themes curve curve_low curve_high", view.language)
    said, interviews = _said(view), _interviews(view)
    curve = saturation_curve(said, interviews, seed=view.seed) if interviews else pd.DataFrame(columns=["mean"])
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    for place, row in enumerate(records(new_themes(said, interviews))):
        key, fresh = row["interview"], [code for code in row["themes"].split("; ") if code]
        rows[key] = {
            "order": row["order"],
            "interview": key,
            "new_themes": row["new"],
            "cumulative": row["cumulative"],
            "which_themes": "; ".join(view.theme(code).label for code in fresh),
            "curve": float(curve["mean"].iloc[place]),
            "curve_low": float(curve["low"].iloc[place]),
            "curve_high": float(curve["high"].iloc[place]),
        }
        mine = said[(said["transcript"] == key) & said["theme"].isin(fresh)]
        trails.append(trail(key, "new_themes", mine))
        so_far = said[said["transcript"].isin(interviews[: place + 1])]
        trails.append(trail(key, "cumulative", so_far.drop_duplicates("theme")))  # of each theme the first passage
    note = view.say(
        "Temi che compaiono per la prima volta, nell'ordine dei codici delle interviste. La curva media non dipende "
        "dall'ordine: 1.000 ordini estratti con il seme dello studio, con i percentili 2,5 e 97,5.",
        "Themes that come up for the first time, in the order of the interviews' ids. The mean curve does not depend "
        "on the order: 1,000 orders drawn with the study's seed, with the 2.5 and 97.5 percentiles.",
    )
    title = view.say("Temi nuovi per intervista", "New themes by interview")
    frame = make_frame(heads, rows)
    return Table("saturazione_interviste", title, note, heads, frame, join_trails(trails, CELL_COLUMNS))


def _said(view: View) -> pd.DataFrame:
    spoken = view.counted[~view.counted["transcript"].map(is_written).astype(bool)]
    return spoken[["segment", "coding", "theme", "transcript"]]


def _interviews(view: View) -> list[str]:
    """The interviews that somebody could code; written answers are none."""
    return sorted(name for name in view.read["transcript"].unique() if not is_written(name))


def _why_not(view: View, interviews: int, row: dict[str, Any]) -> str:
    needed = int(row["base"]) + int(row["run"])
    if interviews < needed:
        return view.say(
            f"non calcolabile: servono {needed} interviste, sono {interviews}",
            f"not computable: {needed} interviews are needed, there are {interviews}",
        )
    if not row["themes_in_base"]:
        return view.say("non calcolabile: nessun tema nella base", "not computable: no theme in the base")
    return view.say("non raggiunta", "not reached")


def _lead(view: View, said: pd.DataFrame, interviews: list[str], rows: dict[str, dict[str, Value]]) -> str:
    base, run, threshold = _USUAL
    reached = str(rows[f"{base}|{run}|{threshold:g}"]["reached"])
    found, themes = said["theme"].nunique(), len(view.study.themes)
    it = f"In {len(interviews)} interviste compaiono {found} temi su {themes} del libro dei codici. "
    en = f"{found} of the codebook's {themes} themes come up in {len(interviews)} interviews. "
    which = view.say(
        f"Con base {base}, serie di {run} e soglia del {100 * threshold:.0f} %, la saturazione dei codici",
        f"With base {base}, runs of {run} and a threshold of {100 * threshold:.0f} %, code saturation",
    )
    if "+" in reached:
        at, confirmed = reached.split("+")
        end = view.say(
            f"è raggiunta dopo {at} interviste, con {confirmed} di conferma ({reached}).",
            f"is reached after {at} interviews, confirmed by {confirmed} ({reached}).",
        )
    elif ":" in reached:
        end = view.say(f"è {reached}.", f"is {reached}.")
    else:
        end = view.say("non è raggiunta.", "is not reached.")
    return f"{view.say(it, en)}{which} {end}"
