"""Zip containers of office documents, opened within bounds. Writes nothing to disk, so no member can escape."""

import io
import zipfile
from pathlib import Path

from corpus.errors import StudyError, study_error

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 5_000
MAX_MEMBER = 100_000_000
_ENCRYPTED = 1  # the flag of a zip's member
# Office locks a document inside a container of the kind that its programs wrote before 2007; OpenDocument tells its
# manifest how each member is locked.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MANIFEST = "META-INF/manifest.xml"
_ODF_KEYS = b"encryption-data"
_SMALL = 5 * 1024 * 1024  # what unpacks to less may be packed as tightly as it likes


def open_archive(data: bytes, file: str) -> zipfile.ZipFile:
    """The archive in `data`.

    Raises StudyError when it is damaged, has a password, is of an Office before 2007, unpacks to more than 200 MB, to
    more than 200 times its size (counted from 5 MB on), or to more than 5,000 members. Sizes are those the archive
    declares; zipfile never unpacks more than that.
    """
    if data.startswith(_OLE):
        raise has_password(file) if _PACKAGE in data else _of_old_office(file)
    archive = _opened(io.BytesIO(data), file)
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    bomb = unpacked > _SMALL and unpacked > MAX_RATIO * len(data)
    if bomb or unpacked > MAX_UNPACKED or len(members) > MAX_MEMBERS:
        raise study_error(
            "il file compresso si espande oltre il limite ammesso: aprilo e salvalo di nuovo, senza immagini",
            "the compressed file unpacks beyond what is allowed: open it and save it again, without pictures",
            file=file,
        )
    if any(member.flag_bits & _ENCRYPTED for member in members) or _ODF_KEYS in (
        read_member(archive, _MANIFEST, file) or b""
    ):
        raise has_password(file)
    return archive


def open_large_archive(path: Path, file: str) -> zipfile.ZipFile:
    """The archive at `path`, which may hold recordings and is not read whole; its members: `read_bounded_member`.

    Raises StudyError when it is damaged.
    """
    return _opened(path, file)


def _opened(source: Path | io.BytesIO, file: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise damaged(file) from None


def read_bounded_member(archive: zipfile.ZipFile, name: str, file: str) -> bytes | None:
    """As `read_member`; raises StudyError too when the member unpacks to more than 100 MB or 200 times its size."""
    size = archive.getinfo(name).file_size
    if size > MAX_MEMBER or (size > _SMALL and size > MAX_RATIO * archive.getinfo(name).compress_size):
        raise study_error(
            f"`{Path(name).name}` si espande oltre il limite ammesso: esporta di nuovo il file dal suo programma",
            f"`{Path(name).name}` unpacks beyond what is allowed: export the file again from its program",
            file=file,
        )
    return read_member(archive, name, file)


def read_member(archive: zipfile.ZipFile, name: str, file: str) -> bytes | None:
    """The bytes of a member, None when there is none. Raises StudyError when it is damaged or encrypted."""
    try:
        return archive.read(name)
    except KeyError:
        return None
    except Exception:  # zipfile and its decompressors raise a dozen kinds for a damaged member
        raise damaged(file) from None


def damaged(file: str) -> StudyError:
    """What to say of an archive that cannot be opened."""
    return study_error(
        "il file è rovinato o protetto da password: aprilo nel programma con cui è stato scritto e salvalo di nuovo",
        "the file is damaged or has a password: open it in the program that wrote it and save it again",
        file=file,
    )


def has_password(file: str) -> StudyError:
    """What to say of a file, of whichever format, that only opens with a password."""
    return study_error(
        "il file è protetto da password: toglila nel programma con cui è stato scritto e salvalo di nuovo",
        "the file has a password: remove it in the program that wrote it and save it again",
        file=file,
    )


def _of_old_office(file: str) -> StudyError:
    return study_error(
        "è un file di Office di prima del 2007, come .doc o .xls: aprilo e salvalo di nuovo come .docx o .xlsx",
        "the file is of an Office before 2007, such as .doc or .xls: open it and save it again as .docx or .xlsx",
        file=file,
    )
