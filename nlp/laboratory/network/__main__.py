"""`python -m nlp.laboratory.network DATA_DIR`: from the data folder to the weights of theme and stance coding.

Pieces and network first (some three hours of two cores with bfloat16 instructions, several times as long without), then
what decides with them. Every step writes into the work folder; a step whose result is there is not done again.
"""

import argparse
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from sentencepiece import SentencePieceProcessor

from nlp.embeddings import embed_texts, load_encoder
from nlp.laboratory.evaluation import prepare_study
from nlp.laboratory.network import e5
from nlp.laboratory.network.export import export
from nlp.laboratory.network.model import SENTENCE, from_e5
from nlp.laboratory.network.passages import CITIES, Pool, read_pools
from nlp.laboratory.network.pieces import choose_pieces, count_words, embedding_rows, write_pieces
from nlp.laboratory.network.shipped import average, load_shipped
from nlp.laboratory.network.training import EPOCHS, Tools, read_tweets, report, train
from nlp.laboratory.network.weights import (
    HELD_OUT,
    TEACH,
    fit_weights,
    judged_by_others,
    read_lessons,
    write_weights,
)
from nlp.themes.network import WEIGHTS, ThemeNetwork, code_text

SEED = 0


def main() -> None:
    """Train and export."""
    parser = argparse.ArgumentParser(prog="python -m nlp.laboratory.network", description=main.__doc__)
    parser.add_argument("data", type=Path, help="folder with coded/, parlato/, parlabo/, sentipolc/, ud-italian/ ...")
    parser.add_argument("--work", type=Path, default=Path("build/network"), help="folder for what is made on the way")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of the weights to write")
    parser.add_argument("--epochs", type=float, default=EPOCHS, help="how often each passage is read")
    parser.add_argument(
        "--go-on", action="store_true", help="train the shipped weights further instead of multilingual-e5-small's"
    )
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    options.weights.mkdir(parents=True, exist_ok=True)
    rows = _pieces(options.data, options.work)
    pools = read_pools(options.data)
    tools = Tools(
        SentencePieceProcessor(model_file=str(options.work / "pieces.model")),
        _sentence_vectors(pools, options.work),
        random.Random(SEED),
    )
    torch.manual_seed(SEED)
    network = from_e5(e5.WeightFile(e5.weights_path()), rows)
    trained = options.work / "network.npz"
    if trained.exists():
        kept = np.load(trained)
        network.load_state_dict({name: torch.from_numpy(kept[name]) for name in kept.files})
    else:
        if options.go_on:
            load_shipped(network, WEIGHTS)
        begun = {name: values.clone() for name, values in network.state_dict().items()}
        tweets = read_tweets(options.data / "sentipolc" / "sentipolc16_train.csv")
        train(network, pools, tweets, tools, options.epochs)
        if options.go_on:
            average(network, begun)
        np.savez(trained, **{name: values.numpy() for name, values in network.state_dict().items()})
    for line in report(network, pools, tools):
        print(line)
    export(network, options.weights)
    shutil.copy(options.work / "pieces.model", options.weights)
    _weigh(pools, options.weights)


def _weigh(pools: Sequence[Pool], folder: Path) -> None:
    """Write theme_weights.json beside the network's folder; say how studies do that taught nothing."""
    encoder = load_encoder()
    network = ThemeNetwork(folder)
    lessons = list(read_lessons(pools, network, encoder))
    teaching = [prepare_study(study, encoder, network) for study in TEACH]
    for study in (*teaching, *(prepare_study(study, encoder, network) for study in HELD_OUT)):
        print(f"{study.name}, by weights that it did not teach: F1 {judged_by_others(lessons, teaching, study):.3f}")
    write_weights(fit_weights(lessons, teaching), folder.with_name("theme_weights.json"))


def _pieces(data: Path, work: Path) -> np.ndarray:
    """Write pieces.model; the rows of the embeddings that it needs."""
    kept = work / "pieces.npy"
    if not kept.exists():
        file = e5.WeightFile(e5.weights_path())
        pieces = choose_pieces(count_words(_texts(data), file), file, work)
        write_pieces(file, pieces, work / "pieces.model")
        np.save(kept, embedding_rows(file, pieces))
    return np.load(kept)


def _texts(data: Path) -> Iterator[str]:
    """Italian of every kind in the data folder, for the choice of pieces."""
    for corpus in CITIES:
        for path in sorted((data / corpus / "txt").glob("*.txt")):
            yield path.read_text(encoding="utf-8").replace("\n", " ").replace("\t", " ")
    for path in sorted((data / "coded").rglob("*.tsv")):
        yield " ".join(path.read_text(encoding="utf-8").replace("|", " ").split())
    for path in sorted((data / "ud-italian").rglob("*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# text = "):
                yield line.removeprefix("# text = ")
    for path in sorted((data / "kind-ner").rglob("*.tsv")):
        yield " ".join(line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines())
    yield " ".join((data / "sentipolc" / "sentipolc16_train.csv").read_text(encoding="utf-8").replace('"', " ").split())


class _SentenceVectors:
    """Vectors of the sentence encoder by text; zeros for a text that was not foreseen."""

    def __init__(self, vectors: dict[str, np.ndarray]):
        self._vectors = vectors

    def __call__(self, text: str) -> np.ndarray:
        return self._vectors.get(text, np.zeros(SENTENCE, dtype=np.float16))


def _sentence_vectors(pools: Sequence[Pool], work: Path) -> _SentenceVectors:
    texts: dict[str, None] = {}
    for pool in pools:
        texts.update(dict.fromkeys(passage.text for passage in pool.passages))
        texts.update(dict.fromkeys(passage.gist for passage in pool.passages))
        texts.update(dict.fromkeys(code_text(code.theme) for code in pool.topics))
        for codebook in pool.codebooks:
            texts.update(dict.fromkeys(code_text(code.theme) for code in codebook))
    path = work / "sentences.npy"
    if not path.exists():
        np.save(path, embed_texts(list(texts), load_encoder()).astype(np.float16))
    return _SentenceVectors(dict(zip(texts, np.load(path), strict=True)))


if __name__ == "__main__":
    main()
