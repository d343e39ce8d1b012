"""The flow that analyses one study: every stage in order, then one run folder that appears when it is whole."""

import os
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger
from prefect.utilities.annotations import quote

from corpus.errors import StudyError
from corpus.language import Language
from corpus.store import Store
from corpus.study import Study, input_hashes
from flows import stages
from flows.analysis import analyse
from flows.clock import Clock
from flows.prefect_home import STATE
from nlp.embeddings import load_encoder
from nlp.italian import describe_pipeline, load_pipeline
from nlp.results import Results
from outputs.manifest import peak_memory, versions, write_manifest
from outputs.run_folder import new_run


@flow(name="Analizza uno studio", flow_run_name="{study}", persist_result=False)
def analyse_study(study: Path, strict: bool = False, language: Language | None = None) -> Path:
    """Analizza uno studio e scrive tabelle e rapporto nella cartella `runs/` dello studio.

    Args:
        study: cartella dello studio
        strict: fermati se qualche dato non si può usare
        language: lingua del rapporto; se manca, quella di study.toml

    Returns the folder of the finished run. Raises StudyError when nothing can be run or, with `strict`, when the
    study has any error.
    """
    clock = Clock()
    hashes = input_hashes(study) if study.is_dir() else {}
    with clock.time("read"):
        loaded: Study = stages.read(study)
    _stop_if_strict(loaded, strict)
    wanted = language or loaded.settings.study.language
    with clock.time("models"):
        pipeline = load_pipeline(loaded.settings.analysis.model)
        encoder = load_encoder(loaded.settings.analysis.encoder)
    results = analyse(loaded, Store(study / STATE / "store"), pipeline, encoder, clock)
    with clock.time("tables"):
        tables = stages.link(quote(loaded), quote(results), wanted)
    with new_run(study) as run:
        with clock.time("write"):
            stages.write(quote(loaded), quote(results), quote(tables), run.folder, wanted)
        models = {"pipeline": describe_pipeline(pipeline), "encoder": encoder.fingerprint}
        write_manifest(run.folder, _manifest(loaded, results, hashes, models, clock))
    assert run.published is not None
    get_run_logger().info("corsa finita: %s", run.published.name)
    return run.published


def _stop_if_strict(study: Study, strict: bool) -> None:
    errors = [problem for problem in study.problems if problem.severity == "error"]
    if strict and errors:
        raise StudyError(errors)


def _manifest(
    study: Study, results: Results, hashes: dict[str, str], models: dict[str, Any], clock: Clock
) -> dict[str, Any]:
    return {
        "study": study.settings.study.title,
        "inputs": hashes,
        "options": study.settings.model_dump(mode="json"),
        "models": models,
        "versions": versions(),
        "counts": {
            "transcripts": len(study.transcripts),
            "turns": len(study.turns),
            "segments": len(results.segments),
            "respondents": len(study.respondents),
            "entities": len(results.entities),
            "codings": len(results.codings),
            "topics": int((results.topics["topic"] >= 0).sum()),
        },
        "problems": [f"{problem.severity}: {problem.say('it')}" for problem in study.problems],
        "notes": [note.it for note in results.notes],
        "seconds": clock.seconds,
        "peak_memory_mb": peak_memory(),
        "processors": os.cpu_count(),
    }
