"""What a respondent's profile lays side by side: the items of each theme, how much was said, verdicts. Room outputs."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from corpus.study import Study
from corpus.words.language import Bilingual, Language
from outputs.tables.stance_tables import KEY as STANCES_AND_ANSWERS
from outputs.tables.table import records
from outputs.words.render import RenderedTable


def profile_data(
    study: Study, segments: pd.DataFrame, tables: Sequence[RenderedTable], themes: Sequence[str], language: Language
) -> dict[str, Any]:
    """The parts of the page's data that only the profiles use.

    `links`: for each theme the numbers of the items linked to it. `verdicts`: respondent -> "theme item" (numbers) ->
    how stance and answer compare: the kind (agrees, contradicts, mixed) and its word. `spoken`: respondent -> how
    much of the interview is theirs, in words. `segments` are those of respondents.
    """
    items = {item.code: number for number, item in enumerate(study.items)}
    by_code = {theme.code: theme for theme in study.themes}
    linked = [by_code[code].questionnaire_items if code in by_code else () for code in themes]
    links = []
    for codes in linked:
        links.append([items[item] for item in dict.fromkeys(codes) if item in items])
    return {
        "links": links,
        "verdicts": _verdicts(tables, {code: number for number, code in enumerate(themes)}, items),
        "spoken": _spoken(segments, language),
    }


def _verdicts(
    tables: Sequence[RenderedTable], themes: Mapping[str, int], items: Mapping[str, int]
) -> dict[str, dict[str, list[str]]]:
    verdicts: dict[str, dict[str, list[str]]] = {}
    for table in tables:
        if table.key == STANCES_AND_ANSWERS:
            codes = table.data.frame["verdict"].tolist()
            for row, code in zip(records(table.frame.reset_index()), codes, strict=True):
                theme = row["row"].split("|")[0]
                link = f"{themes[theme]} {items[row['item']]}"
                verdicts.setdefault(row["respondent"], {})[link] = [code, row["verdict"]]
    return verdicts


def _spoken(segments: pd.DataFrame, language: Language) -> dict[str, str]:
    text = Bilingual(
        "interviste: {}; turni: {}; segmenti: {}; parole: {}", "interviews: {}; turns: {}; segments: {}; words: {}"
    ).say(language)
    known = segments[segments["respondent"] != ""]
    counted = known.assign(turn=known["transcript"] + " " + known["turn"].astype("str")).groupby("respondent").agg(
        transcripts=("transcript", "nunique"), turns=("turn", "nunique"), segments=("segment", "size"),
        words=("words", "sum"),
    )  # fmt: skip
    return {row["respondent"]: text.format(*list(row.values())[1:]) for row in records(counted.reset_index())}
