"""Files with a password, of every format that can have one: the message says so, in the same words."""

import io
import zipfile

import pytest

from corpus.errors import StudyError
from corpus.files.archives import open_archive
from corpus.files.spreadsheets import read_ods, read_xlsx
from corpus.transcripts import transcript_of

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
LOCKED_OFFICE = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(1000)
KEYS = '<manifest:encryption-data manifest:checksum="x"/>'


def archive(members: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, data in members.items():
            target.writestr(name, data)
    return buffer.getvalue()


def manifest(name: str) -> str:
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entry = f'<manifest:file-entry manifest:full-path="{name}">{KEYS}</manifest:file-entry>'
    return f"<manifest:manifest {space}>{entry}</manifest:manifest>"


LOCKED_OPENDOCUMENT = archive({"content.xml": b"\x8f\x02\xff", "META-INF/manifest.xml": manifest("content.xml")})
# LibreOffice from 24.2 on locks the package as one member.
LOCKED_WHOLE = archive({"encrypted-package": b"\x8f\x02", "META-INF/manifest.xml": manifest("encrypted-package")})
LOCKED_ZIP = archive({"word/document.xml": "x"}).replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0")


@pytest.mark.parametrize("data", [LOCKED_OFFICE, LOCKED_OPENDOCUMENT, LOCKED_WHOLE, LOCKED_ZIP])
def test_a_file_with_a_password_says_so(data: bytes) -> None:
    readers = (
        lambda: transcript_of(data, "a.docx"),
        lambda: transcript_of(data, "a.odt"),
        lambda: read_xlsx(data, "a.xlsx"),
        lambda: read_ods(data, "a.ods"),
        lambda: open_archive(data, "a.qdpx"),
    )
    for read in readers:
        with pytest.raises(StudyError) as caught:
            read()
        assert "è protetto da password: toglila" in caught.value.say("it")
        assert "has a password: remove it" in caught.value.say("en")


@pytest.mark.parametrize("file", ["a.docx", "a.odt"])
def test_a_document_of_the_old_word_says_so(file: str) -> None:
    with pytest.raises(StudyError, match="prima del 2007"):
        transcript_of(OLE + "WordDocument".encode("utf-16-le"), file)
