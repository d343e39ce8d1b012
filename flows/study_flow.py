"""The flow that analyses one study: every stage in order, then one run folder that appears when it is whole."""

from pathlib import Path

from prefect import flow, get_run_logger
from prefect.utilities.annotations import quote

from corpus.errors import Problem, StudyError
from corpus.store import Store
from corpus.study import Study
from corpus.words.language import Language
from flows import stages
from flows.analysis import analyse, read_text
from flows.clock import Clock
from flows.crew import crew_for
from flows.private import without_originals
from flows.reading import read_whole
from flows.server.prefect_home import STATE
from flows.unchanged import run_identity, unchanged_run
from nlp.coders import check_coder
from nlp.embeddings import Encoder, load_encoder
from nlp.italian import describe_pipeline, load_pipeline
from nlp.results import Results
from outputs.run.folder import new_run
from outputs.run.manifest import describe_run, peak_memory, write_manifest
from outputs.run.record import RunRecord, keep_run


@flow(name="Analizza uno studio", flow_run_name="{study}", persist_result=False)
def analyse_study(
    study: Path,
    strict: bool = False,
    language: Language | None = None,
    again: bool = False,
    processes: int | None = None,
    dask: str | None = None,
) -> Path:
    """Analizza uno studio e scrive tabelle e rapporto nella cartella `runs/` dello studio.

    Args:
        study: cartella dello studio
        strict: fermati se qualche dato non si può usare
        language: lingua del rapporto; se manca, quella di study.toml
        again: scrivi una nuova corsa anche se dall'ultima non è cambiato niente
        processes: quanti processi annotano il testo; se manca, uno per processore, quattro al più
        dask: indirizzo dello scheduler di un cluster Dask che annota il testo al loro posto

    Returns the folder of the finished run: the latest one when neither the study nor Trama changed since. Raises
    StudyError when nothing can be run or, with `strict`, when the study has any error; ClusterError (flows.cluster).
    """
    if not again and (same := unchanged_run(study, language, strict)):
        get_run_logger().info("non è cambiato niente dalla corsa %s", same.name)
        return same
    clock = Clock()
    store = Store(study / STATE / "store")
    with clock.time("read"):
        loaded, hashes = read_whole(study, store)
    wanted = language or loaded.settings.study.language
    identity = run_identity(hashes, loaded.settings.analysis, wanted)
    with clock.time("models"):
        pipeline = load_pipeline(loaded.settings.analysis.model)
        encoder = load_encoder(loaded.settings.analysis.encoder)
        check_coder(loaded.settings.analysis.coder)
        models = {"pipeline": describe_pipeline(pipeline), "encoder": encoder.fingerprint}
    with clock.time("pseudonyms"):
        masked = without_originals(loaded, pipeline, study)
    if masked is not None:
        loaded, hashes = masked.study, {masked.file(file): digest for file, digest in hashes.items()}
    if strict and _errors(loaded):  # only now: what the errors say may hold names, which are replaced
        raise StudyError(_errors(loaded))
    results = _analyse(loaded, store, encoder, clock, processes, dask)
    if store.damaged:
        get_run_logger().warning("%d file intermedi erano danneggiati e sono stati rifatti", len(store.damaged))
    if masked is not None:
        store.keep_only(store.used)  # earlier frames may be of a run without pseudonyms
    with clock.time("tables"):
        tables = stages.link(quote(loaded), quote(results), wanted)
    with new_run(study) as run:
        about = describe_run(loaded, results, hashes, models, wanted, clock.started, clock.seconds)
        with clock.time("write"):
            record = RunRecord(run.folder.name, wanted, tuple(tables), results, about)
            stages.write(quote(loaded), quote(record), run.folder, study)
            keep_run(run.folder, tables, results)
        write_manifest(
            run.folder,
            {
                "identity": identity,
                **about,
                "peak_memory_mb": peak_memory(),
                "remade_damaged_files": store.damaged,
                "store": sorted(store.used),
                "pseudonyms": masked.summary() if masked else None,
            },
        )
    assert run.published is not None
    get_run_logger().info("corsa finita: %s", run.published.name)
    return run.published


def _analyse(
    study: Study, store: Store, encoder: Encoder, clock: Clock, processes: int | None, dask: str | None
) -> Results:
    """The results; tokens and vectors, the largest things in memory, are gone when they are written."""
    with crew_for(processes, dask) as crew:
        text = read_text(study, store, encoder, clock, crew)
    return analyse(study, store, text, encoder, clock)


def _errors(study: Study) -> list[Problem]:
    return [problem for problem in study.problems if problem.severity == "error"]
