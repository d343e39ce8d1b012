import pandas as pd
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from corpus.schemas import Tokens
from nlp import annotation
from nlp.annotation import MAX_CHARACTERS, annotate, cut, lower_capitals
from nlp.italian import load_pipeline
from nlp.italian.loading import MODEL


@pytest.fixture(scope="module")
def rules():
    """A pipeline without a trained part that still finds sentences and one name."""
    nlp = spacy.blank("it")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "LOC", "pattern": [{"LOWER": "brescia"}]}])
    return nlp


@pytest.fixture(scope="module")
def trama():
    if not (MODEL / "meta.json").is_file():
        pytest.skip("the bundled model is not in this checkout")
    return load_pipeline()


def frame(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"segment": [f"S01:{number:04d}" for number in range(len(texts))], "text": list(texts)})


def test_tokens_point_at_their_words_and_sentences_are_numbered(rules):
    segments = frame("Ciao 😀 a tutti. Vengo da Brescia", "", "Sì.")
    tokens, mentions = annotate(segments, rules)
    texts = dict(zip(segments["segment"], segments["text"], strict=True))
    assert Tokens.validate(tokens).equals(tokens)
    assert [texts[row.segment][row.start : row.end] for row in tokens.itertuples()] == tokens["text"].to_list()
    assert tokens["sentence"].to_list() == [0, 0, 0, 0, 0, 1, 1, 1, 0, 0]
    assert mentions.to_dict("records") == [
        {"segment": "S01:0000", "start": 25, "end": 32, "surface": "Brescia", "label": "LOC"}
    ]


def test_a_text_said_twice_is_analysed_once_and_written_twice(rules):
    seen = []

    class Counting:
        vocab = rules.vocab

        def pipe(self, texts, **options):
            for text in texts:
                seen.append(text)
                yield rules(text)

    tokens, _ = annotate(frame("Sì sì.", "No.", "Sì sì."), Counting())
    assert seen == ["Sì sì.", "No."]
    assert tokens["segment"].value_counts().to_dict() == {"S01:0000": 3, "S01:0001": 2, "S01:0002": 3}


def test_capitals_are_analysed_in_small_letters_and_kept_as_written(rules):
    tokens, mentions = annotate(frame("IL COMUNE DI BRESCIA È QUI"), rules)
    assert tokens["text"].to_list() == ["IL", "COMUNE", "DI", "BRESCIA", "È", "QUI"]
    assert mentions["surface"].to_list() == ["BRESCIA"]


def test_no_segments_give_empty_frames(rules):
    tokens, mentions = annotate(frame(), rules)
    assert Tokens.validate(tokens).empty
    assert mentions.empty


def test_two_megabytes_in_one_line_keep_their_positions(rules):
    text = "a Brescia precipitevolissimevolmente e incontrovertibilmente " * 34_000
    tokens, mentions = annotate(frame(text), rules)
    assert len(text) > 2_000_000
    assert tokens["end"].iloc[-1] == len(text.rstrip())
    assert (mentions["surface"] == "Brescia").all()
    assert len(mentions) == 34_000
    assert text[mentions["start"].iloc[-1] : mentions["end"].iloc[-1]] == "Brescia"


@given(st.text(alphabet="ab .\n!?😀", max_size=80), st.integers(min_value=2, max_value=20))
def test_pieces_cover_a_text_without_gap_or_overlap(text, size):
    pieces = list(cut(text, size))
    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(end - start <= size for start, end in pieces)


@given(st.text())
def test_small_letters_take_as_much_room_as_capitals(text):
    assert len(lower_capitals(text)) == len(text)


def test_pieces_are_short_enough_for_the_parser():
    assert MAX_CHARACTERS <= 100_000


SPEECH = [
    "Il sindaco di Brescia ha parlato con noi, poi siamo tornati a casa.",
    "io abito a torino e lavoro a milano",
    "La Regione ci dà duecentomila euro",
    "",
    "NON ABBIAMO PERSONALE IN COMUNE",
    "non so eh dipende 😀",
] + [f"Abbiamo fatto {number} riunioni con l'assessore e il segretario comunale." for number in range(40)]


def test_batches_and_order_do_not_change_the_result(trama, monkeypatch):
    segments = frame(*SPEECH)
    tokens, mentions = annotate(segments, trama)
    backwards = annotate(segments.iloc[::-1], trama)
    monkeypatch.setattr(annotation, "BATCH_CHARACTERS", 1)
    alone = annotate(segments, trama)
    monkeypatch.setattr(annotation, "BATCH_CHARACTERS", 500)
    several = annotate(segments, trama)
    pd.testing.assert_frame_equal(tokens, alone[0])
    pd.testing.assert_frame_equal(tokens, several[0])
    pd.testing.assert_frame_equal(mentions, several[1])
    turned = backwards[0].sort_values(["segment", "token"]).reset_index(drop=True)
    pd.testing.assert_frame_equal(tokens, turned)


def test_the_bundled_model_reads_italian(trama):
    tokens, mentions = annotate(frame("I sindaci parlavano con Mario Rossi a Brescia."), trama)
    lemmas = dict(zip(tokens["text"], tokens["lemma"], strict=True))
    assert (lemmas["sindaci"], lemmas["parlavano"]) == ("sindaco", "parlare")
    assert set(tokens["head"]) <= set(tokens["token"])
    assert ("Brescia", "LOC") in set(zip(mentions["surface"], mentions["label"], strict=True))
