"""Where segments lie by meaning and by words, and which lie together: BERTopic's two models. Names nothing.

BERTopic's usual pair, UMAP and HDBSCAN, is not installed (numba) and was measured worse here: see docs/decisions.md.
"""

from typing import Any, Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import Normalizer, normalize

WORD_DIMENSIONS = 100
DIMENSIONS = 30
TREE_ROWS = 1500  # Ward's tree needs all pairs: it is grown on at most this many rows and only gives k-means its start
ROUNDS = 25
FEWEST_FOR_KMEANS = 300  # below, the tree's own groups are used: k-means finds other groups at every resampling


def joint_vectors(embeddings: np.ndarray, counts: sparse.csr_matrix) -> np.ndarray:
    """Sentence vectors and shared words side by side, an array (n, d + up to 100).

    The words are a latent semantic analysis (Deerwester et al. 1990) of tf-idf. Both halves are made
    rows of length one and weigh the same.
    """
    meaning = normalize(embeddings.astype(np.float64) - embeddings.mean(axis=0, dtype=np.float64))
    dimensions = min(WORD_DIMENSIONS, (min(counts.shape) - 1) // 2)
    if dimensions < 2:
        return meaning
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    words = TruncatedSVD(dimensions, algorithm="arpack", random_state=0).fit_transform(weights)
    # Rounded so that the last bits, which depend on the machine's arithmetic, decide nothing further on.
    return np.round(np.hstack([meaning, normalize(words)]), 8)


def reducer(n_rows: int) -> Pipeline:
    """Principal components of `joint_vectors`, rows scaled to length one: cosine is then plain distance."""
    dimensions = int(np.clip(n_rows // 24, 4, DIMENSIONS))
    return make_pipeline(PCA(dimensions, svd_solver="covariance_eigh"), Normalizer())


class TrimmedClusters(ClusterMixin, BaseEstimator):
    """Spherical k-means that leaves out what is near no centre (trimmed k-means, Cuesta-Albertos et al. 1997).

    Starts from the groups of Ward's tree on at most 1,500 rows drawn with `seed`; below 300 rows those groups are the
    clusters. Then rows with a cosine under `least_similarity` to every centre become outliers (-1), clusters under
    `min_size` rows are dissolved, and centres move, until nothing changes. Time and memory grow linearly with rows.

    After `fit`: `labels_` (n,), `probabilities_` (n,) the cosine to the own centre (0 for outliers), `centres_` (k, d).
    """

    def __init__(self, n_clusters: int, min_size: int, least_similarity: float = 0.5, seed: int = 1):
        self.n_clusters = n_clusters
        self.min_size = min_size
        self.least_similarity = least_similarity
        self.seed = seed

    def fit(self, X: np.ndarray, y: Any = None) -> Self:
        """Find the clusters of unit rows `X` (n, d)."""
        self.centres_ = self._start(X)
        labels = np.full(len(X), -2)
        for _ in range(ROUNDS):
            if not len(self.centres_):
                break
            nearest_centre = self.predict(X)
            sizes = np.bincount(nearest_centre[nearest_centre >= 0], minlength=len(self.centres_))
            if (sizes < self.min_size).any():
                self.centres_ = self.centres_[sizes >= self.min_size]
                continue
            if np.array_equal(nearest_centre, labels):
                break
            labels = nearest_centre
            self.centres_ = _centres(X, labels, len(self.centres_))
        self.labels_ = self.predict(X)
        nearest = self._similarity(X).max(axis=1, initial=0)
        self.probabilities_ = np.where(self.labels_ >= 0, np.clip(nearest, 0, 1), 0.0)
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:
        """The nearest centre of each row, or -1 when none is near enough."""
        if not len(self.centres_):
            return np.full(len(X), -1)
        similarity = self._similarity(X)
        return np.where(similarity.max(axis=1) >= self.least_similarity, similarity.argmax(axis=1), -1)

    def _similarity(self, X: np.ndarray) -> np.ndarray:
        return np.round(X @ self.centres_.T, 8)

    def _start(self, X: np.ndarray) -> np.ndarray:
        rows = np.arange(len(X))
        if len(X) > TREE_ROWS:
            rows = np.sort(np.random.default_rng(self.seed).choice(len(X), TREE_ROWS, replace=False))
        clusters = min(self.n_clusters, len(rows))
        tree = AgglomerativeClustering(clusters).fit(X[rows]).labels_
        centres = _centres(X[rows], tree, clusters)
        if len(X) < FEWEST_FOR_KMEANS:
            return centres
        return normalize(KMeans(clusters, init=centres, n_init=1, random_state=self.seed).fit(X).cluster_centers_)


def _centres(X: np.ndarray, labels: np.ndarray, clusters: int) -> np.ndarray:
    member = sparse.csr_matrix(
        (np.ones((labels >= 0).sum()), (labels[labels >= 0], np.flatnonzero(labels >= 0))), shape=(clusters, len(X))
    )
    return normalize(np.asarray(member @ X))
