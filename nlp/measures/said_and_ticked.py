"""Who says a theme and who ticks the option that names it: one question asked twice. Room nlp, frames only."""

import numpy as np
import pandas as pd

from corpus.records import Item, Theme
from nlp.measures.association import adjust, mcnemar, too_few
from nlp.measures.frames import SaidAndTicked
from nlp.measures.intervals import NO_INTERVAL, paired_difference
from nlp.measures.linking import pair_answers, same_option


def said_and_ticked(
    mentions: pd.DataFrame, answers: pd.DataFrame, themes: tuple[Theme, ...], items: tuple[Item, ...]
) -> pd.DataFrame:
    """One row a theme and linked multiple response with an option of its name (nlp.measures.linking.same_option).

    Only respondents with both strands count. Columns: SaidAndTicked; `difference` is the share who say it less the
    share who tick it, low and high Newcombe's interval for the same persons (1998, method 10), p McNemar's exact test,
    q Benjamini-Hochberg over all the rows.
    """
    by_code = {item.code: item for item in items}
    rows = []
    for theme in themes:
        for code in theme.questionnaire_items:
            item = by_code.get(code)
            option = same_option(theme, item) if item and item.type == "multi" else ""
            if item and option:
                rows.append(_one_pair(mentions, answers, theme.code, item, option))
    columns = list(SaidAndTicked.to_schema().columns)
    return SaidAndTicked.validate(adjust(pd.DataFrame(rows, columns=columns)))


def _one_pair(mentions: pd.DataFrame, answers: pd.DataFrame, theme: str, item: Item, option: str) -> tuple[object, ...]:
    paired = pair_answers(mentions, answers, theme, item, option)
    mentioned, ticked = (paired[name].to_numpy(dtype=bool) for name in ("mentioned", "yes"))
    both = (mentioned & ticked).sum()
    only_said = (mentioned & ~ticked).sum()
    only_ticked = (~mentioned & ticked).sum()
    n = len(paired)
    missing = int((mentions["theme"] == theme).sum()) - len(paired)
    counts = (n, missing, int(mentioned.sum()), int(ticked.sum()), int(both), int(only_said), int(only_ticked))
    if reason := too_few(n) if n else "no answers":
        return (theme, item.code, option, *counts, np.nan, *NO_INTERVAL, np.nan, np.nan, 0, reason)
    low, high = paired_difference(int(both), int(only_said), int(only_ticked), n - int(both + only_said + only_ticked))
    difference = (only_said - only_ticked) / n
    p = mcnemar(int(only_said), int(only_ticked))
    return (theme, item.code, option, *counts, difference, low, high, p, np.nan, 0, "")
