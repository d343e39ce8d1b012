"""A respondent's profile on paper: what was said of each theme beside the answers to its items. Room outputs."""

from dataclasses import dataclass

import pandas as pd

from corpus.words.stances import STANCES, stance_word
from nlp.measures.theme_mentions import coded_segments
from nlp.measures.typical_quotations import by_evidence
from outputs.run.record import RunRecord
from outputs.shown import Shown
from outputs.tables.table import records, row_key, row_parts

_QUOTED = 4  # quotations a respondent, each of another theme


@dataclass(frozen=True)
class Profile:
    """One respondent: who it is, how much was said, themes beside answers, quotations (theme, text, stance)."""

    respondent: str
    title: str
    said: str
    themes: Shown
    quotations: tuple[tuple[str, str, str], ...]


def profiles(run: RunRecord) -> list[Profile]:
    """One for each row of the table `casi`; none where a run has no such table."""
    cases = run.table("casi")
    joint = run.table("joint_display")
    verdicts = run.table("posizioni_risposte")
    if cases is None:
        return []
    linked: dict[str, list[str]] = {}
    for key in joint.frame.index if joint is not None else ():
        theme, item = row_parts(key)
        linked.setdefault(theme, []).append(item)
    compared = {} if verdicts is None else dict(zip(verdicts.frame.index, verdicts.frame["verdict"], strict=True))
    coded = coded_segments(run.results.codings, run.results.segments)
    return [
        _profile(run, row, coded[coded["respondent"] == row["respondent"]], linked, compared)
        for row in records(cases.frame)
    ]


def _profile(
    run: RunRecord, row: dict[str, str], coded: pd.DataFrame, linked: dict[str, list[str]], compared: dict[str, str]
) -> Profile:
    person = row["respondent"]
    counts = coded.groupby(["theme", "stance"])["segment"].nunique()
    lines = []
    for code, name in run.themes.items():
        answers = [_answer(item, row[item], compared.get(row_key(code, item, person)))
                   for item in linked.get(code, ()) if row.get(item)]  # fmt: skip
        said = int(row[f"tema:{code}"])
        if said or answers:
            stances = [str(counts.get((code, stance), 0)) for stance in STANCES]
            lines.append((name, str(said), *stances, "; ".join(answers)))
    heads = (run.words("profile.theme"), run.words("profile.segments"),
             *(stance_word(stance, run.language) for stance in STANCES),
             run.words("profile.answers"))  # fmt: skip
    numeric = (False, True, *(True for _ in STANCES), False)
    best = by_evidence(coded).drop_duplicates("theme").drop_duplicates("segment").head(_QUOTED)
    texts = run.results.segments.set_index("segment")["text"]
    quoted = tuple(
        (run.themes.get(one["theme"], one["theme"]), texts[one["segment"]], stance_word(one["stance"], run.language))
        for one in records(best)
    )
    title = f"{person} ({row['class']})" if row["class"] else person
    return Profile(person, title, _said(run, person), Shown(heads, numeric, tuple(lines)), quoted)


def _answer(item: str, answer: str, verdict: str | None) -> str:
    return f"{item}: {answer} ({verdict})" if verdict else f"{item}: {answer}"


def _said(run: RunRecord, person: str) -> str:
    segments = run.results.segments
    mine = segments[(segments["respondent"] == person) & (segments["role"] == "respondent")]
    words = int(mine["words"].sum())
    return run.words("profile.size", segments=len(mine), words=words)
