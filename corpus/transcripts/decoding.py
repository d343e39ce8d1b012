"""Bytes to text, whatever program saved them. Refuses what is no text, and never guesses silently into rubbish."""

import re
import unicodedata

from charset_normalizer import from_bytes

from corpus.errors import study_error

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WESTERN = ["cp1252", "mac_roman", "cp850"]
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_HALVES = re.compile("[\ud800-\udfff]")


def decode(data: bytes, file: str) -> tuple[str, str]:
    """The text in `data`, composed (NFC), its line ends as LF, and the name of the encoding it was in.

    The byte order mark decides; else UTF-16 is known by its zero bytes; else UTF-8 if valid; else the best of the
    western encodings by charset-normalizer, cp1252 when it cannot tell.
    Raises StudyError when the bytes are no text.
    """
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _no_text(file) from None
    if _CONTROL.search(text):
        raise _no_text(file)
    return tidy(text), encoding


def tidy(text: str) -> str:
    """`text` composed (NFC) and with LF line ends, so that positions mean the same in every program.

    Half of a surrogate pair, which JSON can hold and no file can, becomes U+FFFD.
    """
    return unicodedata.normalize("NFC", _HALVES.sub("\ufffd", _LINE_ENDS.sub("\n", text)))


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:4096]
    if sample and b"\x00" in sample:
        odd, even = sample[1::2].count(0), sample[0::2].count(0)
        if max(odd, even) > len(sample) / 5 and min(odd, even) == 0:
            return "utf-16-le" if odd > even else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(data[:200_000], cp_isolation=_WESTERN, preemptive_behaviour=False).best()
        found = best.encoding if best else "cp1252"
        try:
            data.decode(found)
        except UnicodeDecodeError:
            return "latin-1"
        return "iso8859-15" if found == "cp1252" and _is_latin9(data) else found
    return "utf-8"


def _is_latin9(data: bytes) -> bool:
    """Whether the euro sign is where Latin-9 has it: nobody types the currency sign of Windows' set, `¤`."""
    return b"\xa4" in data and not any(0x80 <= octet < 0xA0 for octet in data)


def _no_text(file: str) -> Exception:
    return study_error(
        "il file non contiene testo leggibile: aprilo nel programma con cui è stato scritto e salvalo come testo UTF-8",
        "the file holds no readable text: open it in the program that wrote it and save it as UTF-8 text",
        file=file,
    )
