"""The formats in which a run can leave, one function each. Room outputs: hands a finished run to its writers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from corpus.settings import Format
from corpus.study import Study
from corpus.words.audiences import Audience
from outputs.csv_tables import write_csv, write_dictionary
from outputs.run.folder import REPORT, TABLES, WORKBOOK
from outputs.run.record import RunRecord
from outputs.words.render import RenderedTable

FORMATS: tuple[str, ...] = get_args(Format)
_DOCUMENT = "rapporto.docx"
_SLIDES = "presentazione.pptx"
_PROJECT = "progetto.qdpx"
_CODEBOOK = "codebook.qdc"


@dataclass(frozen=True)
class Leaving:
    """A run on its way out: the tables wanted, and their names when only some were asked for.

    `study` gives what was read from the study's folder, for the formats that need more than the run keeps. `template`
    is a Word file whose styles the document takes; `profiles` asks it for a page a respondent. `audience` is whom the
    slides are for, if others than study.toml says.
    """

    run: RunRecord
    tables: tuple[RenderedTable, ...]
    named: tuple[str, ...]
    study: Callable[[], Study]
    template: Path | None = None
    profiles: bool = False
    audience: Audience | None = None


def write_formats(leaving: Leaving, formats: Sequence[str], folder: Path) -> list[Path]:
    """Write each of `formats` (of FORMATS) into `folder`, once, in the order given; the files. Raises StudyError."""
    return [path for name in dict.fromkeys(formats) for path in _WRITERS[name](leaving, folder)]


def _xlsx(leaving: Leaving, folder: Path) -> list[Path]:
    from outputs.workbook.workbook import write_workbook

    title = leaving.run.settings.study.title
    return [write_workbook(leaving.tables, folder / WORKBOOK, leaving.run.language, title)]


def _docx(leaving: Leaving, folder: Path) -> list[Path]:
    from outputs.document import write_document

    path = folder / _DOCUMENT
    profiles = leaving.profiles
    return [write_document(leaving.run, path, leaving.template, leaving.named, with_profiles=profiles)]


def _pptx(leaving: Leaving, folder: Path) -> list[Path]:
    from outputs.slides import write_slides

    return [write_slides(leaving.run, folder / _SLIDES, leaving.audience)]


def _html(leaving: Leaving, folder: Path) -> list[Path]:
    from outputs.page import write_page

    study = leaving.study()
    path = folder / REPORT
    tables = leaving.run.tables  # the page opens numbers through the table of codings, so it has them all
    return [write_page(study, leaving.run.results, tables, path, leaving.run.language)]


def _csv(leaving: Leaving, folder: Path) -> list[Path]:
    return write_csv(leaving.tables, folder / TABLES, leaving.run.language)


def _parquet(leaving: Leaving, folder: Path) -> list[Path]:
    from outputs.parquet_tables import write_parquet

    parquet = folder / "parquet"
    written = write_parquet(leaving.tables, parquet)
    return [*written, write_dictionary(leaving.tables, parquet / "dizionario.csv", leaving.run.language)]


def _figures(leaving: Leaving, folder: Path) -> list[Path]:
    from outputs.charts import charts_of
    from outputs.charts.pictures import write_charts

    return write_charts(charts_of(leaving.run), folder / "figure", leaving.run.language)


def _qdpx(leaving: Leaving, folder: Path) -> list[Path]:
    from outputs.refi.qdpx import write_qdpx

    study = leaving.study()
    return [write_qdpx(study, leaving.run.results, folder / _PROJECT)]


def _qdc(leaving: Leaving, folder: Path) -> list[Path]:
    from outputs.refi.qdc import write_qdc

    study = leaving.study()
    return [write_qdc(study.themes, folder / _CODEBOOK, study.settings.study.title)]


def _statistics(leaving: Leaving, folder: Path) -> list[Path]:
    from outputs.statistics import write_statistics

    study = leaving.study()
    return write_statistics(study, leaving.run.results, folder / "statistica", leaving.run.language)


_WRITERS: dict[str, Callable[[Leaving, Path], list[Path]]] = {
    "xlsx": _xlsx,
    "docx": _docx,
    "pptx": _pptx,
    "html": _html,
    "csv": _csv,
    "parquet": _parquet,
    "figures": _figures,
    "statistics": _statistics,
    "qdpx": _qdpx,
    "qdc": _qdc,
}
