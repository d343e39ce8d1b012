"""The bundled studies as counted ones: answers from their raw tables, codings from the run's own list. No Trama.

What a machine codes cannot be counted again from raw text; what is counted from its codings can.
"""

from collections import Counter
from pathlib import Path

import pandas as pd

from tests.acceptance.counted_studies import BLANK, DONT_KNOW, CountedStudy, Item, Option, Person, Ticks

_KINDS = {"non so": DONT_KNOW, "non risponde": BLANK}
_MACHINE_WORDS = {"sì": 1.0, "si": 1.0, "no": 0.0}


def read_bundled(folder: Path, variables: tuple[str, ...]) -> CountedStudy:
    """Who is listed, what they answered, the themes and links of a bundled study."""
    codebook = _table(folder / "codebook.csv")
    themes = dict(zip(codebook["code"], codebook["label"], strict=True))
    links = dict(zip(codebook["code"], codebook["questionnaire_items"].map(_parts), strict=True))
    parents = {row.code: row.parent for row in codebook.itertuples() if row.parent}
    listed = folder / "respondents.csv"
    names = sorted(path.stem for path in (folder / "transcripts").iterdir())
    rows = _table(listed) if listed.exists() else pd.DataFrame({"respondent": names})
    people = []
    for row in rows.to_dict("records"):
        labels = {name: str(row[name]) for name in variables}
        people.append(Person(str(row["respondent"]), labels, labels))
    options = folder / "questionnaire_codebook.csv"
    items = (
        [_item(code, mine) for code, mine in _table(options).groupby("item", sort=False)] if options.exists() else []
    )
    if items:
        answers = _table(folder / "questionnaire.csv").set_index("respondent")
        kinds = {(row.item, row.value): _KINDS[row.missing] for row in _table(options).itertuples() if row.missing}
        for person in people:
            for item in items:
                cell = str(answers.loc[person.name, item.code])
                person.answers[item.code] = BLANK if not cell else kinds.get((item.code, cell)) or _answer(item, cell)
    return CountedStudy(people, items, themes, links, {}, Counter(), parents, variables=variables)


def _table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)


def _parts(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _item(code: object, rows: pd.DataFrame) -> Item:
    first = rows.iloc[0]
    real = rows[(rows["value"] != "") & (rows["missing"] == "")]
    options = tuple(
        Option(row.value, row.label, _rank(first["type"], row.value, row.order), row.stance)
        for row in real.itertuples()
    )
    return Item(str(code), first["type"], options, direction=first["direction"], reverse=first["reverse"] == "si")


def _rank(kind: str, value: str, order: str) -> float:
    if kind == "yesno":
        return _MACHINE_WORDS[value]
    return float(order) if kind == "likert" else 0.0


def _answer(item: Item, cell: str) -> object:
    if item.type == "multi":
        return Ticks(frozenset(cell.split("|")))
    if item.type == "number":
        return float(cell.replace(".", "").replace(",", "."))
    return next((option for option in item.options if option.value == cell), cell)


def spoken_segments(segments: pd.DataFrame, languages: pd.DataFrame) -> pd.DataFrame:
    """What respondents say, one row a segment, as tests.acceptance.recount wants it; read is what is Italian."""
    read = dict(zip(languages["segment"], languages["language"] == "it", strict=True))
    mine = segments[(segments["role"] == "respondent") & (segments["respondent"] != "")]
    mine = mine.rename(columns={"respondent": "person"})[["person", "transcript", "segment", "words"]]
    return mine.assign(read=mine["segment"].map(read).astype(bool), written=False).astype({"person": object})


def listed_codings(codings: pd.DataFrame, every: pd.DataFrame, themes: dict[str, str]) -> pd.DataFrame:
    """The run's list of codings (index: segment and theme) as tests.acceptance.recount wants it."""
    code = {label: theme for theme, label in themes.items()}
    frame = codings[["theme", "stance", "how"]].assign(
        segment=codings.index.str.rsplit("/", n=1).str[0], theme=codings["theme"].map(code)
    )
    frame["human"] = frame["how"] == "persona"
    return frame.merge(every, on="segment")
