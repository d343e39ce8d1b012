"""The files of a study that a run reads, by what is in them: what tells one state of a study from another."""

from pathlib import Path

from corpus.codebook.theme_codebook import ALSO as CODEBOOKS
from corpus.codebook.theme_codebook import FILE as CODEBOOK
from corpus.codings.link_decisions import FILE as LINKS
from corpus.codings.opened_codings import find_codings
from corpus.errors import StudyError
from corpus.memos.memo_files import find_memo_files
from corpus.new_study.example import folder_read
from corpus.questionnaire.answers import FILE as QUESTIONNAIRE
from corpus.questionnaire.item_codebook import find_questionnaire_codebook
from corpus.questionnaire.surveys import ALSO as SURVEYS
from corpus.respondents.respondents_list import FILE as RESPONDENTS
from corpus.settings import FILE as SETTINGS
from corpus.settings import read_settings
from corpus.store import file_hash
from corpus.tables.sheets import file_name, find_table
from corpus.transcripts import find_transcripts


def input_hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every input file of the study, by its path with `/` in the folder that is read, in their order."""
    folder = folder_read(folder)
    return {file.relative_to(folder).as_posix(): file_hash(file) for file in input_files(folder)}


def input_files(folder: Path) -> list[Path]:
    """The paths of the study's input files, in their order; `folder` is the one that is read (folder_read)."""
    tables = (
        SETTINGS,
        find_table(folder, RESPONDENTS),
        find_table(folder, QUESTIONNAIRE, SURVEYS),
        find_questionnaire_codebook(folder),
        find_table(folder, CODEBOOK, CODEBOOKS),
        find_table(folder, LINKS),
    )
    files = [path for name in dict.fromkeys(tables) if (path := folder / name).is_file()]
    files += [path for path in find_transcripts(folder) if path.is_file()]
    files += find_codings(folder)
    files += [path for path in find_memo_files(folder) if path.is_file()]
    files += _named_files(folder)
    return sorted(files)


def _named_files(folder: Path) -> list[Path]:
    """The files that study.toml points to, if it can be read: a list of names, the Word template of every run."""
    try:
        settings = read_settings(folder)
    except StudyError:
        return []
    template = settings.outputs.template if "docx" in settings.outputs.formats else ""
    named = {file_name(folder, file) for file in (settings.privacy.names_file, template) if file}
    return [folder / file for file in named if (folder / file).is_file()]
