"""Work on whole transcripts that any process, here or on another machine, may do: models are opened there by name.

Other models, or another Trama, than those the run means are refused, so that it never mixes what two of them say.
Every transcript is worked on alone: sums round differently in batches of different make-up (up to 2e-7).
"""

from functools import cache
from platform import node

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from corpus.errors import study_error
from corpus.fingerprint import code_of
from nlp.annotation import annotate
from nlp.embeddings import embed_texts, load_encoder
from nlp.italian import load_pipeline, pipeline_fingerprint


def workers_code() -> str:
    """The fingerprint of the code and the libraries of both kinds of work here, whatever the models."""
    return f"{code_of(annotate, load_pipeline)[:8]} {code_of(embed_texts)[:8]} numpy {np.__version__}"


@cache
def annotator(model: str) -> str:
    """The fingerprint of what `annotate_apart` would do with the spaCy pipeline called `model`."""
    return f"{code_of(annotate, load_pipeline)} {pipeline_fingerprint(load_pipeline(model))}"


def embedder(encoder: str) -> str:
    """The fingerprint of what `embed_apart` would do with the encoder called `encoder`."""
    return f"{code_of(embed_texts)} {load_encoder(encoder).fingerprint}"


def annotate_apart(segments: pd.DataFrame, model: str, meant: str) -> dict[str, tuple[pd.DataFrame, pd.DataFrame]]:
    """Transcript -> Tokens frame and names, as from nlp.annotation.annotate.

    `segments` has the columns transcript, segment and text; `meant` is what `annotator` says in the run. Raises
    StudyError when it says something else here.
    """
    _check(annotator(model), meant)
    pipeline = load_pipeline(model)
    with threadpool_limits(1):
        return {str(name): annotate(part, pipeline) for name, part in segments.groupby("transcript", sort=False)}


def embed_apart(segments: pd.DataFrame, encoder: str, meant: str) -> dict[str, np.ndarray]:
    """Transcript -> unit vectors (its segments, d), float32; arguments and errors as for `annotate_apart`."""
    _check(embedder(encoder), meant)
    opened = load_encoder(encoder)
    with threadpool_limits(1):
        return {
            str(name): embed_texts(part["text"], opened) for name, part in segments.groupby("transcript", sort=False)
        }


def _check(here: str, meant: str) -> None:
    if here != meant:
        raise study_error(
            f"un processo di calcolo su {node()} ha un altro modello o un'altra versione di Trama: installa "
            f"dappertutto la stessa versione e gli stessi modelli (qui: {here}; nella corsa: {meant})",
            f"a worker on {node()} has another model or another version of Trama: install the same version "
            f"and the same models everywhere (here: {here}; in the run: {meant})",
        )
