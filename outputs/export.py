"""The results of a finished run in the formats asked for, without computing anything again. Room outputs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import study_error
from corpus.input_files import input_hashes
from corpus.language import Language
from corpus.spelling import suggestion
from corpus.study import Study, read_study
from outputs.csv_tables import write_csv, write_dictionary
from outputs.run_folder import find_run
from outputs.run_record import RunRecord, read_run
from outputs.tables.table import Table

EXPORT = "export"
FORMATS = ("xlsx", "docx", "pptx", "html", "csv", "parquet", "figures", "qdpx", "qdc")
_DOCUMENT, _SLIDES, _PAGE, _BOOK = "rapporto.docx", "presentazione.pptx", "rapporto.html", "tabelle.xlsx"
_PROJECT, _CODEBOOK = "progetto.qdpx", "codebook.qdc"


@dataclass(frozen=True)
class _Wanted:
    run: RunRecord
    tables: tuple[Table, ...]
    named: tuple[str, ...]
    study: Path
    folder: Path
    template: Path | None


def export_study(
    study: Path,
    formats: Sequence[str],
    *,
    tables: Sequence[str] = (),
    language: Language | None = None,
    output: Path | None = None,
    template: Path | None = None,
    run: str = "",
) -> list[Path]:
    """Write the results of a run of the study (default: the latest) in `formats` (of FORMATS) and return the files.

    `study` may also be a run's folder. `tables` are keys of tables (default: all). `output` is the folder to write
    into, by default `export/` in the study. Another `language` than the run's, the page, qdpx and qdc need
    the study's files unchanged since the run. Raises StudyError: no run, unknown format or table, files changed since.
    """
    _known("formato", "format", formats, FORMATS)
    folder = find_run(study / run if run else study)
    record = read_run(folder)
    home = folder.parent.parent
    if language and language != record.language:
        record = _translated(record, _unchanged_study(home, record), language)
    _known("tabella", "table", tables, [table.key for table in record.tables])
    chosen = tuple(table for table in record.tables if not tables or table.key in tables)
    target = output or home / EXPORT
    target.mkdir(parents=True, exist_ok=True)
    wanted = _Wanted(record, chosen, tuple(tables), home, target, template)
    return [path for name in dict.fromkeys(formats) for path in _WRITERS[name](wanted)]


def _known(it: str, en: str, asked: Sequence[str], known: Sequence[str]) -> None:
    for name in asked:
        if name not in known:
            hint, names = suggestion(name, known), ", ".join(known)
            raise study_error(
                f"{it} `{name}` sconosciuto{hint.it}: ci sono {names}" if it == "formato"
                else f"{it} `{name}` sconosciuta{hint.it}: ci sono {names}",
                f"unknown {en} `{name}`{hint.en}: there are {names}",
            )  # fmt: skip


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
    from nlp.privacy.study import pseudonymise_study

    return pseudonymise_study(study, load_pipeline(run.settings.analysis.model), home).study


def _translated(run: RunRecord, study: Study, language: Language) -> RunRecord:
    from outputs.tables import build_tables

    return replace(run, language=language, tables=tuple(build_tables(study, run.results, language)))


def _xlsx(wanted: _Wanted) -> list[Path]:
    from outputs.workbook import write_workbook

    title = wanted.run.settings.study.title
    return [write_workbook(wanted.tables, wanted.folder / _BOOK, wanted.run.language, title)]


def _docx(wanted: _Wanted) -> list[Path]:
    from outputs.document import write_document

    return [write_document(wanted.run, wanted.folder / _DOCUMENT, _template(wanted), wanted.named)]


def _template(wanted: _Wanted) -> Path | None:
    named = wanted.run.settings.outputs.template
    path = wanted.template or (wanted.study / named if named else None)
    if path is not None and not path.is_file():
        raise study_error("il modello di Word non c'è", "the Word template is not there", file=str(path))
    return path


def _pptx(wanted: _Wanted) -> list[Path]:
    from outputs.slides import write_slides

    return [write_slides(wanted.run, wanted.folder / _SLIDES)]


def _html(wanted: _Wanted) -> list[Path]:
    from outputs.page import write_page

    study = _unchanged_study(wanted.study, wanted.run)
    path = wanted.folder / _PAGE
    tables = wanted.run.tables  # the page opens numbers through the table of codings, so it has them all
    return [write_page(study, wanted.run.results, tables, path, wanted.run.language)]


def _csv(wanted: _Wanted) -> list[Path]:
    return write_csv(wanted.tables, wanted.folder / "tabelle", wanted.run.language)


def _parquet(wanted: _Wanted) -> list[Path]:
    from outputs.parquet_tables import write_parquet

    folder = wanted.folder / "parquet"
    written = write_parquet(wanted.tables, folder)
    return [*written, write_dictionary(wanted.tables, folder / "dizionario.csv", wanted.run.language)]


def _figures(wanted: _Wanted) -> list[Path]:
    from outputs.figures import build_figures, write_figures

    return write_figures(build_figures(wanted.run), wanted.folder / "figure", wanted.run.language)


def _qdpx(wanted: _Wanted) -> list[Path]:
    from outputs.refi.project import write_qdpx

    study = _unchanged_study(wanted.study, wanted.run)
    return [write_qdpx(study, wanted.run.results, wanted.folder / _PROJECT)]


def _qdc(wanted: _Wanted) -> list[Path]:
    from outputs.refi.codebook import write_qdc

    study = _unchanged_study(wanted.study, wanted.run)
    return [write_qdc(study.themes, wanted.folder / _CODEBOOK, study.settings.study.title)]


_WRITERS: dict[str, Callable[[_Wanted], list[Path]]] = {
    "xlsx": _xlsx,
    "docx": _docx,
    "pptx": _pptx,
    "html": _html,
    "csv": _csv,
    "parquet": _parquet,
    "figures": _figures,
    "qdpx": _qdpx,
    "qdc": _qdc,
}
