"""The flows that the service offers in Prefect's UI. Each checks its study again and hands over to Trama's own flows.

Parameters have Italian names because Prefect shows these names in the form. This module is imported anew for every run,
so that the choices are the studies that are there.
"""

from enum import StrEnum
from typing import Any

from prefect import flow
from prefect.states import Completed, Failed, State

from corpus.errors import StudyError
from corpus.language import Language
from flows.service.artifacts import export_report, night_report, run_report
from flows.service.environment import served_root
from flows.service.studies import find_studies, study_in
from flows.study_flow import analyse_study
from flows.study_lock import study_lock
from outputs.export import EXPORT, FORMATS, export_study

ROOT = served_root()
Studio: Any = StrEnum("Studio", {name: name for name in find_studies(ROOT)})  # type: ignore[misc]

FIRST = next(iter(Studio))
Formato: Any = StrEnum("Formato", {name: name for name in FORMATS})  # type: ignore[misc]
DEFAULT_FORMATS = [Formato("xlsx"), Formato("docx")]


class Lingua(StrEnum):
    """La lingua del rapporto."""

    come_nello_studio = "come nello studio"
    italiano = "italiano"
    inglese = "inglese"


_LANGUAGES: dict[Lingua, Language | None] = {
    Lingua.come_nello_studio: None,
    Lingua.italiano: "it",
    Lingua.inglese: "en",
}


@flow(name="Analizza uno studio", flow_run_name="{studio}", persist_result=False)
def analizza(
    studio: Studio = FIRST,
    lingua: Lingua = Lingua.come_nello_studio,
    fermati_se_ci_sono_errori: bool = False,
    da_capo: bool = False,
) -> State[Any]:
    """Analizza uno studio e scrive tabelle e rapporto nella sua cartella `runs`.

    Args:
        studio: lo studio da analizzare, fra quelli della cartella servita
        lingua: la lingua del rapporto
        fermati_se_ci_sono_errori: se qualche dato non si può usare, fermati senza scrivere niente
        da_capo: scrivi una nuova corsa anche se dall'ultima non è cambiato niente
    """
    try:
        folder = study_in(ROOT, str(studio))
        with study_lock(folder):
            run = analyse_study.fn(folder, fermati_se_ci_sono_errori, _LANGUAGES[lingua], da_capo)
    except StudyError as error:
        return Failed(message=error.say("it"))
    run_report(folder, run)
    return Completed(message=f"corsa {run.name}")


@flow(name="Esporta tabelle", flow_run_name="{studio}", persist_result=False)
def esporta(
    studio: Studio = FIRST,
    formati: list[Formato] = DEFAULT_FORMATS,
    tabelle: list[str] | None = None,
    lingua: Lingua = Lingua.come_nello_studio,
) -> State[Any]:
    """Scrive i risultati dell'ultima corsa in altri formati, nella cartella `export` dello studio.

    Args:
        studio: lo studio da esportare, fra quelli della cartella servita
        formati: i formati da scrivere
        tabelle: le chiavi delle tabelle da esportare (per esempio temi, joint_display); nessuna: tutte
        lingua: la lingua dei file
    """
    try:
        folder = study_in(ROOT, str(studio))
        written = export_study(
            folder, [str(each) for each in formati], tables=tabelle or (), language=_LANGUAGES[lingua]
        )
    except StudyError as error:
        return Failed(message=error.say("it"))
    export_report(folder, written)
    return Completed(message=f"{len(written)} file in {folder.name}/{EXPORT}")


@flow(name="Rielaborazione notturna", persist_result=False)
def rielabora_tutti() -> State[Any]:
    """Rielabora tutti gli studi della cartella; quelli in cui non è cambiato niente restano come sono.

    Uno studio che non si può analizzare non ferma gli altri.
    """
    states = {name: analizza(Studio(name), return_state=True) for name in find_studies(ROOT)}
    night_report({name: str(state.message) for name, state in states.items()})
    failed = [name for name, state in states.items() if not state.is_completed()]
    if failed:
        return Failed(message=f"non riusciti: {', '.join(failed)}")
    return Completed(message=f"{len(states)} studi")
