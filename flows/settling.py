"""`trama settle`: a worksheet of what people who coded the same segments do not agree on. Decides nothing."""

from pathlib import Path

from corpus.codings.coding_reader import FOLDER
from corpus.codings.disagreements import find_disagreements
from corpus.codings.human_labels import label_segments
from corpus.errors import StudyError, study_error
from corpus.store import Store
from corpus.words.language import Language
from flows.host import Host
from flows.server.prefect_home import STATE
from flows.study_reading import read, without_originals
from flows.study_text import split_into_segments
from outputs.worksheets.new_sheet import new_sheet
from outputs.worksheets.settlement_rows import settlement_rows
from outputs.worksheets.settlement_sheet import write_settlement_sheet


def settle_disagreements(folder: Path, host: Host, *, settler: str = "", language: Language | None = None) -> Path:
    """Write the open disagreements of the study in `folder` into its `codings/`; the path of the worksheet.

    What was settled before is left out. `settler` is who will decide, `language` the sheet's, by default the study's.
    Raises StudyError when nobody coded what somebody else did, or all is settled.
    """
    store = Store(folder / STATE / "store")
    study = read(folder, store, host)
    if masked := without_originals(study, folder, host):
        study = masked.study
    segments = split_into_segments(study, store, host)
    spoken = segments[segments["role"] == "respondent"].reset_index(drop=True)
    labels = label_segments(spoken, study.human_codings, study.themes, study.settlements)
    if not (labels.asked.sum(axis=0) > 1).any():
        raise _nobody_shares(labels.coders)
    disagreements = find_disagreements(labels)
    unsettled = tuple(each for each in disagreements if each.settlement is None)
    if not unsettled:
        raise study_error(
            f"nessun disaccordo da decidere (già decisi: {len(disagreements)})",
            f"no disagreement to settle (settled already: {len(disagreements)})",
        )
    sheet_language = language or study.settings.study.language
    rows = settlement_rows(unsettled, spoken, segments, study.transcripts, study.themes, sheet_language)
    path = new_sheet(
        study.folder / FOLDER,
        "disaccordi",
        lambda unfinished: write_settlement_sheet(rows, unfinished, sheet_language, settler),
    )
    host.info("%d disaccordi da decidere in %s", len(rows), path.name)
    return path


def _nobody_shares(coders: tuple[str, ...]) -> StudyError:
    names = ", ".join(f"`{name}`" for name in coders) or "–"
    return study_error(
        f"nessun segmento è stato letto da due persone (hanno codificato: {names}): non c'è nulla da confrontare. "
        "`trama suggest STUDIO --after NOME --coder ALTRO` prepara una seconda lettura",
        f"no segment was read by two people (who has coded: {names}): there is nothing to compare. "
        "`trama suggest STUDY --after NAME --coder OTHER` prepares a second reading",
    )
