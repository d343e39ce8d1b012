"""Results in brief: sentences filled from the tables, each with what is behind it. Room outputs; computes no number.

Every figure is read from a cell of another table; what no table holds is not said.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from corpus.records import STANCES
from nlp.groups import natural_order
from outputs.tables.glossary import columns
from outputs.tables.table import (
    CELL_COLUMNS,
    PEOPLE_COLUMNS,
    Table,
    Trail,
    Value,
    frame_trail,
    join_trails,
    make_frame,
    records,
)
from outputs.tables.view import View

_MOST = 3  # how many themes, options or classes a sentence names
_APART = 0.5  # options are told apart by class when shares differ at least so much

Found = tuple[str, str, str, list[tuple[str, str]]]
"""What it is about, the sentence, the table it is read from, and the cells (row, column) of that table behind it."""


def findings(view: View, tables: Iterable[Table]) -> Table:
    """One row a finding: what it is about, the sentence, the table whose cells it is read from.

    The trail of a sentence is that of the cells it tells of.
    """
    by_key = {table.key: table for table in tables}
    found = [
        *_themes(view, by_key["temi"]),
        *_stances(view, by_key["posizioni"]),
        *_numbers(view, by_key["domande_numeri"]),
        *_options(view, by_key["domande_frequenze"]),
        *_links(view, by_key["joint_display"]),
    ]
    heads = columns("about finding source", view.language)
    rows: dict[str, dict[str, Value]] = {}
    cells, people = [], []
    for number, (about, sentence, source, behind) in enumerate(found, start=1):
        key = f"{number:03d}"
        rows[key] = {"about": about, "finding": sentence, "source": by_key[source].title}
        cells.append(_behind(by_key[source].cells, key, behind))
        people.append(_behind(by_key[source].people, key, behind))
    note = view.say(
        "Frasi riempite dalle altre tabelle, senza altri calcoli: ogni cifra si ritrova nella tabella indicata. "
        f"Le differenze fra classi sono conteggi: quote che distano almeno {_APART:.0%}; il test è nella tabella delle "
        "risposte per classe.",
        "Sentences filled from the other tables, nothing else is computed: each figure stands in the table named. "
        f"Differences between classes are counts: shares at least {_APART:.0%} apart; the test is in the table of "
        "answers by class.",
    )
    title = view.say("Risultati in breve", "Results in brief")
    frame = make_frame(heads, rows)
    said = join_trails(cells, CELL_COLUMNS)
    return Table("risultati", title, note, heads, frame, said, join_trails(people, PEOPLE_COLUMNS))


def _behind(part: pd.DataFrame, key: str, behind: list[tuple[str, str]]) -> Trail:
    mine = part.iloc[:0] if part.empty or not behind else part[part.set_index(["row", "column"]).index.isin(behind)]
    return frame_trail(mine.assign(row=key, column="finding").drop_duplicates())


def _themes(view: View, table: Table) -> Iterable[Found]:
    spoken = [row for row in _rows(table) if row["mentioned"]]
    spoken.sort(key=lambda row: -row["mentioned"])
    if not spoken:
        return
    least = spoken[:_MOST][-1]["mentioned"]
    first = [row for row in spoken if row["mentioned"] >= least]
    named = _listed(f"{row['theme']} ({row['mentioned']})" for row in first)
    n = first[0]["n"]
    said = view.say(
        f"I temi di cui parlano più rispondenti, su {n}: {named}.", f"The themes most of {n} speak of: {named}."
    )
    yield view.say("Temi", "Themes"), said, "temi", [(row["row"], "mentioned") for row in first]
    silent = [row for row in _rows(table) if not row["mentioned"]]
    if silent:
        named = _listed(row["theme"] for row in silent)
        said = view.say(f"Temi del codebook di cui nessuno parla: {named}.", f"Themes that nobody speaks of: {named}.")
        yield view.say("Temi", "Themes"), said, "temi", []


def _stances(view: View, table: Table) -> Iterable[Found]:
    words = {
        "vantaggio": view.say("un vantaggio", "an advantage"),
        "criticità": view.say("una criticità", "a problem"),
        "proposta": view.say("una proposta", "a proposal"),
    }
    for row in _rows(table):
        counts = {stance: row[f"{stance}/respondents"] for stance in STANCES if stance in words}
        if not any(counts.values()):
            continue
        told = ", ".join(f"{words[stance]} {count}" for stance, count in counts.items())
        said = view.say(
            f"{row['theme']}: rispondenti che almeno una volta ne dicono {told}.",
            f"{row['theme']}: respondents who at least once say {told}.",
        )
        yield row["theme"], said, "posizioni", [(row["row"], f"{stance}/respondents") for stance in counts]


def _numbers(view: View, table: Table) -> Iterable[Found]:
    rows = _rows(table)
    for item in dict.fromkeys(row["item"] for row in rows):
        mine = [row for row in rows if row["item"] == item]
        overall, groups = mine[0], mine[1:]
        if not isinstance(overall["median"], float):
            continue
        middle = "median" if overall["mean"] is None else "mean"
        name = {"median": view.say("mediana", "median"), "mean": view.say("media", "mean")}[middle]
        told = f"{_asked(overall['item_text'])}{name} {_said(view, overall[middle])}"
        if middle == "mean":
            told += view.say(", mediana ", ", median ") + _said(view, overall["median"])
        told += view.say(", da {} a {}", ", from {} to {}").format(
            _said(view, overall["min"]), _said(view, overall["max"])
        )
        unit = "" if middle == "median" or not overall["unit"] else f" {overall['unit']}"
        told += f"{unit} (n = {overall['n']})"
        known = [row for row in groups if isinstance(row[middle], float)]
        if known:
            by_group = "; ".join(f"{row['group']} {_said(view, row[middle])}" for row in known)
            told += view.say(f". Per {view.class_name}: {by_group}", f". By {view.class_name}: {by_group}")
        yield item, told + ".", "domande_numeri", [(row["row"], "n") for row in [overall]]


def _options(view: View, table: Table) -> Iterable[Found]:
    rows = _rows(table)
    labels = natural_order([label for label in view.all_classes.tolist() if label])
    for item in dict.fromkeys(row["item"] for row in rows):
        mine = [row for row in rows if row["item"] == item]
        kind = view.item(item).type
        if kind not in ("multi", "single", "yesno", "likert") or not mine[0]["n"]:
            continue
        ranked = sorted((row for row in mine if row["count"]), key=lambda row: -row["count"])
        least = ranked[:_MOST][-1]["count"]
        first = [row for row in ranked if row["count"] >= least]
        named = _listed(f"{row['option']} ({row['count']})" for row in first)
        never = [row["option"] for row in mine if not row["count"]]
        told = _asked(mine[0]["item_text"]) + view.say(
            f"le risposte più frequenti, su {mine[0]['n']}: {named}.",
            f"the most frequent answers, of {mine[0]['n']}: {named}.",
        )
        if kind == "multi":
            told += view.say(
                f" Opzioni scelte da qualcuno: {len(ranked)} su {len(mine)}.",
                f" Options ticked by somebody: {len(ranked)} of {len(mine)}.",
            )
            if never:
                told += view.say(f" Mai scelte: {_listed(never)}.", f" Never ticked: {_listed(never)}.")
        yield item, told, "domande_frequenze", [(row["row"], "count") for row in first]
        if kind == "multi" and len(labels) >= 2:
            yield from _apart(view, item, mine, labels[0], labels[-1])


def _apart(view: View, item: str, mine: list[dict[str, Any]], low: str, high: str) -> Iterable[Found]:
    """Options that the last class ticks more than the first, and the other way round."""
    for more, less in ((high, low), (low, high)):
        sizes = mine[0][f"{more}/n"], mine[0][f"{less}/n"]
        if not all(sizes):
            continue
        kept = [row for row in mine if row[more] / sizes[0] - row[less] / sizes[1] >= _APART]
        if not kept:
            continue
        kept.sort(key=lambda row: -(row[more] / sizes[0] - row[less] / sizes[1]))
        named = _listed(
            view.say("{} ({} su {} contro {} su {})", "{} ({} of {} against {} of {})").format(
                row["option"], row[more], sizes[0], row[less], sizes[1]
            )
            for row in kept
        )
        told = _asked(mine[0]["item_text"]) + view.say(
            f"più in «{more}» che in «{less}»: {named}.", f"more in «{more}» than in «{less}»: {named}."
        )
        yield item, told, "domande_frequenze", [(row["row"], label) for row in kept for label in (more, less)]


def _links(view: View, table: Table) -> Iterable[Found]:
    rows = _rows(table)
    for reading in dict.fromkeys(row["reading"] for row in rows):
        mine = [row for row in rows if row["reading"] == reading]
        named = "; ".join(f"{row['theme']} – {row['item'].split('. ')[0]}" for row in mine)
        told = view.say(
            f"{len(mine)} legami su {len(rows)} fra interviste e questionario letti come {reading}: {named}.",
            f"{len(mine)} of {len(rows)} links of interviews and questionnaire read as {reading}: {named}.",
        )
        yield view.say("Legami", "Links"), told, "joint_display", [(row["row"], "quotations") for row in mine]


def _rows(table: Table) -> list[dict[str, Any]]:
    return records(table.frame.reset_index())


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _asked(text: str) -> str:
    return f"«{text}» "


def _said(view: View, number: float) -> str:
    text = f"{number:,.1f}" if abs(number) >= 1000 else f"{number:.3g}"
    return text.translate(str.maketrans(",.", ".,")) if view.language == "it" else text
