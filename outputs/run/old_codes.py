"""Runs of format 1 kept some codes as Italian words: here they become the codes of today. Reads no file.

Whatever asks, compares or exports a finished run then knows one code for one thing, whenever the run was made.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from corpus.schemas import OUTLIERS
from corpus.words.phrase import Phrase, phrase
from corpus.words.stances import STANCE_NAMES
from outputs.tables.families import families
from outputs.tables.glossary import glossary
from outputs.tables.table import Table
from outputs.words.sentences import sentences

_STANCES = {names.it: stance for stance, names in STANCE_NAMES.items()}
_CODERS = {"persone": "people"}  # nlp.measures.agreement.PEOPLE, which takes seconds to open
_EXPLANATION = (
    r"^(?:imparato dalle codifiche umane; )?(?:termini: (?P<terms>.*)|"
    r"(?:parole vicine al tema: (?P<near_words>.*?); )?frase del codebook più vicina: «(?P<nearest_text>.*)»)$"
)
_BY_VARIABLE = re.compile(r"^(?P<what>\w+) (?:per|by) (?P<variable>.+)$", re.DOTALL)
_CLASS = re.compile(r"^(?P<label>.*) \(n = (?P<n>\d+)\)$", re.DOTALL)
_QUOTED = ("quotations", "topic_quotations")
_QUOTATION = re.compile(r"«(?P<text>.*)» \((?P<respondent>[^(),]*)(?:, (?P<stance>[^()]*))?\)", re.DOTALL)
_POINT = re.compile(r"(\d+)\+(\d+)")
_THEMES = "temi_per"
_FAMILIES = {
    "Temi": _THEMES,
    "Themes": _THEMES,
    "Argomenti": "argomenti_per",
    "Topics": "argomenti_per",
    "Risposte": "domande_per",
    "Answers": "domande_per",
}
# Table -> the parts of its row keys, parted by `|`, that were words; and of its column keys, parted by `/`.
_ROWS: Mapping[str, Mapping[str, str]] = {
    "temi_domande": {"menzione": "mention", "quota": "share"},
    "accordo": _CODERS,
    "tipi": {"dichiarato": "declared", "trovato": "found"},
}
_COLUMNS: Mapping[str, Mapping[str, str]] = {"posizioni": _STANCES}


def frames_in_codes(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The frames of a run's Results, by name, with today's codes."""
    codings = frames["codings"]
    topics = frames["topics"]
    changed = {
        "codings": _explained(codings.assign(stance=codings["stance"].replace(_STANCES))),
        "topics": topics.assign(label=topics["label"].where(topics["topic"] != OUTLIERS, "")),
    }
    if "decisions" in frames:
        decisions = frames["decisions"]
        changed["decisions"] = decisions.assign(coder=decisions["coder"].replace(_CODERS))
    return frames | changed


def _explained(codings: pd.DataFrame) -> pd.DataFrame:
    """The codings with the facts that the sentence `explanation` held; as they are where they have them."""
    if "explanation" not in codings:
        return codings
    facts = codings["explanation"].str.extract(_EXPLANATION).fillna("").astype("str")
    return codings.drop(columns="explanation").assign(**{str(name): facts[name] for name in facts})


def _of_family(table: Table) -> Table:
    """A table by a variable of the respondents, with the facts that charts need and that title and headings told."""
    title = _BY_VARIABLE.match(str(table.title)) if table.key not in families() else None
    family = _FAMILIES.get(title["what"], "") if title else ""
    if title is None or family != _THEMES:
        return replace(table, family=family)
    columns = []
    for column in table.columns:
        heading = _CLASS.match(str(column.heading))
        if heading and column.counts == "respondents":
            facts = phrase(f"{family}.class", label=heading["label"], n=int(heading["n"]))
            column = replace(column, heading=facts)
        columns.append(column)
    about = phrase(f"{family}.title", variable=title["variable"])
    return replace(table, title=about, columns=tuple(columns), family=family)


def _with_points(table: Table) -> Table:
    """The table of saturation with the points that are reached, such as `6+2`, as Phrases."""
    if table.key != "saturazione":
        return table
    return replace(table, frame=table.frame.assign(reached=table.frame["reached"].map(_point)))


def _point(value: object) -> object:
    parts = _POINT.fullmatch(str(value))
    return phrase("saturazione.reached", interviews=int(parts[1]), run=int(parts[2])) if parts else value


def _with_chapters(table: Table) -> Table:
    """The findings of a run that told no chapters: all of them stood in the summary."""
    if table.key != "risultati":
        return table
    missing = {name: code for name, code in (("chapter", ""), ("main", "yes")) if name not in table.frame}
    return replace(table, frame=table.frame.assign(**missing))


def _with_quotations(table: Table) -> Table:
    """Cells of quotations, a line each, as Phrases with the facts of each."""
    texts = {name: table.frame[name].map(_quotations) for name in _QUOTED if name in table.frame}
    return replace(table, frame=table.frame.assign(**texts)) if texts else table


def _quotations(cell: object) -> object:
    if not cell or not isinstance(cell, str):
        return cell
    # A text may hold line breaks of its own.
    told = tuple(_quotation(line) for line in re.split(r"\n(?=«)", cell))
    return phrase("quotations", quotations=told)


def _quotation(line: str) -> Phrase | str:
    parts = _QUOTATION.fullmatch(line)
    if not parts:
        return line
    facts = parts.groupdict()
    word = facts.pop("stance")
    if not word:
        return Phrase("argomenti.quotation", facts)
    stances = [stance for stance, names in STANCE_NAMES.items() if word in (names.it, names.en)]
    return Phrase("quotation", facts | {"stance": Phrase(f"stance.{stances[0]}") if stances else word})


def table_in_codes(table: Table) -> Table:
    """The table with today's codes in the keys of its rows and columns, in its trails and in what it says of itself."""
    table = _of_family(_cells_in_codes(_with_quotations(_with_chapters(_with_points(table)))))
    of_rows = _ROWS.get(table.key, {})
    of_columns = _COLUMNS.get(table.key, {})
    if not of_rows and not of_columns:
        return table

    def row_key(key: str) -> str:
        return "|".join(of_rows.get(part, part) for part in key.split("|"))

    def column_key(key: str) -> str:
        return "/".join(of_columns.get(part, part) for part in key.split("/"))

    frame = table.frame.rename(index=row_key, columns=column_key)
    columns = tuple(replace(column, key=column_key(column.key)) for column in table.columns)
    cells = table.cells.assign(row=table.cells["row"].map(row_key), column=table.cells["column"].map(column_key))
    people = table.people.assign(row=table.people["row"].map(row_key), column=table.people["column"].map(column_key))
    return replace(table, columns=columns, frame=frame, cells=cells, people=people)


def _cells_in_codes(table: Table) -> Table:
    """The table with codes for the words of columns that have a vocabulary now; what is none of its words stays."""
    columns = []
    frame = table.frame.copy()
    for column in table.columns:
        vocabulary = glossary().get(column.key, {}).get("vocabulary", "")
        if vocabulary:
            codes = _codes_by_word(vocabulary)
            frame[column.key] = [codes.get(cell, cell) for cell in frame[column.key].tolist()]
        columns.append(replace(column, vocabulary=vocabulary))
    return replace(table, columns=tuple(columns), frame=frame.astype(object))


def _codes_by_word(vocabulary: str) -> dict[object, str]:
    """Word in either language -> its code."""
    codes: dict[object, str] = {}
    for key, words in sentences().items():
        if key.startswith(f"{vocabulary}."):
            codes |= dict.fromkeys(words, key.removeprefix(f"{vocabulary}."))
    return codes
