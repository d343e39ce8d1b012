"""The open benchmark of codebook coding of Italian interviews (`make benchmark`).

Passages of interviews that never taught anything, read by two language models apart, differences settled by a third
(labels/README.md): real ones of two cities and invented ones of municipalities. Prints, for each set, micro-F1 of
keywords, of similarity, of Trama without and with codings of half of the interviews, and of the two readers; and
accuracy and macro-F1 of stances.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from nlp.coders.keywords import KeywordCoder
from nlp.coders.theme_coder import ReadThemes, ThemeCoder
from nlp.embeddings import Encoder, load_encoder
from nlp.laboratory.evaluation import best_cut, plain_cosines
from nlp.laboratory.network.measures import best_f1, f1, stance_accuracy, stance_macro_f1
from nlp.laboratory.network.passages import Code, Passage, read_benchmark, stances_of, truths
from nlp.laboratory.network.weights import as_text
from nlp.spoken_text import SpokenText
from nlp.themes.learned import cross_learn
from nlp.themes.network import load_network
from nlp.themes.theme_model import theme_cut

SETS = ("turin", "bologna", "municipal")


@dataclass(frozen=True)
class Benchmark:
    """Passages with their codebook, read by Trama.

    has, stances: (passages, codes), whether a code is there and the number of its stance, -1 for none, as settled
    readers: the codings of each reader, code -> stance, one a passage
    """

    passages: Sequence[Passage]
    codebook: Sequence[Code]
    text: SpokenText
    read: ReadThemes
    has: np.ndarray
    stances: np.ndarray
    readers: tuple[Sequence[Mapping[str, str]], Sequence[Mapping[str, str]]]


def open_benchmark(data: Path, name: str, encoder: Encoder) -> Benchmark:
    """The benchmark called `name`; interviews in the order of their ids."""
    passages, codebook, rows = read_benchmark(data, name)
    order = sorted(range(len(passages)), key=lambda number: passages[number].interview)
    passages = tuple(passages[number] for number in order)
    text = as_text(passages, encoder)
    read = ThemeCoder(encoder, load_network()).read(text, [code.theme for code in codebook])
    has, stances = truths(passages, codebook)
    first = [stances_of(rows[number]["reader1"]) for number in order]
    second = [stances_of(rows[number]["reader2"]) for number in order]
    return Benchmark(
        passages,
        codebook,
        text,
        read,
        has,
        stances,
        (first, second),
    )


def theme_table(bench: Benchmark, encoder: Encoder) -> pd.DataFrame:
    """Columns method, f1, precision, recall, best_f1 (at the best cut, which flatters)."""
    themes = [code.theme for code in bench.codebook]
    keywords = KeywordCoder(encoder, load_network()).read(bench.text, themes).terms.matches
    terms = np.zeros(bench.has.shape)
    terms[keywords["row"], keywords["theme"]] = 1
    cosines = plain_cosines(bench.read.features)
    unaided = bench.read.unaided
    everywhere = np.ones(bench.has.shape, dtype=bool)
    taught = cross_learn(bench.read.evidence, unaided, bench.has.astype(float), everywhere, folds=2)
    rows = [
        _row("keywords", terms, 0.5, bench.has),
        _row("similarity (best cut)", cosines, best_cut(cosines.ravel(), bench.has.ravel()), bench.has),
        _row("network alone", bench.read.reading.relevance, 0.0, bench.has),
        _row("Trama", unaided, theme_cut(unaided), bench.has),
        _row("Trama, half of the interviews coded", taught, theme_cut(taught), bench.has),
    ]
    first, second = (_given(reader, bench.codebook) for reader in bench.readers)
    rows.append({"method": "the two readers", **_scores(first, second)})
    return pd.DataFrame(rows)


def stance_table(bench: Benchmark) -> pd.DataFrame:
    """Columns method, accuracy, macro_f1, codings; over the settled codings."""
    odds = bench.read.reading.stance
    commonest = np.bincount(bench.stances[bench.stances >= 0]).argmax()
    always = np.zeros_like(odds)
    always[..., commonest] = 1
    rows = [_stance_row("commonest stance", always, bench.stances), _stance_row("Trama", odds, bench.stances)]
    first, second = bench.readers
    pairs = [(one[code], other[code]) for one, other in zip(first, second, strict=True) for code in one.keys() & other]
    equal = np.mean([one == other for one, other in pairs])
    rows.append({"method": "the two readers", "accuracy": equal, "macro_f1": np.nan, "codings": len(pairs)})
    return pd.DataFrame(rows)


def _given(reader: Sequence[Mapping[str, str]], codebook: Sequence[Code]) -> np.ndarray:
    codes = [code.code for code in codebook]
    return np.array([np.isin(codes, list(given)) for given in reader])


def _row(method: str, scores: np.ndarray, cut: float, has: np.ndarray) -> dict[str, object]:
    return {"method": method, **_scores(scores >= cut, has), "best_f1": best_f1(scores, has)}


def _scores(given: np.ndarray, has: np.ndarray) -> dict[str, float]:
    hits = (given & has).sum()
    precision = hits / max(given.sum(), 1)
    return {"f1": f1(given, has), "precision": float(precision), "recall": float(hits / max(has.sum(), 1))}


def _stance_row(method: str, odds: np.ndarray, stances: np.ndarray) -> dict[str, object]:
    accuracy = stance_accuracy(odds, stances)
    macro = stance_macro_f1(odds, stances)
    return {"method": method, "accuracy": accuracy, "macro_f1": macro, "codings": int((stances >= 0).sum())}


def main(data: Path) -> None:
    """Print both tables of each set."""
    encoder = load_encoder()
    for name in SETS:
        bench = open_benchmark(data, name, encoder)
        size = f"{len(bench.passages)} passages, {len(bench.codebook)} codes, {int(bench.has.sum())} codings"
        print(f"\n{name}: {size}")
        print(theme_table(bench, encoder).round(3).to_string(index=False))
        print(stance_table(bench).round(3).to_string(index=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
