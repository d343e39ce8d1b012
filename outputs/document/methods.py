"""The methods of a run in words, filled from its manifest. Room outputs: tells what was done, judges nothing."""

from typing import Any

from corpus.words.language import Bilingual
from outputs.run.record import RunRecord
from outputs.words.sentences import say

# What the machine's codings come from, by coder (nlp.coders).
_MACHINES = {
    "trama": Bilingual(
        "con punteggio di almeno {threshold:g}, dai termini del codebook e dalla somiglianza con definizioni ed esempi",
        "with a score of at least {threshold:g}, from the codebook's terms and from likeness to definitions and "
        "examples",
    ),
    "keywords": Bilingual("dai soli termini del codebook", "from the codebook's terms alone"),
}
_OTHER_MACHINE = Bilingual(
    "con punteggio di almeno {threshold:g}, del codificatore «{coder}»",
    "with a score of at least {threshold:g}, by the coder “{coder}”",
)


def methods(run: RunRecord) -> list[tuple[str, str]]:
    """Title and text of each part: material, coding, topics, statistics, reproducibility."""
    material = _material(run)
    coding = _coding(run)
    parts = [(run.say("Materiale", "Material"), material), (run.say("Codifica", "Coding"), coding)]
    if run.results.notes:
        notes = " ".join(say(note, run.language) for note in run.results.notes)
        parts.append((run.say("Argomenti", "Topics"), notes))
    parts.append((run.say("Statistiche", "Statistics"), _statistics(run)))
    parts.append((run.say("Riproducibilità", "Reproducibility"), _reproducibility(run)))
    return parts


def _material(run: RunRecord) -> str:
    counts = run.manifest["counts"]
    cut = run.settings.segments
    return run.say(
        f"{counts['transcripts']} trascrizioni, {counts['turns']} turni di parola, {counts['segments']} segmenti "
        f"(una o poche frasi vicine dello stesso turno, circa {cut.target_words} parole, al più {cut.max_words}). "
        "Si codificano i segmenti dei rispondenti in italiano; le domande di chi intervista restano come contesto.",
        f"{counts['transcripts']} transcripts, {counts['turns']} turns, {counts['segments']} segments (one or a few "
        f"adjacent sentences of a turn, about {cut.target_words} words, at most {cut.max_words}). Respondents' "
        "segments in Italian are coded; the interviewers' questions are kept as context.",
    )


def _coding(run: RunRecord) -> str:
    counts = run.manifest["counts"]
    models = run.manifest["models"]
    pipeline: dict[str, Any] = models.get("pipeline", {})
    human = int((run.results.codings["how"] == "human").sum())
    threshold = run.settings.analysis.min_score
    coder = run.settings.analysis.coder
    machine = _MACHINES.get(coder, _OTHER_MACHINE).say(run.language).format(threshold=threshold, coder=coder)
    return run.say(
        f"{counts['codings']} codifiche su {len(run.themes)} temi del codebook, di cui {human} di persone; le "
        f"altre sono proposte della macchina {machine}. Una codifica di persona prevale sempre. Modello linguistico: "
        f"{pipeline.get('name', '')} {pipeline.get('version', '')}; vettori di frase: {models.get('encoder', '')}.",
        f"{counts['codings']} codings on {len(run.themes)} themes of the codebook, {human} of them by people; the "
        f"others are proposals of the machine {machine}. A person's coding always wins. Language model: "
        f"{pipeline.get('name', '')} {pipeline.get('version', '')}; sentence vectors: {models.get('encoder', '')}.",
    )


def _statistics(run: RunRecord) -> str:
    return run.say(
        "Il denominatore è chi è stato intervistato; nessun dato mancante è stimato. Test esatti o di permutazione, "
        "misure d'effetto con intervallo al 95 %, correzione di Benjamini-Hochberg dove i test sono molti; il metodo è "
        "detto sotto ogni tabella.",
        "The denominator is who was interviewed; no missing value is imputed. Exact or permutation tests, effect sizes "
        "with 95 % intervals, Benjamini-Hochberg correction where tests are many; the method is named under each "
        "table.",
    )


def _reproducibility(run: RunRecord) -> str:
    manifest = run.manifest
    versions = run.manifest["versions"]
    packages = ", ".join(f"{name} {number}" for name, number in versions.items() if number)
    return run.say(
        f"Seme dei numeri casuali {run.settings.study.seed}; {len(manifest['inputs'])} file in ingresso, le cui "
        f"impronte (SHA-256) sono nel manifesto della corsa insieme a opzioni e durate. Versioni: {packages}.",
        f"Seed of the random numbers {run.settings.study.seed}; {len(manifest['inputs'])} input files, whose hashes "
        f"(SHA-256) are in the run's manifest with options and durations. Versions: {packages}.",
    )
