"""The results of a finished run in the formats asked for, without computing anything again. Room outputs."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from corpus.errors import study_error
from corpus.input_files import input_hashes
from corpus.refi.account import Account
from corpus.settings import wrong_audience
from corpus.study import Study, read_study
from corpus.words.audiences import Audience, audience_of
from corpus.words.language import Language
from corpus.words.spelling import suggestion
from outputs.formats import FORMATS, Leaving, write_formats
from outputs.run.folder import find_run
from outputs.run.record import RunRecord, read_run

EXPORT = "export"


def export_study(
    study: Path,
    formats: Sequence[str],
    *,
    tables: Sequence[str] = (),
    language: Language | None = None,
    output: Path | None = None,
    template: Path | None = None,
    run: str = "",
    profiles: bool = False,
    slides_for: str = "",
    tell: Callable[[Account], None] | None = None,
) -> list[Path]:
    """Write the results of a run of the study (default: the latest) in `formats` (of FORMATS) and return the files.

    `study` may also be a run's folder. `tables` are keys of tables (default: all). `output` is the folder to write
    into, by default `export/` in the study. `profiles` adds a page a respondent to the Word document. `slides_for`
    names an audience of corpus.words.audiences, if another than that of study.toml. `tell` is given the account of
    what a project for other programs keeps and what it cannot. The page, statistics, qdpx and qdc need the study's
    files unchanged since the run. Raises
    StudyError: no run, unknown format or table, files changed since.
    """
    _known("formato", "format", formats, FORMATS)
    folder = find_run(study / run if run else study)
    record = read_run(folder)
    home = folder.parent.parent
    if language:
        record = record.in_language(language)
    _known("tabella", "table", tables, [table.key for table in record.tables])
    chosen = tuple(table for table in record.tables if not tables or table.key in tables)
    target = output or home / EXPORT
    target.mkdir(parents=True, exist_ok=True)
    word = _template(record, home, template) if "docx" in formats else None
    study_once = cache(
        lambda: _unchanged_study(home, record)
    )  # page, statistics, qdpx and qdc ask for it; reading takes seconds
    leaving = Leaving(record, chosen, tuple(tables), study_once, word, profiles, _audience(slides_for))
    written = write_formats(leaving, formats, target)
    if tell and "qdpx" in formats:
        from outputs.refi import project_account

        tell(project_account(study_once(), record.results))
    return written


def _audience(asked: str) -> Audience | None:
    audience = audience_of(asked)
    if asked and audience is None:
        raise study_error(*wrong_audience("--slides-for", asked))
    return audience


def _known(it: str, en: str, asked: Sequence[str], known: Sequence[str]) -> None:
    for name in asked:
        if name not in known:
            hint = suggestion(name, known)
            names = ", ".join(known)
            raise study_error(
                f"{it} `{name}` sconosciuto{hint.it}: ci sono {names}" if it == "formato"
                else f"{it} `{name}` sconosciuta{hint.it}: ci sono {names}",
                f"unknown {en} `{name}`{hint.en}: there are {names}",
            )  # fmt: skip


def _template(run: RunRecord, home: Path, asked: Path | None) -> Path | None:
    named = run.settings.outputs.template
    path = asked or (home / named if named else None)
    if path is not None and not path.is_file():
        raise study_error("il modello di Word non c'è", "the Word template is not there", file=str(path))
    return path


def _unchanged_study(home: Path, run: RunRecord) -> Study:
    """The study as read again, with the run's pseudonyms if it has any; its files must be those of the run."""
    # By content alone: a run with pseudonyms calls its files by them.
    if not home.is_dir() or sorted(input_hashes(home).values()) != sorted(run.manifest["inputs"].values()):
        raise study_error(
            "i file dello studio sono cambiati dopo questa corsa: rifai `trama run`, poi esporta",
            "the study's files have changed since this run: `trama run` again, then export",
        )
    study = read_study(home)
    if not run.manifest.get("pseudonyms"):
        return study
    from nlp.italian import load_pipeline
    from nlp.privacy.study_masker import pseudonymise_study

    return pseudonymise_study(study, load_pipeline(run.settings.analysis.model), home).study
