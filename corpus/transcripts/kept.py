"""Transcripts as they were read before, out of the store while file and reader are the same. Opens no file itself."""

import hashlib
from collections.abc import Callable

import pyarrow as pa
from pydantic import TypeAdapter

from corpus.fingerprint import code_of
from corpus.records import Transcript
from corpus.store import Store, content_key

_JSON = "transcript"
_TRANSCRIPT = TypeAdapter(Transcript)


def transcript_hash(transcript: Transcript) -> str:
    """A hash of everything that a transcript says, its places and times too."""
    return hashlib.sha256(_TRANSCRIPT.dump_json(transcript)).hexdigest()


def kept_or_read(
    store: Store,
    data: bytes,
    file: str,
    known: frozenset[str],
    read: Callable[[bytes, str, frozenset[str]], Transcript],
) -> Transcript:
    """What `read(data, file, known)` returns, from the store if it was read before; what it raises is not kept.

    A kept transcript is one cell of JSON, checked against the record's types when it is read.
    """
    digest = hashlib.sha256(data).hexdigest()
    key = content_key("transcript", code_of(read), digest, file, sorted(known))
    table = store.read_table(key)
    if table is not None:
        try:
            return _TRANSCRIPT.validate_json(table[_JSON][0].as_py())
        except (KeyError, IndexError, ValueError):
            store.drop(key)
    transcript = read(data, file, known)
    store.write_table(key, pa.table({_JSON: [_TRANSCRIPT.dump_json(transcript).decode()]}))
    return transcript
