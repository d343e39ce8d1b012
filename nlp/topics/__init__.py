"""Emergent topics: found by BERTopic, named, checked for stability, set against the codebook. Codes no theme."""
