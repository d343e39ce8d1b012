"""A study without its names, and the key in its folder: read before, written back before anything else is."""

from pathlib import Path
from typing import Any

from corpus.errors import study_error
from corpus.files.decoding import decode
from corpus.pseudonyms.key import Key, key_folder, read_key, write_key
from corpus.pseudonyms.masking import Masked, mask_study
from corpus.settings import PrivacySection
from corpus.study import Study
from corpus.tables.sheets import read_input
from nlp.privacy.masker import Masker, build_masker


def pseudonymise_study(study: Study, pipeline: Any, folder: Path) -> Masked:
    """The study in `folder` without originals. The key is written before it returns.

    Raises StudyError for a list of names or a key that cannot be read, OSError when the key cannot be written.
    """
    folder_of_key = key_folder(folder, study.settings.privacy.key_folder)
    masker = masker_of(study, pipeline, folder)
    masked = mask_study(study, masker.find)
    files = {transcript.id: transcript.file for transcript in masked.study.transcripts}
    positions = {}
    for name, edited in masked.sources.items():
        positions[files[name]] = [
            (edit.start, edit.end, edit.pseudonym, new, new + len(edit.pseudonym)) for edit, new in edited.places()
        ]
    write_key(folder_of_key, masker.people.key, positions)
    return masked


def masker_of(study: Study, pipeline: Any, folder: Path) -> Masker:
    """The study's masker with the numbers of the key so far; writes nothing."""
    folder_of_key = key_folder(folder, study.settings.privacy.key_folder)
    key = read_key(folder_of_key) if folder_of_key.is_dir() else Key()
    return build_masker(study, pipeline, key, _listed_names(folder, study.settings.privacy))


def _listed_names(folder: Path, options: PrivacySection) -> tuple[str, ...]:
    if not options.names_file:
        return ()
    if Path(options.names_file).suffix.lower() not in (".txt", ".csv"):
        raise study_error(
            "`privacy.names_file`: serve un file di testo, un nome per riga",
            "`privacy.names_file`: a text file is needed, one name a line",
            file="study.toml",
        )
    lines = decode(read_input(folder, options.names_file), options.names_file)[0].splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
