"""Italian: the spaCy pipeline and how it is loaded, and what is known of Italian places, bodies and sums.

It never reads a study and never downloads anything.
"""

from nlp.italian.loading import describe_pipeline, load_pipeline, pipeline_fingerprint

__all__ = ["describe_pipeline", "load_pipeline", "pipeline_fingerprint"]
