"""Interviews as researchers bring them, one reader a file format. Decides no roles and never writes a file."""

from corpus.transcripts.registry import READERS, find_transcripts, read_transcript, transcript_of

__all__ = ["READERS", "find_transcripts", "read_transcript", "transcript_of"]
