"""Zip containers of office documents, opened within bounds. Writes nothing to disk, so no member can escape."""

import io
import zipfile

from corpus.errors import StudyError, study_error

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 5_000


def open_archive(data: bytes, file: str) -> zipfile.ZipFile:
    """The archive in `data`.

    Raises StudyError when it is damaged, or unpacks to more than 200 MB, to more than 200 times its size (counted from
    5 MB on), or to more than 5,000 members. Sizes are those the archive declares; zipfile never unpacks more than that.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise damaged(file) from None
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    bomb = unpacked > 5 * 1024 * 1024 and unpacked > MAX_RATIO * len(data)
    if bomb or unpacked > MAX_UNPACKED or len(members) > MAX_MEMBERS:
        raise study_error(
            "il file compresso si espande oltre il limite ammesso: aprilo e salvalo di nuovo, senza immagini",
            "the compressed file unpacks beyond what is allowed: open it and save it again, without pictures",
            file=file,
        )
    return archive


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
