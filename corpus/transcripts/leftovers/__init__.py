"""What is no speech and stays among the words of a turn: found, and told in one warning a kind. Changes no word."""

from corpus.transcripts.leftovers.telling import find_leftovers, tell_leftovers

__all__ = ["find_leftovers", "tell_leftovers"]
