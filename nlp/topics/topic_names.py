"""What names a topic and stands for it: its words, its quotations, the phrase used most in it. Finds no topics."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from bertopic.backend import BaseEmbedder
from bertopic.representation import MaximalMarginalRelevance
from bertopic.representation._mmr import mmr
from sklearn.preprocessing import normalize

from nlp.columns import map_distinct
from nlp.embeddings import Encoder, embed_texts

WORDS = 10
LABEL_WORDS = 3
DIVERSITY = 0.3
QUOTATIONS = 3
READABLE = (8, 80)  # words of a quotation that says enough and is still read at a glance


class OurEncoder(BaseEmbedder):
    """BERTopic's door to our encoder; a word once encoded is remembered, since merged topics share their words."""

    def __init__(self, encoder: Encoder):
        super().__init__()
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    def embed(self, documents: list[str], verbose: bool = False) -> np.ndarray:
        """Vectors of words or texts, (n, d)."""
        new = sorted(set(documents) - self._known.keys())
        self._known.update(zip(new, embed_texts(new, self._encoder), strict=True))
        return np.stack([self._known[text] for text in documents])


class DiverseWords(MaximalMarginalRelevance):
    """BERTopic's MMR (Carbonell & Goldstein 1998) with the words of all topics encoded together, once each.

    The candidates are the topic's 20 heaviest words of c-TF-IDF; those kept stay in the order of their weights.
    """

    def __init__(self, diversity: float = DIVERSITY, top_n_words: int = WORDS, candidates: int = 20):
        super().__init__(diversity, top_n_words)
        self.candidates = candidates

    def extract_topics(
        self, topic_model: Any, documents: pd.DataFrame, c_tf_idf: Any, topics: Mapping[Any, list[tuple[str, float]]]
    ) -> dict[Any, list[tuple[str, float]]]:
        """At most ten words a topic with their weights."""
        real = {}
        for topic, words in topics.items():
            real[topic] = [pair for pair in words if pair[0]][: self.candidates]
        distinct = sorted({word for words in real.values() for word, _ in words})
        vectors = dict(zip(distinct, topic_model.embedding_model.embed(distinct), strict=True)) if distinct else {}
        return {topic: self._diverse(words, vectors) for topic, words in real.items()}

    def _diverse(self, weighted: list[tuple[str, float]], vectors: Mapping[str, np.ndarray]) -> list[tuple[str, float]]:
        if len(weighted) <= self.top_n_words:
            return weighted
        words = [word for word, _ in weighted]
        array = np.stack([vectors[word] for word in words])
        weights = np.array([weight for _, weight in weighted])
        middle = np.average(array, axis=0, weights=weights + 1e-9)[None, :]
        chosen = set(mmr(middle, array, words, self.diversity, self.top_n_words))
        return [pair for pair in weighted if pair[0] in chosen]


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
        of_topic = phrases[(phrases["topic"] == number) & (phrases["head"].isin(words) | phrases["tail"].isin(words))]
        counts = of_topic.groupby("key").size()
        counts = counts[counts >= FEWEST_TIMES]
        if len(counts):
            merit = (counts * counts / everywhere[counts.index]).round(6)
            best = merit[merit == merit.max()].index.min()
            written = of_topic.loc[of_topic["key"] == best, "text"].value_counts()
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
    word = ordered["text"].str.lower().where(map_distinct(ordered["text"], _is_word), "")
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
        is_phrase = same & pos.eq("NOUN") & tail
        text = word
        if middle is not None:
            is_phrase &= pos.shift(-1, fill_value="").eq(middle) & (word.shift(-1, fill_value="") != "")
            text = text + " " + word.shift(-1, fill_value="")
        text = (text + " " + word.shift(-step, fill_value="")).str.replace("' ", "'")
        frame = pd.DataFrame(
            {"segment": ordered["segment"], "head": lemma, "tail": lemma.shift(-step, fill_value=""), "text": text}
        )
        parts.append(frame[is_phrase].assign(key=lambda one: one["head"] + " " + one["tail"]))
    return pd.concat(parts, ignore_index=True)


def topic_label(words: Sequence[str], surface: Mapping[str, str]) -> str:
    """A name of up to three words as they were said, the most typical first."""
    return ", ".join(dict.fromkeys(surface.get(word, word) for word in words[:LABEL_WORDS]))


def representatives(
    members: pd.DataFrame, vectors: np.ndarray, centroids: np.ndarray, word_likeness: np.ndarray
) -> np.ndarray:
    """True for the three segments that stand best for each topic, (n,).

    `members` has the columns topic (0.. or -1), respondent, words and segment; `vectors` (n, d) are unit sentence
    vectors; `word_likeness` (n,) the cosine of a segment's c-TF-IDF with its topic's. The best are near their topic's
    centre in meaning and in words, of readable length, and of different respondents as long as there are any.
    """
    topic = members["topic"].to_numpy()
    inside = topic >= 0
    likeness = np.zeros(len(members))
    if inside.any():
        likeness[inside] = np.einsum("ij,ij->i", vectors[inside], normalize(centroids)[topic[inside]])
    readable = members["words"].between(*READABLE).to_numpy()
    ranked = members.assign(merit=np.round(likeness + word_likeness, 6), readable=readable, place=range(len(members)))
    ranked = ranked[inside].sort_values(["topic", "readable", "merit", "segment"], ascending=[True, False, False, True])
    turn = ranked.groupby(["topic", "respondent"]).cumcount()  # 0 for a respondent's best
    ranked = ranked.assign(turn=turn).sort_values(
        ["topic", "turn", "readable", "merit", "segment"], ascending=[True, True, False, False, True]
    )
    chosen = ranked.groupby("topic").head(QUOTATIONS)["place"].to_numpy()
    return np.isin(np.arange(len(members)), chosen)
