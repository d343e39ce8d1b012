"""A new study folder from the commented template in corpus/template. Never writes over what is there."""

import shutil
from pathlib import Path, PurePosixPath

from corpus.errors import StudyError, study_error
from corpus.new_study.example import NAMES
from corpus.transcripts.registry import FOLDER as TRANSCRIPTS
from corpus.words.language import Language

TEMPLATE = Path(__file__).parents[1] / "template"


def create_study(folder: Path, language: Language = "it") -> tuple[str, ...]:
    """Makes `folder` (and its parents) a study to fill in; returns the files written, by path in the folder.

    Nothing in it counts as data; its example is a study inside it (corpus.new_study.example), so that it can be run at
    once. README.md and the comments of study.toml are in `language`. Raises StudyError when the folder holds anything,
    is a file, or cannot be written.
    """
    check_empty(folder)
    files = {
        **_files(TEMPLATE / "tables"),
        **_files(TEMPLATE / language),
        **_files(TEMPLATE / "example", under=NAMES[language]),
    }
    try:
        (folder / TRANSCRIPTS).mkdir(parents=True, exist_ok=True)
        for name, path in sorted(files.items()):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    except OSError as error:
        raise unwritable(folder, error) from None
    return tuple(sorted(files))


def _files(source: Path, under: str = "") -> dict[str, Path]:
    """The files of a part of the template, by the path in the new study's folder."""
    paths = (path for path in source.rglob("*") if path.is_file())
    return {(PurePosixPath(under) / path.relative_to(source).as_posix()).as_posix(): path for path in paths}


def check_empty(folder: Path) -> None:
    """Raises StudyError when `folder` is a file or holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise study_error(
            f"`{folder}` esiste già e non è una cartella vuota: scegli un altro nome",
            f"`{folder}` exists already and is not an empty folder: choose another name",
        )


def unwritable(folder: Path, error: OSError) -> StudyError:
    """What to say of a folder into which nothing can be written."""
    return study_error(
        f"`{folder}` non si può scrivere ({error.strerror})", f"`{folder}` cannot be written ({error.strerror})"
    )
