"""Which reader reads which file, and the guards before any of them: place, size, emptiness. Knows no format itself."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath

from corpus.errors import as_study_error, study_error
from corpus.records import Transcript
from corpus.store import Store
from corpus.transcripts.docx import read_docx
from corpus.transcripts.elan import read_elan
from corpus.transcripts.kept import kept_or_read
from corpus.transcripts.labelled import read_labels
from corpus.transcripts.leftovers import tell_leftovers
from corpus.transcripts.mending import mend
from corpus.transcripts.odt import read_odt
from corpus.transcripts.otranscribe import read_otranscribe
from corpus.transcripts.pdf import read_pdf
from corpus.transcripts.plain import read_plain
from corpus.transcripts.praat import read_praat
from corpus.transcripts.recognition import read_recognition
from corpus.transcripts.rtf import read_rtf
from corpus.transcripts.separated_text import read_speech_table
from corpus.transcripts.subtitles import read_subtitles
from corpus.transcripts.text import Text
from corpus.transcripts.timed_text import read_timed_text
from corpus.transcripts.utterances import build_transcript
from corpus.words.spelling import clean_cell

FOLDER = "transcripts"
MAX_BYTES = 50 * 1024 * 1024
MAX_CHARACTERS = 5_000_000  # some eighty hours of talk

# A reader takes the file's bytes and the name it goes by in messages.
READERS: dict[str, Callable[[bytes, str], Text]] = {
    ".txt": read_plain,
    ".md": read_plain,
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), read_docx),
    **dict.fromkeys((".odt", ".ott", ".fodt"), read_odt),
    ".rtf": read_rtf,
    ".pdf": read_pdf,
    ".eaf": read_elan,
    ".textgrid": read_praat,
    ".vtt": read_subtitles,
    ".srt": read_subtitles,
    ".sbv": read_subtitles,
    **dict.fromkeys((".ttml", ".dfxp"), read_timed_text),
    ".json": read_recognition,
    ".otr": read_otranscribe,
    ".tsv": read_speech_table,
    ".csv": read_speech_table,
}

_SIGNS = {b"{\\rtf": ".rtf", b"%PDF-": ".pdf"}


def find_transcripts(folder: Path) -> list[Path]:
    """Every file in `folder/transcripts` in the order of its path, hidden files and lock files left out.

    Files that no reader knows are in the list too: `read_transcript` says what is wrong with them.
    """
    root = folder / FOLDER
    files = (path for path in root.rglob("*") if path.is_symlink() or path.is_file())
    return sorted(
        (path for path in files if not is_hidden(path.relative_to(root))),
        key=lambda path: path.relative_to(root).as_posix(),
    )


def is_hidden(path: Path) -> bool:
    """Whether it, or a folder that it is in, is hidden or the lock of a file that somebody has open."""
    return any(part.startswith((".", "~$")) for part in path.parts)


def read_transcript(path: Path, folder: Path, known: Iterable[str] = (), store: Store | None = None) -> Transcript:
    """The interview in `path`, a file inside the study's `folder`; with a `store`, as it was read before, if it was.

    `known` are speakers' labels that the study names. Raises StudyError when the file lies outside the folder (by a
    symbolic link), is bigger than 50 MB, or for any reason of `transcript_of`.
    """
    file = _name_in_study(path, folder)
    _reader(file)  # before any byte of it is read
    data = _read_bytes(path, file)
    return (
        kept_or_read(store, data, file, frozenset(known), transcript_of) if store else transcript_of(data, file, known)
    )


def transcript_of(data: bytes, file: str, known: Iterable[str] = ()) -> Transcript:
    """The interview in `data`, a file that goes by the name `file`; its id is the name without ending, composed (NFC).

    Raises StudyError when it is of an unknown format, empty, damaged, names no speaker, or stops a library.
    """
    with as_study_error(file):
        return _read(data, file, known)


def _read(data: bytes, file: str, known: Iterable[str]) -> Transcript:
    reader = _reader_of_content(data) or _reader(file)
    if not data.strip():
        raise _empty(file)
    try:
        text = reader(data, file)
    except (RecursionError, MemoryError):
        raise study_error(
            "il file è annidato oltre ogni misura, forse è rovinato: esportalo di nuovo",
            "the file is nested beyond measure, perhaps damaged: export it again",
            file=file,
        ) from None
    text = mend(text)
    if not text.lines:
        raise _empty(file)
    if len(text.source) > MAX_CHARACTERS:
        raise study_error(
            f"il testo è troppo lungo per un'intervista ({len(text.source) // 10**6} milioni di caratteri): dividilo",
            f"the text is too long for an interview ({len(text.source) // 10**6} million characters): split it",
            file=file,
        )
    labelled = read_labels(text, file, frozenset(label.casefold() for label in known))
    digest = hashlib.sha256(data).hexdigest()
    transcript = build_transcript(labelled, id=clean_cell(PurePath(file).stem), file=file, sha256=digest)
    return tell_leftovers(transcript, data)


def _reader_of_content(data: bytes) -> Callable[[bytes, str], Text] | None:
    """The reader of what says itself what it is: some programs save an RTF or a PDF under another ending."""
    return next((READERS[ending] for sign, ending in _SIGNS.items() if data.startswith(sign)), None)


def _reader(file: str) -> Callable[[bytes, str], Text]:
    suffix = PurePath(file).suffix
    reader = READERS.get(suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise study_error(
            f"formato non riconosciuto `{suffix}`: salva la trascrizione in uno di questi: {known}",
            f"unknown format `{suffix}`: save the transcript as one of these: {known}",
            file=file,
        )
    return reader


def _name_in_study(path: Path, folder: Path) -> str:
    root = folder.resolve()
    target = path.resolve()
    if not target.is_relative_to(root):
        raise study_error(
            "il file è un collegamento che porta fuori dalla cartella dello studio: copia il file vero nella cartella",
            "the file is a link that leads out of the study folder: copy the real file into the folder",
            file=path.name,
        )
    lexical = path.absolute()
    name = (lexical if lexical.is_relative_to(root) else target).relative_to(root).as_posix()
    shown = name.encode(errors="replace").decode()
    if shown != name:  # as archives of other systems leave names, in bytes that are no UTF-8
        raise study_error(
            "il nome del file contiene lettere che questo computer non sa leggere (qui un `?`): rinominalo",
            "the file's name has letters that this computer cannot read (here a `?`): rename it",
            file=shown,
        )
    return name


def _read_bytes(path: Path, file: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise study_error(
                f"il file è troppo grande ({size // 2**20} MB, al massimo {MAX_BYTES // 2**20}): dividilo in più file",
                f"the file is too big ({size // 2**20} MB, at most {MAX_BYTES // 2**20}): split it into several files",
                file=file,
            )
        data = path.read_bytes()
    except OSError as error:
        raise study_error(
            f"il file non si può leggere ({error.strerror}): controlla che esista e i permessi",
            f"the file cannot be read ({error.strerror}): check that it exists, and its permissions",
            file=file,
        ) from None
    return data


def _empty(file: str) -> Exception:
    return study_error(
        "la trascrizione è vuota: aggiungi il testo o togli il file",
        "the transcript is empty: add the text or remove the file",
        file=file,
    )
