"""Memos where the page shows them: beside the passages and respondents they are about. Room outputs."""

from collections.abc import Mapping, Sequence
from typing import Any

from outputs.tables.memo_table import KEY
from outputs.tables.table import records, row_parts
from outputs.words.render import RenderedTable


def memo_data(tables: Sequence[RenderedTable], segments: Mapping[str, int]) -> dict[str, Any]:
    """`memos`: text and signature of each memo. `memos_on`: number of a segment, and respondent -> numbers of memos.

    `segments` are the page's numbers by segment. Themes' memos are in the table alone.
    """
    memos: dict[str, list[str]] = {}
    on_segments: dict[int, list[int]] = {}
    on_people: dict[str, list[int]] = {}
    table = next((table for table in tables if table.key == KEY), None)
    if table is None:
        return {"memos": [], "memos_on": {"s": {}, "p": {}}}
    touched: dict[str, list[str]] = {}
    for row, segment in table.cells[["row", "segment"]].itertuples(index=False, name=None):
        touched.setdefault(row, []).append(segment)
    codes = table.data.frame["subject_kind"].tolist()
    for key, row, about in zip(table.frame.index.tolist(), records(table.frame), codes, strict=True):
        signed = ", ".join(filter(None, (row["author"], row["memo_date"])))
        memos.setdefault(row_parts(key)[0], [row["memo_text"] or row["memo_title"], signed])
        number = len(memos) - 1
        if about == "respondent":
            on_people.setdefault(row["subject_code"], []).append(number)
        elif about == "passage":
            for segment in touched.get(key, []):
                if segment in segments:
                    on_segments.setdefault(segments[segment], []).append(number)
    return {"memos": list(memos.values()), "memos_on": {"s": on_segments, "p": on_people}}
