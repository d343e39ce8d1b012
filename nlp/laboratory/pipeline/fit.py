"""Runs spaCy trainings: one from a config, and a short second one over more data.

Both use numpy's matrix product, three times as fast as thinc's own (blis) where blis has no kernel for the processor.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy import util
from spacy.language import Language
from spacy.pipeline import Tagger
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops

BATCH_WORDS = 1000


@dataclass(frozen=True)
class SecondPass:
    """Name of the corpus, batches, learning rate at the start, dropout."""

    corpus: str
    steps: int
    rate: float
    dropout: float


def fit(config: Path, output: Path, overrides: dict[str, object]) -> Path:
    """Train `config` with dotted overrides ("paths.train": ...); returns the folder of the last model.

    The last model is kept, not the best on dev: the learning rate falls to nothing, and weights are averaged.
    """
    set_current_ops(NumpyOps(use_blis=False))
    output.mkdir(parents=True, exist_ok=True)
    nlp: Language = init_nlp(util.load_config(config, overrides=overrides, interpolate=False))
    train(nlp, output, use_gpu=-1, stdout=sys.stdout, stderr=sys.stderr)
    return output / "model-last"


def refine(model: Path, corpus: Path, output: Path, plan: SecondPass, seed: int) -> Path:
    """Go on training a finished model over `corpus`; the learning rate falls from the plan's to 0.

    A model that went on over the held-out parts too must not be scored on them.
    """
    set_current_ops(NumpyOps(use_blis=False))
    fix_random_seed(seed)
    nlp = spacy.load(model)
    docs = [doc for doc in DocBin().from_disk(corpus).get_docs(nlp.vocab) if has_known_tags(nlp, doc)]
    optimizer = nlp.resume_training(sgd=Adam(plan.rate, L2=0.01, grad_clip=1.0, use_averages=False))
    rng = random.Random(seed)
    step = 0
    while step < plan.steps:
        rng.shuffle(docs)
        examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
        for batch in minibatch_by_words(examples, size=BATCH_WORDS, discard_oversize=False):
            if step >= plan.steps:
                break
            optimizer.learn_rate = plan.rate * (1 - step / plan.steps)
            nlp.update(batch, sgd=optimizer, drop=plan.dropout)
            step += 1
    nlp.to_disk(output)
    return output


def has_known_tags(nlp: Language, doc: Doc) -> bool:
    """False when a Doc has a tag that the tagger has never seen: a finished tagger cannot learn it."""
    if "tagger" not in nlp.pipe_names:
        return True
    tagger = nlp.get_pipe("tagger")
    assert isinstance(tagger, Tagger)
    known = {"", *tagger.labels}
    return all(token.tag_ in known for token in doc)
