"""How a segment is judged against the themes of a codebook: terms, evidence, models, and what people teach.

Judges segments that others cut and annotated; nlp.coding turns the judgements into codings.
"""
