"""One run of a study on a host: every stage in order, then one run folder that appears when it is whole."""

from dataclasses import replace
from pathlib import Path

from corpus.errors import Problem, StudyError
from corpus.store import Store
from corpus.study import Study
from corpus.word_template import usable_template
from corpus.words.language import Bilingual, Language
from flows.analysis import analyse
from flows.crew import crew_for
from flows.host import Clock, Host
from flows.llm_reading import Reader, find_reader
from flows.server.prefect_home import STATE
from flows.stage import Stage, run_stage
from flows.study_reading import read_whole, without_originals
from flows.study_text import read_text
from flows.unchanged import run_identity, unchanged_run
from nlp.coders import check_coder
from nlp.embeddings import Encoder, load_encoder
from nlp.italian import describe_pipeline, load_pipeline
from nlp.results import Results
from outputs.formats import Leaving, write_formats
from outputs.run.folder import new_run
from outputs.run.history import compare_states, keep_history, read_past, state_of
from outputs.run.manifest import describe_run, peak_memory, write_manifest
from outputs.run.record import RunRecord, keep_run
from outputs.tables.all_tables import build_tables
from outputs.tables.history_table import Change
from outputs.tables.table import Table
from outputs.worksheets.link_proposals import write_link_proposals


def analyse_study(
    folder: Path,
    host: Host,
    *,
    strict: bool = False,
    language: Language | None = None,
    again: bool = False,
    processes: int | None = None,
    dask: str | None = None,
) -> Path:
    """Analyse the study in `folder` and write tables and report into a new folder of its `runs/`, which is returned.

    The latest run is returned, and none made, when neither the study nor Trama changed since, unless `again`.
    `language` is the report's, by default the study's; flows.crew explains `processes` and `dask`. Raises StudyError
    when nothing can be run or, with `strict`, when the study has any error; ClusterError (flows.cluster).
    """
    unchanged = None if again else unchanged_run(folder, language, strict)
    if unchanged:
        host.info("non è cambiato niente dalla corsa %s", unchanged.name)
        return unchanged
    clock = Clock()
    store = Store(folder / STATE / "store")
    with clock.time("read"):
        study, hashes = read_whole(folder, store, host)
    report_language = language or study.settings.study.language
    identity = run_identity(hashes, study.settings.analysis, report_language)
    with clock.time("models"):
        check_coder(study.settings.analysis.coder)
        reader = find_reader(study.settings)
        pipeline = load_pipeline(study.settings.analysis.model)
        encoder = load_encoder(study.settings.analysis.encoder)
        models = {"pipeline": describe_pipeline(pipeline), "encoder": encoder.fingerprint, **reader.about()}
    with clock.time("pseudonyms"):
        masked = without_originals(study, folder, host)
    if masked is not None:
        study = masked.study
        hashes = {masked.file(file): digest for file, digest in hashes.items()}
    if strict and _errors(study):  # only now: what the errors say may hold names, which are replaced
        raise StudyError(_errors(study))
    results = _results(study, store, encoder, reader, clock, host, processes, dask)
    not_read = reader.notebook.problems
    study = replace(study, problems=(*study.problems, *not_read))
    if strict and _errors(study):
        raise StudyError(_errors(study))
    if store.damaged:
        host.warning("%d file intermedi erano danneggiati e sono stati rifatti", len(store.damaged))
    if masked is not None:
        store.keep_only(store.used)  # earlier frames may be of a run without pseudonyms
    past = read_past(folder, masked=masked is not None)
    if past.damaged:
        host.warning("la storia conservata da %d corse è danneggiata: vale quella prima", len(past.damaged))
    state = state_of(study, hashes, models)
    changes = (*past.changes, *compare_states(past.state, state, clock.started.date().isoformat()))
    with clock.time("tables"):
        tables = _tables(study, results, changes, host)
    with new_run(folder) as run:
        about = describe_run(study, results, hashes, models, report_language, clock.started, clock.seconds)
        with clock.time("write"):
            record = RunRecord(run.folder.name, report_language, tuple(tables), results, about)
            _write(study, record, run.folder, folder, host)
            keep_run(run.folder, tables, results)
            keep_history(run.folder, state, changes)
        write_manifest(
            run.folder,
            {
                # A run that another may better, though nothing changed, is like no other.
                "identity": None if reader.unfinished else identity,
                **about,
                "peak_memory_mb": peak_memory(),
                "remade_damaged_files": store.damaged,
                "on_the_way": [{"it": each.say("it"), "en": each.say("en")} for each in not_read],
                "store": sorted(store.used),
                "pseudonyms": masked.summary() if masked else None,
            },
        )
    assert run.published is not None
    host.info("corsa finita: %s", run.published.name)
    return run.published


def _results(
    study: Study,
    store: Store,
    encoder: Encoder,
    reader: Reader,
    clock: Clock,
    host: Host,
    processes: int | None,
    dask: str | None,
) -> Results:
    """The results; tokens and vectors, the largest things in memory, are gone when they are written."""
    with crew_for(processes, dask) as crew:
        text = read_text(study, store, encoder, clock, crew, host)
    return analyse(study, store, text, encoder, reader, clock, host)


def _tables(study: Study, results: Results, changes: tuple[Change, ...], host: Host) -> list[Table]:
    """Every table of the run."""
    name = Bilingual("Collega i temi al questionario", "Link the themes to the questionnaire")
    tables: list[Table] = run_stage(Stage(name, lambda: build_tables(study, results, changes)), host)
    return tables


def _write(study: Study, record: RunRecord, run: Path, folder: Path, host: Host) -> None:
    """What study.toml asks for (tables, workbook, page ...) into the folder `run`; `folder` is the study's."""
    wanted = study.settings.outputs

    def write() -> None:
        write_link_proposals(study, record.tables, record.results.link_proposals, run, record.language)
        template = usable_template(folder, wanted.template) if wanted.template else None
        write_formats(Leaving(record, record.tables, (), lambda: study, template), wanted.formats, run)

    run_stage(Stage(Bilingual("Scrivi tabelle e rapporto", "Write tables and report"), write), host)


def _errors(study: Study) -> list[Problem]:
    return [problem for problem in study.problems if problem.severity == "error"]
