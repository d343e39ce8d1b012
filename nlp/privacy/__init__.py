"""Who and what in a study could be recognised: names of people and the figures that belong to one person alone.

Frames and records in, a masker out; it writes nothing and keeps no key itself (corpus.pseudonyms does).
"""

from nlp.privacy.masker import Masker, build_masker

__all__ = ["Masker", "build_masker"]
