"""The example inside a new study's folder: a study of its own, read while the folder around it holds nothing else."""

from pathlib import Path

from corpus.codebook.theme_codebook import ALSO as CODEBOOKS
from corpus.codebook.theme_codebook import FILE as CODEBOOK
from corpus.codings.human_codings import FILE as CODINGS
from corpus.codings.link_decisions import FILE as LINKS
from corpus.errors import Notebook, Problem
from corpus.questionnaire.answers import FILE as QUESTIONNAIRE
from corpus.questionnaire.item_codebook import FILE as ITEMS
from corpus.questionnaire.surveys import ALSO as SURVEYS
from corpus.respondents.respondents_list import FILE as RESPONDENTS
from corpus.settings import FILE as SETTINGS
from corpus.tables.sheets import find_table, holds_rows
from corpus.transcripts import find_transcripts
from corpus.words.language import Language

NAMES: dict[Language, str] = {"it": "esempio", "en": "example"}
_TABLES = (RESPONDENTS, CODEBOOK, QUESTIONNAIRE, ITEMS, CODINGS, LINKS)


def folder_read(study: Path) -> Path:
    """The folder whose files are the study: `study`, or its example while it has no transcript and no table of its own.

    The example must be a real folder: a link may lead out of the study.
    """
    folders = (study / name for name in NAMES.values())
    examples = [folder for folder in folders if not folder.is_symlink() and (folder / SETTINGS).is_file()]
    return examples[0] if examples and not _is_begun(study) else study


def check_example(study: Path) -> tuple[Problem, ...]:
    """A warning that the study's example is read and not the study, where it is so."""
    example = folder_read(study)
    notebook = Notebook("transcripts/")
    if example != study:
        notebook.warning(
            f"non c'è ancora nessuna intervista: è letto l'esempio che sta in {example.name}/",
            f"there is no interview yet: the example in {example.name}/ is read",
        )
    return notebook.problems


def _is_begun(study: Path) -> bool:
    tables = (study / find_table(study, table, (*SURVEYS, *CODEBOOKS)) for table in _TABLES)
    return bool(find_transcripts(study)) or any(table.is_file() and holds_rows(table) for table in tables)
