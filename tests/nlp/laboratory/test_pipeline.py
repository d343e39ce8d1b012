"""The training of the Italian model: the same seed gives the same weights, and the parts stay apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, DocBin
from spacy.training.converters import conllu_to_docs
from spacy.vectors import Vectors
from thinc.api import get_current_ops, set_current_ops

from nlp.laboratory.pipeline import fit
from nlp.laboratory.pipeline.conventions import from_pud, harmonised, usual_features, with_features
from nlp.laboratory.pipeline.treebanks import PUD, SOURCES, deal, read_sentences

TREES = """1\tIl\til\tDET\tRD\tDefinite=Def\t2\tdet\t_\t_
2\tsindaco\tsindaco\tNOUN\tS\tGender=Masc\t3\tnsubj\t_\t_
3\tparla\tparlare\tVERB\tV\tTense=Pres\t0\troot\t_\t_

1\tLa\til\tDET\tRD\tDefinite=Def\t2\tdet\t_\t_
2\tscuola\tscuola\tNOUN\tS\tGender=Fem\t3\tnsubj\t_\t_
3\tchiude\tchiudere\tVERB\tV\tTense=Pres\t0\troot\t_\t_
4\tdomani\tdomani\tADV\tB\t_\t3\tadvmod\t_\t_

"""


@pytest.fixture(autouse=True)
def same_operations() -> Iterator[None]:
    before = get_current_ops()
    yield
    set_current_ops(before)


def corpus(folder: Path) -> Path:
    # 35 times, since the parser drops relations seen less than 30 times
    docs = list(conllu_to_docs(TREES, n_sents=1, no_print=True)) * 35
    path = folder / "trees.spacy"
    DocBin(docs=docs).to_disk(path)
    nlp = spacy.blank("it")
    nlp.vocab.vectors = Vectors(data=np.eye(3, dtype=np.float32), keys=["sindaco", "scuola", "parla"], attr="LOWER")
    nlp.to_disk(folder / "vectors")
    return path


def both_passes(trees: Path, output: Path, seed: int) -> dict[str, bytes]:
    paths = {"paths.train": str(trees), "paths.dev": str(trees), "paths.vectors": str(trees.parent / "vectors")}
    config = Path(fit.__file__).parent / "syntax.cfg"
    first = fit.fit(config, output, {**paths, "system.seed": seed, "training.max_steps": 2})
    second = fit.refine(first, trees, output / "second", fit.SecondPass("trees", 2, 0.001, 0.1), seed)
    return {path.parent.name: path.read_bytes() for path in sorted(second.glob("*/model"))}


def test_two_runs_from_one_seed_give_the_same_weights(tmp_path):
    trees = corpus(tmp_path)
    one = both_passes(trees, tmp_path / "one", 3)
    two = both_passes(trees, tmp_path / "two", 3)
    assert {"tok2vec", "parser", "senter", "morphologizer"} <= set(one)
    assert one == two


def test_every_sentence_lies_in_exactly_one_part():
    vocab = spacy.blank("it").vocab
    docs = [Doc(vocab, words=[str(number)]) for number in range(173)]
    for source in SOURCES:
        parts = deal(docs, source)
        assert sorted(int(doc.text) for found in parts.values() for doc in found) == list(range(173))


PENN = """1\tLa\til\tDET\tDT\tDefinite=Def\t3\tdet\t_\t_
2\tsua\tsuo\tPRON\tPRP$\tPoss=Yes\t3\tdet:poss\t_\t_
3\tcasa\tcasa\tNOUN\tNN\tGender=Fem\t5\tnsubj:pass\t_\t_
4\tè\tessere\tAUX\tVBC\tVoice=Pass\t5\taux:pass\t_\t_
5\tvenduta\tvendere\tVERB\tVBN\tVoice=Pass\t0\troot\t_\t_
6\tda\tda\tADP\tIN\t_\t7\tcase\t_\t_
7\tAnna\tAnna\tPROPN\tNNP\t_\t5\tobl\t_\t_
8\tRossi\tRossi\tPROPN\tNNP\t_\t7\tflat\t_\t_

"""

TWEET = """1\t@user\t@user\tSYM\tSYM\t_\t3\tvocative:mention\t_\t_
2\tè\tessere\tAUX\tV\t_\t3\tcop\t_\t_
3\tbello\tbello\tADJ\tA\tGender=Masc|Number=Sing\t0\troot\t_\t_
4\t,\t[PUNCT]\tPUNCT\tFF\t_\t3\tpunct\t_\t_

"""


def test_pud_is_read_with_the_relations_of_isdt_and_without_its_own_tags_and_features(tmp_path):
    (tmp_path / PUD).write_text(PENN, encoding="utf8")
    (doc,) = read_sentences(tmp_path / PUD, spacy.blank("it").vocab)
    assert [token.pos_ for token in doc][1] == "DET"
    assert [token.dep_ for token in doc][6:] == ["obl:agent", "flat:name"]
    assert {token.tag_ for token in doc} == {""}
    assert {str(token.morph) for token in doc} == {""}
    assert from_pud(doc).text == doc.text


def test_relations_that_only_tweets_have_keep_their_first_part():
    (doc,) = conllu_to_docs(TWEET, n_sents=1, no_print=True)
    made = harmonised(doc)
    assert [token.dep_ for token in made] == ["vocative", "cop", "ROOT", "punct"]
    assert made[1].tag_ == "VA"
    assert made[3].lemma_ == ","


def test_features_are_given_only_where_there_are_none_and_one_set_is_usual():
    vocab = spacy.blank("it").vocab

    def sentence(words: list[str], morphs: list[str]) -> Doc:
        return Doc(vocab, words=words, pos=["PRON"] * len(words), tags=["PR"] * len(words), morphs=morphs)

    usual = usual_features(
        [sentence(["che", "chi"], ["PronType=Rel", f"PronType={kind}"]) for kind in ("Int", "Rel", "Rel")]
    )
    made = with_features(sentence(["che", "chi", "che"], ["", "", "Number=Sing"]), usual)
    assert [str(token.morph) for token in made] == ["PronType=Rel", "", "Number=Sing"]


def test_only_trees_are_kept_as_silver():
    pytest.importorskip("torch", reason="only training needs torch (nlp/laboratory/pipeline/requirements.txt)")
    from nlp.laboratory.pipeline.silver import is_tree

    assert is_tree([2, 0, 2])
    assert not is_tree([0, 0, 2])  # two roots
    assert not is_tree([2, 1, 0])  # a circle
