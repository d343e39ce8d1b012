"""The flow behind `trama suggest`: the study's text as a run reads it, then a worksheet of segments to code."""

from pathlib import Path

from prefect import flow, get_run_logger
from prefect.utilities.annotations import quote

from corpus.codings.coding_reader import FOLDER
from corpus.errors import study_error
from corpus.store import Store
from corpus.words.language import Language
from flows import stages
from flows.analysis import read_text
from flows.clock import Clock
from flows.crew import crew_for
from flows.private import without_originals
from flows.server.prefect_home import STATE
from nlp.coders import check_coder
from nlp.embeddings import load_encoder
from nlp.italian import load_pipeline


@flow(name="Proponi segmenti da codificare", flow_run_name="{study}", persist_result=False)
def suggest_segments(
    study: Path, number: int = 40, at_random: bool = False, coder: str = "", language: Language | None = None
) -> Path:
    """Scrive in `codings/` un foglio con i segmenti che conviene codificare.

    Args:
        study: cartella dello studio
        number: quanti segmenti
        at_random: estratti a caso e senza le proposte della macchina, per misurare l'accordo
        coder: nome di chi codificherà
        language: lingua del foglio; se manca, quella di study.toml

    Returns the worksheet's path. Raises StudyError when there is no codebook or nothing left to code.
    """
    store = Store(study / STATE / "store")
    loaded = stages.read(study, quote(store))
    if not loaded.themes:
        raise study_error(
            "senza un libro dei codici non c'è nulla da codificare", "without a codebook there is nothing to code"
        )
    analysis = loaded.settings.analysis
    encoder, pipeline = load_encoder(analysis.encoder), load_pipeline(analysis.model)
    check_coder(analysis.coder)
    if masked := without_originals(loaded, pipeline, study):
        loaded = masked.study
    with crew_for() as crew:
        text = read_text(loaded, store, encoder, Clock(), crew)
    parts = (loaded, text.segments, text.coded, encoder)
    rows = stages.suggest(*map(quote, parts), number, at_random, language or loaded.settings.study.language)
    if not len(rows):
        raise study_error(
            "non c'è più nessun segmento da codificare: le persone li hanno già decisi tutti (chi ha codificato almeno "
            "un quinto dei segmenti di un'intervista conta come chi l'ha letta tutta)",
            "no segment is left to code: people have decided on all of them (whoever coded a fifth of an interview's "
            "segments counts as having read it whole)",
        )
    path = _free_name(loaded.folder / FOLDER, "campione" if at_random else "suggeriti")
    stages.write_suggestions(quote(rows), quote(loaded), path, language or loaded.settings.study.language, coder)
    get_run_logger().info("%d segmenti da codificare in %s", len(rows), path.name)
    return path


def _free_name(folder: Path, stem: str) -> Path:
    """The first name that is not taken: a sheet that somebody may have filled in is never written over."""
    folder.mkdir(exist_ok=True)
    number = 1
    while (path := folder / f"{stem}-{number:02d}.xlsx").exists():
        number += 1
    return path
