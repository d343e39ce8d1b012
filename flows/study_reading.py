"""A study read as it stood at one moment, though somebody saves into it, and without names where it asks for that."""

from pathlib import Path

from corpus.errors import study_error
from corpus.input_files import input_hashes
from corpus.pseudonyms.masking import Masked
from corpus.store import Store
from corpus.study import Study, read_study
from corpus.words.language import Bilingual
from flows.host import Host
from flows.stage import Stage, run_stage
from nlp.italian import load_pipeline
from nlp.privacy.study_masker import pseudonymise_study

READINGS = 3


def read_whole(folder: Path, store: Store, host: Host) -> tuple[Study, dict[str, str]]:
    """The study and the SHA-256 of each of its files, both of the same content; `store` keeps transcripts read once.

    Files that change while they are read are read again: a person saves once. Raises StudyError when they change at
    every reading, or as corpus.study.read_study does.
    """
    for _ in range(READINGS):
        before = _hashes(folder)
        study = read(folder, store, host)
        if _hashes(folder) == before:
            return study, before
        host.warning("i file dello studio sono cambiati mentre li leggevo: li rileggo")
    raise study_error(
        "i file dello studio cambiano mentre li leggo: aspetta che siano salvati tutti, poi avvia di nuovo l'analisi",
        "the study's files change while they are read: wait until all are saved, then run it again",
    )


def read(folder: Path, store: Store, host: Host) -> Study:
    """Everything in the study's folder; transcripts that did not change come out of the store."""
    study: Study = run_stage(
        Stage(Bilingual("Leggi lo studio", "Read the study"), lambda: read_study(folder, store=store)), host
    )
    host.info("%d trascritti, %d rispondenti", len(study.interviews), len(study.respondents))
    return study


def without_originals(study: Study, folder: Path, host: Host) -> Masked | None:
    """The study in `folder` with pseudonyms, None when its settings do not ask for them.

    The key goes into the study's folder, apart from everything else.
    """
    if not study.settings.privacy.pseudonyms:
        return None
    pipeline = load_pipeline(study.settings.analysis.model)
    name = Bilingual("Sostituisci i nomi", "Replace the names")
    masked: Masked = run_stage(Stage(name, lambda: pseudonymise_study(study, pipeline, folder)), host)
    replaced = sum(sum(passages.values()) for passages in masked.counts.values())
    host.info("%d passaggi sostituiti con pseudonimi", replaced)
    return masked


def _hashes(folder: Path) -> dict[str, str]:
    return input_hashes(folder) if folder.is_dir() else {}
