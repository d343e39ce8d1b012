"""The methods of a run in words, filled from its manifest. Room outputs: tells what was done, judges nothing."""

from typing import Any

from corpus.questionnaire.written_answers import is_written
from corpus.words.phrase import phrase
from nlp.measures.agreement import READER
from outputs.run.record import RunRecord
from outputs.words.sentences import say, templates


def methods(run: RunRecord) -> list[tuple[str, str]]:
    """Title and text of each part: material, coding, topics, statistics, reproducibility."""
    material = _material(run)
    coding = _coding(run)
    parts = [(run.words("methods.material"), material), (run.words("methods.coding"), coding)]
    if run.results.notes:
        notes = " ".join(say(note, run.language) for note in run.results.notes)
        parts.append((run.words("methods.topics"), notes))
    parts.append((run.words("methods.statistics"), _statistics(run)))
    parts.append((run.words("methods.reproducibility"), _reproducibility(run)))
    return parts


def _material(run: RunRecord) -> str:
    counts = run.manifest["counts"]
    cut = run.settings.segments
    segments = run.results.segments
    written = segments[segments["transcript"].map(is_written).astype(bool)]
    answers = int((written["role"] == "respondent").sum())
    return run.words(
        "methods.material_text",
        transcripts=counts["transcripts"],
        turns=counts["turns"] - len(written.drop_duplicates(["transcript", "turn"])),
        written=run.words("document.studied_written", n=answers) if answers else "",
        segments=counts["segments"],
        target_words=cut.target_words,
        max_words=cut.max_words,
    )


def _coding(run: RunRecord) -> str:
    counts = run.manifest["counts"]
    models = run.manifest["models"]
    pipeline: dict[str, Any] = models.get("pipeline", {})
    human = int((run.results.codings["how"] == "human").sum())
    threshold = run.settings.analysis.min_score
    coder = run.settings.analysis.coder
    known = coder if coder in templates("methods.coder", run.language) else "other"
    machine = phrase(f"methods.coder.{known}", threshold=threshold, coder=coder, model=run.settings.llm.model)
    coding = run.words(
        "methods.coding_text",
        codings=counts["codings"],
        themes=len(run.themes),
        human=human,
        machine=machine,
        pipeline_name=pipeline.get("name", ""),
        pipeline_version=pipeline.get("version", ""),
        models_encoder=models.get("encoder", ""),
    )
    if READER in set(run.results.decisions["coder"]):
        coding += run.words("methods.second_reader.of", model=run.settings.llm.model)
    return coding


def _statistics(run: RunRecord) -> str:
    return run.words("methods.statistics_text")


def _reproducibility(run: RunRecord) -> str:
    manifest = run.manifest
    versions = run.manifest["versions"]
    packages = ", ".join(f"{name} {number}" for name, number in versions.items() if number)
    return run.words(
        "methods.reproducibility_text",
        seed=run.settings.study.seed,
        inputs=len(manifest["inputs"]),
        packages=packages,
    )
