"""Emergent topics: what people talk of is found, named, traced to quotations, and found again."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from corpus.records import Theme
from corpus.schemas import TopicMembers, Topics
from corpus.words.phrase import Phrase
from nlp.measures.topic_classes import topics_by_class
from nlp.topics.clusters import TrimmedClusters
from nlp.topics.found_topics import TopicModel
from nlp.topics.topic_model import find_topics, topic_stability
from nlp.topics.topic_names import proposed_names
from nlp.topics.topic_themes import match_topics
from outputs.words.sentences import say
from tests.nlp.topic_study import FILLERS, TALK, WordEncoder, talk

THEMES = (
    Theme(
        "rifiuti",
        "Rifiuti",
        definition="Raccolta del rifiuto, cassonetto e sacco",
        include_terms=("rifiuto", "raccolta differenziata", "discarica"),
    ),
    Theme(
        "scuola", "Scuola", definition="La scuola, la maestra e la classe", include_terms=("scuola", "mensa", "asilo")
    ),
    Theme("tributi", "Tributi", definition="Le imposte del comune", include_terms=("imposta", "tassa")),
)


def model_topics(segments, tokens, embeddings, themes, encoder, *, seed):
    found = find_topics(segments, tokens, embeddings, encoder, seed=seed)
    return match_topics(found, segments, embeddings, themes, encoder)


def modelled(per_subject: int, themes: tuple[Theme, ...] = THEMES, seed: int = 1) -> tuple[TopicModel, pd.DataFrame]:
    segments, tokens = talk(per_subject)
    encoder = WordEncoder()
    return model_topics(segments, tokens, encoder.encode(segments["text"]), themes, encoder, seed=seed), segments


@pytest.fixture(scope="module")
def study() -> tuple[TopicModel, pd.DataFrame]:
    return modelled(40)


def subjects_of(segments: pd.DataFrame) -> pd.Series:
    """The subject of each segment, by its first word."""
    first = segments["text"].str.split().str[0]
    return pd.Series(
        [next(name for name, words in TALK.items() if word in words) for word in first], index=segments["segment"]
    )


def test_every_topic_is_about_one_subject_and_every_subject_has_one(study):
    model, segments = study
    spoken = segments[segments["role"] == "respondent"]
    members = model.members.assign(subject=model.members["segment"].map(subjects_of(spoken)))
    inside = members[members["topic"] >= 0]
    assert inside.drop_duplicates(["topic", "subject"])["topic"].is_unique
    assert set(inside["subject"]) == set(TALK)
    assert len(inside) >= 0.9 * len(members)


def test_words_and_names_of_topics_are_content_words_never_fillers(study):
    model, _ = study
    said = {word for words in model.topics["words"] for word in words.split("; ") if word}
    assert said <= {word for words in TALK.values() for word in words}
    assert not said & set(FILLERS)


def test_only_respondents_segments_enter_each_once(study):
    model, segments = study
    spoken = set(segments.loc[segments["role"] == "respondent", "segment"])
    assert set(model.members["segment"]) == spoken
    TopicMembers.validate(model.members)
    Topics.validate(model.topics)
    assert model.topics["segments"].sum() == len(spoken)
    assert model.topics["share"].sum() == pytest.approx(1, abs=1e-3)


def test_a_topic_has_three_quotations_of_three_respondents_and_outliers_none(study):
    model, segments = study
    quoted = model.members[model.members["representative"]].merge(segments[["segment", "respondent"]])
    per_topic = quoted.groupby("topic")["respondent"]
    assert (per_topic.size() == 3).all() and (per_topic.nunique() == 3).all()
    assert (quoted["topic"] >= 0).all()


def test_rubbish_and_school_are_in_the_codebook_and_buses_are_not_yet(study):
    model, segments = study
    spoken = segments[segments["role"] == "respondent"]
    subject = model.members.assign(subject=model.members["segment"].map(subjects_of(spoken)))
    subject = subject[subject["topic"] >= 0].groupby("topic")["subject"].first()
    themes = model.topics.set_index("topic")["theme"]
    found = {(subject[topic], themes[topic]) for topic in subject.index}
    assert {("rifiuti", "rifiuti"), ("scuola", "scuola"), ("autobus", "")} <= found
    assert all(theme in ("", about) for about, theme in found)
    assert model.topics.loc[model.topics["theme"] == "", "label"].str.len().gt(0).all()


def test_clear_topics_are_stable_and_the_note_gives_the_figures(study):
    model, _ = study
    clear = model.topics[model.topics["topic"] >= 0]
    assert model.rand > 0.5
    assert clear["stable"].equals(clear["stability"] >= 0.6)
    assert f"{model.rand:.2f}" in say(model.notes[0], "en")
    assert f"{model.rand:.2f}".replace(".", ",") in say(model.notes[0], "it")


def test_the_hierarchy_joins_all_topics_in_the_end(study):
    model, _ = study
    topics = set(model.topics.loc[model.topics["topic"] >= 0, "topic"])
    assert len(model.hierarchy) == len(topics) - 1
    assert set(map(int, model.hierarchy["topics"].iloc[0].split("; "))) == topics


def test_a_study_of_forty_segments_has_topics_by_a_simpler_way_and_says_so():
    model, _ = modelled(14)
    assert (model.topics["topic"] >= 0).sum() >= 2
    assert Phrase("topics.small") in model.notes


def test_a_study_of_thirty_segments_has_none_and_says_why():
    segments, tokens = talk(10)
    encoder = WordEncoder()
    model = model_topics(segments, tokens, encoder.encode(segments["text"]), THEMES, encoder, seed=1)
    assert model.topics.empty and model.members.empty
    assert "30 segmenti" in say(model.notes[0], "it") and "30 segments" in say(model.notes[0], "en")


def test_without_respondents_or_without_a_codebook_nothing_breaks():
    segments, tokens = talk(14)
    encoder = WordEncoder()
    vectors = encoder.encode(segments["text"])
    nobody = segments.assign(role="interviewer", respondent="")
    assert model_topics(nobody, tokens, vectors, THEMES, encoder, seed=1).topics.empty
    topics = model_topics(segments, tokens, vectors, (), encoder, seed=1).topics
    assert (topics["theme"] == "").all() and len(topics) >= 2


def test_the_order_of_the_input_changes_nothing(study):
    model, segments = study
    _, tokens = talk(40)
    order = np.random.default_rng(3).permutation(len(segments))
    shuffled = segments.iloc[order].reset_index(drop=True)
    encoder = WordEncoder()
    vectors = encoder.encode(shuffled["text"])
    mixed = tokens.sample(frac=1, random_state=4).reset_index(drop=True)
    again = model_topics(shuffled, mixed, vectors, THEMES, encoder, seed=1)
    pd.testing.assert_frame_equal(again.topics, model.topics)
    pd.testing.assert_frame_equal(again.members, model.members)
    assert again.notes == model.notes


def test_another_process_writes_the_same_bytes(study):
    model, _ = study
    program = (
        "from tests.nlp.test_topics import modelled\n"
        "model, _ = modelled(40)\n"
        "print(model.topics.to_csv() + model.members.to_csv() + model.hierarchy.to_csv(), end='')"
    )
    root = Path(__file__).resolve().parents[2]
    said = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert said.stdout == model.topics.to_csv() + model.members.to_csv() + model.hierarchy.to_csv()
    assert said.stderr == ""


def blobs(spread: float, rows: int = 400) -> np.ndarray:
    """Unit rows around three directions at right angles."""
    random = np.random.default_rng(2)
    points = np.repeat(np.eye(8)[:3], rows // 3, axis=0) + random.normal(0, spread, (rows // 3 * 3, 8))
    return points / np.linalg.norm(points, axis=1, keepdims=True)


def test_groups_far_apart_are_found_again_and_chance_groups_are_not():
    apart = blobs(0.1)
    mixed = blobs(5.0)
    model = TrimmedClusters(3, 10)
    clear = topic_stability(apart, model.fit(apart).labels_, model, seed=1)
    assert clear.rand > 0.99 and (clear.jaccard > 0.99).all()
    chance = TrimmedClusters(12, 5)
    vague = topic_stability(mixed, chance.fit(mixed).labels_, chance, seed=1)
    assert vague.rand < 0.6 and vague.jaccard.mean() < 0.7


def test_a_segment_near_no_topic_is_an_outlier():
    rows = np.vstack([blobs(0.05), np.eye(8)[7:]])
    found = TrimmedClusters(3, 10).fit(rows)
    assert found.labels_[-1] == -1 and found.probabilities_[-1] == 0
    assert set(found.labels_[:-1]) == {0, 1, 2}


def test_groups_smaller_than_the_least_size_are_dissolved():
    rows = blobs(0.05)
    assert (TrimmedClusters(3, len(rows)).fit(rows).labels_ == -1).all()


def test_topics_by_class_count_respondents_of_each_class():
    members = pd.DataFrame({"segment": ["A:1", "A:2", "B:1", "C:1"], "topic": [0, 0, 0, -1]})
    segments = pd.DataFrame({"segment": ["A:1", "A:2", "B:1", "C:1"], "respondent": ["A", "A", "B", "C"]})
    respondents = pd.DataFrame({"respondent": ["A", "B", "C"], "classe": ["piccolo", "grande", "grande"]})
    counted = topics_by_class(members, segments, respondents, "classe")
    assert counted[counted["topic"] == 0].to_dict("records") == [
        {"topic": 0, "class": "grande", "segments": 1, "share": 0.5, "respondents": 1, "n": 2},
        {"topic": 0, "class": "piccolo", "segments": 2, "share": 1.0, "respondents": 1, "n": 1},
    ]


def test_a_name_to_propose_is_the_phrase_that_the_topic_alone_uses():
    said = {"A:1": "raccolta differenziata", "A:2": "raccolta differenziata", "B:1": "consiglio comunale"}
    rows = [
        (segment, place, word, pos)
        for segment, text in (said | {"B:2": "consiglio comunale"}).items()
        for place, (word, pos) in enumerate(zip(text.split(), ("NOUN", "ADJ"), strict=True))
    ]
    tokens = pd.DataFrame(rows, columns=["segment", "token", "text", "pos"]).assign(lemma=lambda frame: frame["text"])
    topics = {"A:1": 0, "A:2": 0, "B:1": 1, "B:2": -1}
    names = proposed_names(topics, tokens, [["raccolta", "sacco"], ["consiglio"]], {"consiglio": "consigli"})
    assert names == ["Raccolta differenziata", "Consigli"]


def test_fewer_than_ten_segments_are_no_topics_and_no_crash():
    segments, tokens = talk(3)
    encoder = WordEncoder()
    model = model_topics(segments, tokens, encoder.encode(segments["text"]), THEMES, encoder, seed=1)
    assert model.topics.empty and "9 segmenti" in say(model.notes[0], "it")


def test_a_changed_codebook_matches_the_same_topics_anew(study):
    model, segments = study
    vectors = WordEncoder().encode(segments["text"])
    without = match_topics(model, segments, vectors, (), WordEncoder())
    assert set(without.topics["theme"]) == {""} and set(model.topics["theme"]) > {""}
    again = match_topics(without, segments, vectors, THEMES, WordEncoder())
    pd.testing.assert_frame_equal(again.topics, model.topics)
