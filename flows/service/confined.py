"""What in a study leads out of its folder: links, paths and addresses in study.toml. A service follows none.

Whoever may write into a study's folder must not make the service read, or write, what only the service's user may.
"""

import os
from pathlib import Path

from corpus.errors import StudyError, study_error
from corpus.settings import FILE, LEAVING, Settings, read_settings


def check_confined(folder: Path) -> None:
    """Raise StudyError for a symbolic link, or a path or address in study.toml, that leads out of the study."""
    home = folder.resolve()
    for place, folders, files in os.walk(folder):
        for entry in sorted(folders + files):
            path = Path(place, entry)
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                raise _leads_out(path.relative_to(folder).as_posix(), folder.name)
    settings = _settings(folder)
    if settings is None:
        return
    # Without this key no address that leads off the machine is read, and no model that runs elsewhere is asked.
    if settings.asks_llm and settings.llm.texts_may_leave_this_machine_for:
        raise study_error(
            f"`llm.{LEAVING}` porta fuori da questa macchina (studio «{folder.name}»): il servizio non vi manda "
            "interviste; chi può lo fa con `trama run`",
            f"`llm.{LEAVING}` leads off this machine (study `{folder.name}`): the service sends no interviews there; "
            "who may do so uses `trama run`",
            file=FILE,
        )
    for key, value in _paths(settings).items():
        if "\0" in value or not (folder / value).resolve().is_relative_to(home):
            raise _path_out(key, folder.name)


def _settings(folder: Path) -> Settings | None:
    """The study's settings; None where they cannot be read, which the run itself reports."""
    try:
        return read_settings(folder)
    except StudyError:
        return None


def _paths(settings: Settings) -> dict[str, str]:
    """The paths that study.toml gives. An encoder is one when it names a folder: a model's folder may hold pickles."""
    _, _, model = settings.analysis.encoder.partition(":")
    encoder = {"encoder": str(Path(model).absolute())} if model and Path(model).exists() else {}
    private = settings.privacy
    written = settings.outputs
    return {"names_file": private.names_file, "key_folder": private.key_folder, "template": written.template, **encoder}


def _leads_out(shown: str, study: str) -> StudyError:
    return study_error(
        f"«{shown}» è un collegamento che porta fuori dallo studio «{study}»: mettici il file stesso",
        f"`{shown}` is a link that leads out of the study `{study}`: put the file itself there",
    )


def _path_out(key: str, study: str) -> StudyError:
    return study_error(
        f"`{key}` porta fuori dallo studio «{study}»: il servizio lavora solo dentro la sua cartella",
        f"`{key}` leads out of the study `{study}`: the service works inside its folder only",
        file=FILE,
    )
