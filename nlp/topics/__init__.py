"""Emergent topics: found by BERTopic, named, checked for stability, set against the codebook. Codes no theme."""

from nlp.topics.topic_model import TopicModel, find_topics, match_topics

__all__ = ["TopicModel", "find_topics", "match_topics"]
