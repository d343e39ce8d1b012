"""Bytes to text, whatever program saved them: the one place that guesses an encoding, of transcripts and of tables.

Refuses what is no text, and never guesses silently into rubbish.
"""

import re

from corpus.errors import study_error
from corpus.words.spelling import tidy

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WESTERN = ("cp1252", "mac_roman", "cp850")  # Windows, Mac OS 9 and Excel for Mac, DOS; the first where they are equal
_AT_HOME = re.compile("(?<![aeo])[àèéìòù](?![^\\W\\d_])|[ÀÈÉÌÒÙ](?![a-z])")  # at a word's end, not after a, e, o
_OF_A_WESTERN_TEXT = re.compile("[’‘“”«»–…€•°áíóúâêîôûäëïöüãõåæøçñßÁÉÄÖÜÅØÑŒœ¿¡§©®²³½\u00a0]")
_SCORED = 1_000_000  # characters by which an encoding is chosen
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_STRAY = 3


def decode(data: bytes, file: str) -> tuple[str, str]:
    """The text in `data`, composed (NFC), its line ends as LF, and the name of the encoding it was in.

    Raises StudyError when the bytes are no text.
    """
    text, encoding = decode_exactly(data, file)
    return tidy(text), encoding


def decode_exactly(data: bytes, file: str) -> tuple[str, str]:
    """The text in `data` sign by sign, its line ends as they are, and the name of the encoding it was in.

    The byte order mark decides; else UTF-16 is known by its zero bytes; else UTF-8 if valid; else the western encoding
    in which the text reads most like words. A stray control character stays, for whoever reads on to take out and tell;
    what holds many is no text. Raises StudyError when the bytes are no text.
    """
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _no_text(file) from None
    if len(_CONTROL.findall(text)) > max(_STRAY, len(text) // 100):
        raise _no_text(file)
    return text, encoding


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:4096]
    if sample and b"\x00" in sample:
        odd = sample[1::2].count(0)
        even = sample[0::2].count(0)
        if max(odd, even) > len(sample) / 5 and min(odd, even) == 0:
            return "utf-16-le" if odd > even else "utf-16-be"
    if _decoded(data, "utf-8") is not None:
        return "utf-8"
    return "iso8859-15" if _is_latin9(data) else _western(data)


def _western(data: bytes) -> str:
    """The western encoding in which what is not ASCII reads most like Italian, `latin-1` where none can hold it.

    charset-normalizer, made for pages of text, took 127 of 143 short tables of Mac OS for Windows' own.
    """
    texts = {encoding: text for encoding in _WESTERN if (text := _decoded(data, encoding)) is not None}
    return max(texts, key=lambda encoding: _likeness(texts[encoding][:_SCORED]), default="latin-1")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likeness(text: str) -> int:
    """How much the signs that are not ASCII are those of a text: an accented letter in its place counts most."""
    strange = sum(not sign.isascii() for sign in text)
    return 3 * len(_AT_HOME.findall(text)) + 2 * len(_OF_A_WESTERN_TEXT.findall(text)) - strange


def _is_latin9(data: bytes) -> bool:
    """Whether the euro sign is where Latin-9 has it: nobody types the currency sign of Windows' set, `¤`."""
    return b"\xa4" in data and not any(0x80 <= octet < 0xA0 for octet in data)


def _no_text(file: str) -> Exception:
    return study_error(
        "il file non contiene testo leggibile: aprilo nel programma con cui è stato scritto e salvalo come testo UTF-8 "
        "(una tabella come CSV UTF-8)",
        "the file holds no readable text: open it in the program that wrote it and save it as UTF-8 text "
        "(a table as CSV UTF-8)",
        file=file,
    )
