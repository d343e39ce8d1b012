"""The bundled Italian model: it opens, does what its meta.json says, and stands bad input."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from nlp.italian.lemmatizer import LexiconLemmatizer
from nlp.italian.loading import MODEL, load_pipeline


@pytest.fixture(scope="module")
def italian() -> Language:
    return load_pipeline()


def lemmas(italian: Language, text: str) -> dict[str, str]:
    return {token.text: token.lemma_ for token in italian(text)}


def test_the_model_has_every_component_and_says_from_what_it_was_made(italian):
    assert italian.pipe_names == ["tok2vec", "morphologizer", "tagger", "senter", "parser", "lemmatizer", "ner"]
    meta = json.loads((MODEL / "meta.json").read_text(encoding="utf8"))
    assert meta["lang"] == "it" and meta["license"]
    assert all(source["license"] for source in meta["sources"])
    assert meta["performance"]["test it_isdt-ud-dev POS"] > 90


def test_the_model_stays_under_25_megabytes():
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) < 25e6


def test_fused_forms_keep_both_lemmas(italian):
    found = lemmas(italian, "Il sindaco della città vuole parlarmi dell'asilo nel paese.")
    assert found["della"] == found["dell'"] == "di il"
    assert found["nel"] == "in il"
    assert found["parlarmi"] == "parlare mi"
    assert found["vuole"] == "volere" and found["città"] == "città"


def test_verbs_and_nouns_that_no_treebank_has_follow_the_endings():
    lemmatizer = load_pipeline().get_pipe("lemmatizer")
    assert isinstance(lemmatizer, LexiconLemmatizer)
    assert lemmatizer.lemma("sbrigliettava", "VERB") == "sbrigliettare"
    assert lemmatizer.lemma("sbriglietterebbero", "VERB") == "sbrigliettare"
    assert lemmatizer.lemma("TORINO", "PROPN") == lemmatizer.lemma("torino", "PROPN") == "Torino"
    assert lemmatizer.lemma("1998", "NUM") == "1998"


def test_places_and_people_are_found(italian):
    entities = {entity.text: entity.label_ for entity in italian("Maria Rossi abita a Torino, vicino a Milano.").ents}
    assert entities["Torino"] == "LOC" and entities["Maria Rossi"] == "PER"


def test_a_written_paragraph_falls_into_its_sentences(italian):
    text = "Il comune ha chiuso la scuola. I genitori hanno protestato a lungo. Che cosa farà adesso il sindaco?"
    assert [len(list(italian(text).sents))] == [3]


ODD = ["", " ", "\n\n", "🙂", "🙂🙂 va bene 👍🏽", "...", "x~ xx ((ride)) [PERSON_NAME]", "a" * 5000]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_comes_back_whole(italian, text):
    assert italian(text).text == text


def test_the_same_text_always_gives_the_same_analysis(italian):
    text = "allora niente io dicevo che la scuola l'hanno chiusa e quindi i bambini vanno giù a Susa con il pullman"
    first = italian(text).to_json()
    again = spacy.load(MODEL)(text).to_json()
    assert [(t["lemma"], t["pos"], t["dep"], t["head"]) for t in first["tokens"]] == [
        (t["lemma"], t["pos"], t["dep"], t["head"]) for t in again["tokens"]
    ]


def test_capitals_do_not_turn_everything_into_names(italian):
    tags = [token.pos_ for token in italian("IL COMUNE HA CHIUSO LA SCUOLA E I GENITORI HANNO PROTESTATO")]
    assert tags.count("PROPN") <= 2 and tags.count("NOUN") >= 2


def test_an_unbroken_run_of_forty_thousand_signs_takes_seconds(italian):
    text = "allora io dicevo che la scuola " * 1500
    start = time.monotonic()
    doc = italian(text)
    assert len(doc.text) == len(text) and time.monotonic() - start < 60


def test_tables_survive_bytes_and_disk(italian, tmp_path: Path):
    lemmatizer = italian.get_pipe("lemmatizer")
    lemmatizer.to_disk(tmp_path)
    from_disk = LexiconLemmatizer(italian.vocab).from_disk(tmp_path)
    from_bytes = LexiconLemmatizer(italian.vocab).from_bytes(lemmatizer.to_bytes())
    for copy in (from_disk, from_bytes):
        assert copy.lemma("parlarmi", "VERB") == "parlare mi"
        assert copy.endings == lemmatizer.endings
