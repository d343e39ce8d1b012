"""`trama diff`: what changed between two runs, and why."""

from pathlib import Path

import click

from corpus.words.language import Language
from flows.cli.words import language_option, say, stop


@click.command(
    help=say("Dice che cosa è cambiato fra due corse, e perché.", "Say what changed between two runs, and why.")
)
@click.argument("old", metavar=say("CORSA_A", "RUN_A"), type=click.Path(path_type=Path))
@click.argument("new", metavar=say("CORSA_B", "RUN_B"), type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help=say("Elenca ogni cella.", "List every cell."))
@language_option
def diff(old: Path, new: Path, everything: bool, language: Language) -> None:
    """Print the differences of two runs: causes first, then effects."""
    from corpus.errors import StudyError
    from outputs.run.diff import compare_runs
    from outputs.run.folder import find_run
    from outputs.run.record import read_run

    try:
        first = find_run(old)
        second = find_run(new, beside=first)
        lines = compare_runs(read_run(first), read_run(second), language, everything)
    except StudyError as error:
        stop(error.say(language))
    click.echo("\n".join(lines))
