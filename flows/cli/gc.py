"""`trama gc`: frees the space of what no kept run needs."""

from pathlib import Path

import click

from corpus.words.language import Language
from flows.cli.words import language_option, say, stop, study_argument


@click.command(
    help=say(
        "Libera lo spazio dei file intermedi che nessuna corsa usa più.",
        "Free the space of derived files that no run uses any more.",
    )
)
@study_argument
@click.option(
    "--keep",
    type=click.IntRange(1),
    help=say(
        "Tieni solo le N corse più recenti (altrimenti tutte).", "Keep only the N newest runs (else all of them)."
    ),
)
@language_option
def gc(study: Path, keep: int | None, language: Language) -> None:
    """Remove derived files and, with --keep, old runs."""
    from flows.garbage import collect_garbage

    if not study.is_dir():
        stop(say(f"la cartella `{study}` non c'è", f"there is no folder `{study}`"))
    removed = collect_garbage(study.resolve(), keep)
    click.echo(
        say(
            f"Corse tolte: {len(removed.runs)}; spazio liberato: {removed.freed / 1e6:.1f} MB",
            f"Runs removed: {len(removed.runs)}; space freed: {removed.freed / 1e6:.1f} MB",
        )
    )
