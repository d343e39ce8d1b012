"""The flows that the service offers in Prefect's UI. Each checks its study again and hands over to Trama's own flows.

Parameters have Italian names because Prefect shows these names in the form. This module is imported anew for every run,
so that the choices are the studies that are there.
"""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from prefect import flow, get_run_logger
from prefect.deployments import run_deployment
from prefect.exceptions import PrefectHTTPStatusError
from prefect.states import Completed, Failed, State
from pydantic import Field

from corpus.errors import StudyError
from corpus.words.language import Language
from flows.cluster import ClusterError
from flows.fault_details import fault_words, note_fault
from flows.faults import plain_faults
from flows.service.confined import check_confined
from flows.service.crashes import say_what_happened
from flows.service.environment import DASK, served_root
from flows.service.log_words import speak_plainly
from flows.service.night import NIGHT
from flows.service.refusals import say_refusal
from flows.service.studies import ONE_STUDY, find_studies, study_in
from flows.study_lock import study_lock
from flows.unchanged import unchanged_run
from outputs.export import EXPORT
from outputs.formats import FORMATS
from outputs.run.manifest import read_manifest, tally_of

speak_plainly()
ROOT = served_root()
# No study is the default: a quick run would take it by accident. Members are numbered: a folder may have a name that no
# member can have. An emptied folder still has a form.
_NAMES = list(find_studies(ROOT)) or ["nessuno studio nella cartella"]
Studio: Any = StrEnum("Studio", {f"studio_{n}": name for n, name in enumerate(_NAMES)})  # type: ignore[misc]
Formato: Any = StrEnum("Formato", {name: name for name in FORMATS})  # type: ignore[misc]
DEFAULT_FORMATS = [Formato("xlsx"), Formato("docx")]
Chiave = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,60}$")]


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


@flow(
    name=ONE_STUDY,
    flow_run_name="{studio}",
    persist_result=False,
    on_crashed=[say_what_happened],
    on_failure=[say_refusal],
)
def analizza(
    studio: Studio,
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
        folder = _folder(studio)
        with plain_faults(folder), study_lock(folder, _say_waiting):
            from flows.service.artifacts import run_report

            run = _analysed(folder, fermati_se_ci_sono_errori, _LANGUAGES[lingua], da_capo)
            run_report(folder, run)
    except StudyError as error:
        return Failed(message=error.say("it"))
    except Exception as error:
        return _own_fault(error, ROOT / str(studio), "analizza")
    counted = tally_of(read_manifest(run))
    return Completed(message=f"corsa {run.name}" + (f": {counted.say().it}" if counted.errors else ""))


@flow(
    name="Esporta tabelle",
    flow_run_name="{studio}",
    persist_result=False,
    on_crashed=[say_what_happened],
    on_failure=[say_refusal],
)
def esporta(
    studio: Studio,
    formati: list[Formato] = DEFAULT_FORMATS,
    tabelle: list[Chiave] | None = None,
    lingua: Lingua = Lingua.come_nello_studio,
) -> State[Any]:
    """Scrive i risultati dell'ultima corsa in altri formati, nella cartella `export` dello studio.

    Args:
        studio: lo studio da esportare, fra quelli della cartella servita
        formati: i formati da scrivere
        tabelle: le chiavi delle tabelle da esportare (per esempio temi, joint_display); nessuna: tutte
        lingua: la lingua dei file
    """
    from flows.service.artifacts import export_report
    from outputs.export import export_study

    try:
        folder = _folder(studio)
        with plain_faults(folder):
            written = export_study(
                folder, [str(each) for each in formati], tables=tabelle or (), language=_LANGUAGES[lingua]
            )
            export_report(folder, written)
    except StudyError as error:
        return Failed(message=error.say("it"))
    except Exception as error:
        return _own_fault(error, ROOT / str(studio), "esporta")
    return Completed(message=f"{len(written)} file in {folder.name}/{EXPORT}")


@flow(name=NIGHT, persist_result=False, on_crashed=[say_what_happened], on_failure=[say_refusal])
def rielabora_tutti() -> State[Any]:
    """Rielabora tutti gli studi della cartella, uno dopo l'altro; dove non è cambiato niente resta la corsa che c'è.

    Ogni studio ha una corsa e un processo suoi: uno che non si può analizzare, o a cui non basta la memoria, non ferma
    gli altri.
    """
    try:
        return _night()
    except Exception as error:
        return _own_fault(error, ROOT, "rielabora tutti")


def _night() -> State[Any]:
    from flows.service.artifacts import night_report

    outcomes: dict[str, str] = {}
    failed = []
    for name, folder in find_studies(ROOT).items():
        outcomes[name], fine = _one_of_the_night(name, folder)
        if not fine:
            failed.append(name)
    night_report(outcomes)
    if failed:
        return Failed(message=f"non riusciti: {', '.join(failed)}")
    return Completed(message=f"{len(outcomes)} studi")


def _one_of_the_night(name: str, folder: Path) -> tuple[str, bool]:
    """What became of one study, and whether that is fine."""
    try:
        check_confined(folder)
        with plain_faults(folder):
            same = unchanged_run(folder, None)
        if same:
            return f"non è cambiato niente dalla corsa {same.name}", True
        run: Any = run_deployment(f"{ONE_STUDY}/{ONE_STUDY}", parameters={"studio": name}, poll_interval=2)
    except StudyError as error:
        return error.say("it"), False
    except PrefectHTTPStatusError as error:
        if error.response.status_code != 409:
            raise
        # the study came after the form learned the names of the studies
        return "studio appena arrivato: si farà la prossima notte", True
    return str(run.state.message), run.state.is_completed()


def _analysed(folder: Path, strict: bool, language: Language | None, again: bool) -> Path:
    """The folder of the run. A cluster that cannot be used stops no run: this machine goes on from what is kept."""
    from flows.prefect_host import PrefectHost  # seconds, and memory, only for those who analyse
    from flows.study_run import analyse_study

    options: dict[str, Any] = {"strict": strict, "language": language, "again": again}
    try:
        return analyse_study(folder, PrefectHost(), **options, dask=os.environ.get(DASK))
    except ClusterError as error:
        get_run_logger().warning("%s. Intanto questa corsa va avanti su questa macchina", error.say("it"))
        return analyse_study(folder, PrefectHost(), **options)


def _folder(studio: Studio) -> Path:
    folder = study_in(ROOT, str(studio))
    check_confined(folder)
    return folder


def _own_fault(error: Exception, place: Path, doing: str) -> State[Any]:
    """A fault of Trama's. Its message stays out of what is shown: it may hold what was said in an interview."""
    details = note_fault(error, place, doing)
    if details and details.is_relative_to(ROOT):
        details = details.relative_to(ROOT)
    return Failed(message=fault_words(error, details).it)


def _say_waiting() -> None:
    get_run_logger().info("un'altra corsa di questo studio è in corso: aspetto che finisca")
