"""`python -m nlp.laboratory.pipeline DATA_DIR`: from the data folder to the bundled model. About three hours.

Silver trees by a larger teacher; a first pass over gold and silver trees; then a short second pass twice over: on the
training parts (that model is scored on the held-out parts) and, by the same recipe, on all parts (that one is shipped).
Every step writes into the work folder; a step whose result is there is not done again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import spacy
import srsly
from spacy.tokens import Doc

from nlp.italian.lemmatizer import LexiconLemmatizer
from nlp.laboratory.pipeline import corpora, silver
from nlp.laboratory.pipeline.assemble import assemble, write_model
from nlp.laboratory.pipeline.evaluate import score_folder
from nlp.laboratory.pipeline.fit import SecondPass, fit, refine
from nlp.laboratory.pipeline.lemmas import build_lemmatizer
from nlp.laboratory.pipeline.lexicon import Lexicon
from nlp.laboratory.pipeline.treebanks import PARTS, PUD, SOURCES, read_treebank
from nlp.laboratory.pipeline.vectors import build_vectors

HERE = Path(__file__).parent
MODEL = HERE.parents[1] / "italian" / "model"
VERSION = "0.5.0"
VECTOR_ROWS = 27_000
SECOND_PASS = {
    "syntax": SecondPass("syntax-train", 1500, 0.0008, 0.15),
    "ner": SecondPass("ner-second", 3000, 0.0012, 0.2),
}


def main() -> None:
    """Train, score and write the bundled Italian model."""
    parser = argparse.ArgumentParser(prog="python -m nlp.laboratory.pipeline", description=main.__doc__)
    parser.add_argument("data", type=Path, help="folder with ud-italian/, kind-ner/, parlato/ and parlabo/")
    parser.add_argument("--work", type=Path, default=Path("build/italian"), help="folder for what is made on the way")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of the model to write")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    prepare(args.data, args.work, args.seed)
    measured = {name: second(name, "parts", args.work, args.seed) for name in SECOND_PASS}
    shipped = {name: second(name, "all", args.work, args.seed) for name in SECOND_PASS}
    scores = measure(measured, args.data, args.work)
    nlp = assemble(shipped["syntax"], shipped["ner"], lemmatizer(args.data, PARTS))
    write_model(nlp, args.model, VERSION, scores)


def prepare(data: Path, work: Path, seed: int) -> None:
    """Write vectors, silver trees and .spacy files: work/parts (training parts only) and work/all (everything)."""
    if not (work / "vectors").exists():
        vectors = build_vectors(corpora.plain_sentences(data, spacy.blank("it")), VECTOR_ROWS)
        nlp = spacy.blank("it")
        nlp.vocab.vectors = vectors
        nlp.to_disk(work / "vectors")
    if not (work / "silver" / "conversations.spacy").exists():
        silver.write_silver(data, work / "silver", spacy.load(work / "vectors"), seed)
    for folder, use_all in (("parts", False), ("all", True)):
        if not (work / folder / "ner-dev.spacy").exists():
            corpora.write_syntax(data, work / folder, work / "silver", spacy.blank("it").vocab, seed, use_all)
            corpora.write_entities(data, work / folder, spacy.blank("it").vocab, seed, use_all)
    if not (work / "parts" / "syntax-dev.spacy").exists():
        corpora.write_held_out(data, work / "parts", spacy.blank("it").vocab)


def first(name: str, work: Path, seed: int) -> Path:
    """The model after the first pass, from the training parts only."""
    output = work / name / "model-last"
    if not output.exists():
        overrides = {
            "paths.train": str(work / "parts" / f"{name}-train.spacy"),
            "paths.dev": str(work / "parts" / f"{name}-dev.spacy"),
            "paths.vectors": str(work / "vectors"),
            "system.seed": seed,
        }
        fit(HERE / f"{name}.cfg", work / name, overrides)
    return output


def second(name: str, folder: str, work: Path, seed: int) -> Path:
    """The model after the second pass, from "parts" (to be scored) or "all" (to be shipped)."""
    output = work / name / f"second-{folder}"
    if not output.exists():
        plan = SECOND_PASS[name]
        refine(first(name, work, seed), work / folder / f"{plan.corpus}.spacy", output, plan, seed)
    return output


def lemmatizer(data: Path, parts: tuple[str, ...]) -> LexiconLemmatizer:
    """The lemmatizer's tables from some parts of the treebanks."""
    vocab = spacy.blank("it").vocab
    made = LexiconLemmatizer(vocab)
    bank = read_treebank(data / "ud-italian", vocab)
    docs: list[Doc] = []
    others: list[Doc] = []
    for source in SOURCES:
        read = others if source.gaps or source.file == PUD else docs
        for part in parts:
            read += bank.parts[part][source.file]
    build_lemmatizer(made, docs, others, Lexicon())
    return made


def measure(models: dict[str, Path], data: Path, work: Path) -> dict[str, float]:
    """Scores of the model that saw no held-out part: "test FILE MEASURE" -> percent. work/scores.json has dev too."""
    nlp = assemble(models["syntax"], models["ner"], lemmatizer(data, ("train",)))
    scores = {part: score_folder(nlp, work / "parts" / part) for part in ("dev", "test")}
    srsly.write_json(work / "scores.json", scores)
    return {f"test {file} {name}": value for file, found in scores["test"].items() for name, value in found.items()}


if __name__ == "__main__":
    main()
