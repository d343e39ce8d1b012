"""What a run keeps of itself, so that it can be asked, compared and exported later. Room outputs: computes nothing.

`dati/` in the run's folder holds the results and the tables as Parquet; with `manifest.json` they need nothing else.
"""

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from corpus.errors import study_error
from corpus.settings import Settings, parse_settings
from corpus.words.language import Bilingual, Language
from corpus.words.phrase import Phrase, from_json, pair, to_json
from nlp.results import Results
from outputs.parquet_tables import write_frame
from outputs.run.folder import DATA, TABLES
from outputs.run.kept_tables import keep_tables, read_tables
from outputs.run.manifest import FORMAT, read_manifest
from outputs.run.old_codes import frames_in_codes, table_in_codes
from outputs.tables.table import Table
from outputs.words.render import RenderedTable, render_all
from outputs.words.sentences import say

_NOTE = "phrase"  # the column in which notes are kept
_NULLABLE = ["start_ms", "end_ms"]  # whole numbers of which some or all may be missing


@dataclass(frozen=True)
class RunRecord:
    """A finished run as others use it: its tables, the language to read them in, the results and the manifest.

    `name` is that of the run's folder. A run of format 1 kept its tables in the words of one language, `worded`.
    """

    name: str
    language: Language
    data: tuple[Table, ...]
    results: Results
    manifest: dict[str, Any]
    worded: Language | None = None

    @cached_property
    def tables(self) -> tuple[RenderedTable, ...]:
        """The tables in words. Raises StudyError where this Trama no longer has the words of the run's."""
        try:
            return tuple(render_all(self.data, self.language))
        except KeyError as error:
            raise study_error(
                f"la corsa `{self.name}` è di un altro Trama, le cui parole questo non ha ({error}): rifalla con "
                "`trama run`",
                f"the run `{self.name}` is of another Trama, whose words this one lacks ({error}): make it again with "
                "`trama run`",
            ) from None

    def in_language(self, language: Language) -> "RunRecord":
        """The same run read in `language`. Raises StudyError for a run of format 1 in another language than its own."""
        if self.worded and self.worded != language:
            raise study_error(
                f"la corsa `{self.name}` è di un Trama più vecchio, che la conservava in una sola lingua: rifalla con "
                "`trama run`",
                f"the run `{self.name}` is of an older Trama, which kept it in one language only: make it again with "
                "`trama run`",
            )
        return self if language == self.language else replace(self, language=language)

    @cached_property
    def settings(self) -> Settings:
        """The options of study.toml as they were when the run was made."""
        return parse_settings(self.manifest["options"])

    def table(self, key: str) -> RenderedTable | None:
        """The table `key`, None where the run has none."""
        return next((table for table in self.tables if table.key == key), None)

    def words(self, key: str, **facts: Any) -> str:
        """The sentence `key` of the word files, filled with `facts`, in the language of the tables."""
        return say(Phrase(key, facts), self.language)

    def say(self, it: str, en: str) -> str:
        """The text in the language of the tables."""
        return Bilingual(it, en).say(self.language)

    @cached_property
    def themes(self) -> dict[str, str]:
        """Code -> label of every theme of the codebook, in its order."""
        table = self.table("temi")
        return {} if table is None else {str(code): str(name) for code, name in table.frame["theme"].items()}


def keep_run(folder: Path, tables: Sequence[Table], results: Results) -> None:
    """Keep results and tables in `folder/dati`. Raises OSError."""
    keep_tables(tables, folder / DATA / TABLES)
    for field in fields(Results):
        held = getattr(results, field.name)
        frame = held if isinstance(held, pd.DataFrame) else pd.DataFrame({_NOTE: map(to_json, held)}, dtype="str")
        write_frame(frame, folder / DATA / f"{field.name}.parquet")


def read_run(folder: Path) -> RunRecord:
    """The run in `folder`. Raises StudyError when it kept nothing or what it kept is damaged."""
    try:
        manifest = read_manifest(folder)
        tables = read_tables(folder / DATA / TABLES)
        frames = {name: _frame(folder / DATA / f"{name}.parquet") for name in _kept_frames(folder / DATA)}
    except FileNotFoundError as error:
        name = Path(str(error.filename or "")).name
        raise study_error(
            f"la corsa `{folder.name}` non ha conservato i suoi dati (manca {name}): rifalla con `trama run`",
            f"the run `{folder.name}` did not keep its data ({name} is missing): make it again with `trama run`",
        ) from None
    except (OSError, ValueError, KeyError, pa.ArrowException):
        raise study_error(
            f"i dati della corsa `{folder.name}` sono danneggiati: rifalla con `trama run`",
            f"the data of the run `{folder.name}` are damaged: make it again with `trama run`",
        ) from None
    notes = _notes(frames.pop("notes"))
    worded = None
    if manifest.get("format", 1) < FORMAT:
        worded = manifest["language"]
        frames = frames_in_codes(frames)
        tables = [table_in_codes(table) for table in tables]
    results = Results(**frames, notes=notes)
    return RunRecord(folder.name, manifest["language"], tuple(tables), results, manifest, worded)


def _kept_frames(data: Path) -> list[str]:
    """The frames of Results to read; one that came later than the run may be missing."""
    optional = {field.name for field in fields(Results) if field.default_factory is not MISSING}
    names = [field.name for field in fields(Results)]
    return [name for name in names if name not in optional or (data / f"{name}.parquet").exists()]


def _notes(frame: pd.DataFrame) -> tuple[Phrase, ...]:
    """The notes of the results; a run of format 1 has them in both languages."""
    if _NOTE in frame:
        return tuple(map(from_json, frame[_NOTE]))
    return tuple(pair(Bilingual(*texts)) for texts in frame.itertuples(index=False))


def _frame(path: Path) -> pd.DataFrame:
    stored = pq.read_table(path, page_checksum_verification=True)
    frame = stored.to_pandas()
    for column in stored.schema:
        if pa.types.is_list(column.type):
            frame[column.name] = [tuple(values) for values in frame[column.name]]
    # The values were validated before they were kept; validating them again would cost seconds of imports.
    whole = frame.columns.intersection(_NULLABLE)
    return frame.astype(dict.fromkeys(whole, "Int64"))
