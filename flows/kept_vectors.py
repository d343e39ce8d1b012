"""What is made of vectors and texts alone, out of a study's store first: it does not change with the codebook's scores.

Makes nothing itself and keeps no text, only numbers under a key.
"""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from corpus.store import Store, content_key
from nlp.apart import code_of_room, embedder
from nlp.embeddings import Encoder
from nlp.themes.neighbours import Neighbours, nearest


class KeptVectors:
    """An Encoder over `encoder`. What it keeps is of a whole batch: the bytes of a vector depend on its company."""

    def __init__(self, encoder: Encoder, store: Store):
        self.name, self.fingerprint, self.dimensions = encoder.name, encoder.fingerprint, encoder.dimensions
        self._encoder, self._store = encoder, store

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit rows, float32 (len(texts), dimensions), out of the store or made and kept."""
        if not len(texts):
            return self._encoder.encode(texts)
        key = content_key("batch", embedder(self.name), list(texts))
        kept = self._store.read_array(key)
        return self._store.write_array(key, self._encoder.encode(texts)) if kept is None else kept


def kept_neighbours(store: Store) -> Callable[[np.ndarray], Neighbours]:
    """`nearest`, its answer to the same vectors out of the store or made and kept."""

    def near(embeddings: np.ndarray) -> Neighbours:
        said = hashlib.sha256(np.ascontiguousarray(embeddings).data).hexdigest()
        key = content_key("neighbours", code_of_room(), embeddings.shape, str(embeddings.dtype), said)
        kept = store.read(key)
        if kept is None:
            made = nearest(embeddings)
            store.write(key, pd.DataFrame({"row": made.rows.ravel(), "weight": made.weights.ravel()}))
            return made
        shape = (len(embeddings), -1)
        return Neighbours(kept["row"].to_numpy().reshape(shape), kept["weight"].to_numpy().reshape(shape))

    return near
