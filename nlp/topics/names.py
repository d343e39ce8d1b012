"""A name to propose for a topic that the codebook lacks: the phrase its speakers use most. Finds no topics."""

from collections.abc import Mapping, Sequence

import pandas as pd

from nlp.columns import of_each

FEWEST_TIMES = 2  # segments of the topic that must hold a phrase


def proposed_names(
    topics: Mapping[str, int], tokens: pd.DataFrame, typical: Sequence[Sequence[str]], surface: Mapping[str, str]
) -> list[str]:
    """A name for each topic 0.., such as "Raccolta differenziata".

    `topics` maps segment ids to topic numbers (-1 for none), `tokens` is a Tokens frame, `typical` the lemmas of each
    topic, most typical first, `surface` how lemmas are written. The name is the phrase of noun and adjective, or of
    noun, preposition and noun, that holds one of the topic's words and stands in most of its segments, weighed by how
    much it is the topic's own; without such a phrase it is the first typical word.
    """
    phrases = _phrases(tokens[tokens["segment"].isin(topics.keys())])
    phrases = phrases.assign(topic=phrases["segment"].map(topics)).drop_duplicates(["segment", "key"])
    everywhere = phrases.groupby("key").size()
    names = []
    for number, words in enumerate(typical):
        mine = phrases[(phrases["topic"] == number) & (phrases["head"].isin(words) | phrases["tail"].isin(words))]
        counts = mine.groupby("key").size()
        counts = counts[counts >= FEWEST_TIMES]
        if len(counts):
            merit = (counts * counts / everywhere[counts.index]).round(6)
            best = merit[merit == merit.max()].index.min()
            written = mine.loc[mine["key"] == best, "text"].value_counts()
            name = min(written[written == written.max()].index)
        else:
            name = surface.get(words[0], words[0]) if words else ""
        names.append(name[:1].upper() + name[1:])
    return names


def _is_word(text: pd.Series) -> pd.Series:
    return text.str.fullmatch(r"[^\W\d_]+'?")


def _phrases(tokens: pd.DataFrame) -> pd.DataFrame:
    """Rows segment, key, head, tail, text of every phrase."""
    ordered = tokens.sort_values(["segment", "token"], kind="stable", ignore_index=True)
    word = ordered["text"].str.lower().where(of_each(ordered["text"], _is_word), "")
    lemma = ordered["lemma"].str.lower()
    pos = ordered["pos"].astype("str")
    parts = []
    for step, middle in ((1, None), (2, "ADP")):
        same = (
            ordered["segment"].eq(ordered["segment"].shift(-step))
            & (word != "")
            & (word.shift(-step, fill_value="") != "")
        )
        tail = pos.shift(-step, fill_value="").eq("ADJ" if middle is None else "NOUN")
        kept = same & pos.eq("NOUN") & tail
        text = word
        if middle is not None:
            kept &= pos.shift(-1, fill_value="").eq(middle) & (word.shift(-1, fill_value="") != "")
            text = text + " " + word.shift(-1, fill_value="")
        text = (text + " " + word.shift(-step, fill_value="")).str.replace("' ", "'")
        frame = pd.DataFrame(
            {"segment": ordered["segment"], "head": lemma, "tail": lemma.shift(-step, fill_value=""), "text": text}
        )
        parts.append(frame[kept].assign(key=lambda one: one["head"] + " " + one["tail"]))
    return pd.concat(parts, ignore_index=True)
