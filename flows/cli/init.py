"""`trama init`: a study folder to start from."""

from pathlib import Path

import click

from corpus.language import Language
from flows.cli.words import language_option, say, stop


@click.command(help=say("Crea una cartella di studio commentata.", "Make a commented study folder."))
@click.argument("folder", metavar=say("CARTELLA", "DIR"), type=click.Path(path_type=Path))
@language_option
def init(folder: Path, language: Language) -> None:
    """Make a study folder to start from."""
    from corpus.errors import StudyError
    from corpus.init import create_study

    try:
        create_study(folder, language)
    except StudyError as error:
        stop(error.say(language))
    click.echo(
        say(
            f"Studio creato in {folder}. Poi: trama check {folder}",
            f"Study made in {folder}. Next: trama check {folder}",
        )
    )
