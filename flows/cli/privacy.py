"""`trama privacy`: what pseudonyms would replace, shown on the terminal and nowhere else."""

from pathlib import Path

import click

from corpus.words.language import Language
from flows.cli.words import language_option, say, stop, study_argument


@click.command(
    help=say(
        "Mostra sul terminale che cosa verrebbe sostituito con pseudonimi; non scrive nulla.",
        "Show on the terminal what would be replaced by pseudonyms; writes nothing.",
    )
)
@study_argument
@language_option
def privacy(study: Path, language: Language) -> None:
    """Show what `[privacy] pseudonyms = true` would replace."""
    from corpus.errors import StudyError
    from corpus.study import read_study
    from nlp.italian import load_pipeline
    from nlp.privacy.preview import preview

    try:
        loaded = read_study(study)
        rows = preview(loaded, load_pipeline(loaded.settings.analysis.model), study)
    except StudyError as error:
        stop(error.say(language))
    for row in rows:
        click.echo(
            f"{row.pseudonym:<22} {row.original:<28} {row.times:>4}  {', '.join(row.transcripts[:4])}  «{row.context}»"
        )
    on = loaded.settings.privacy.pseudonyms
    click.echo(
        say(
            f"{len(rows)} forme, {sum(row.times for row in rows)} passaggi. Gli pseudonimi sono "
            f"{'attivi' if on else 'spenti: [privacy] pseudonyms = true in study.toml li attiva'}. "
            "Rileggi sempre i testi: qualche nome può sfuggire.",
            f"{len(rows)} forms, {sum(row.times for row in rows)} passages. Pseudonyms are "
            f"{'on' if on else 'off: [privacy] pseudonyms = true in study.toml turns them on'}. "
            "Always read the texts again: a name may escape.",
        )
    )
