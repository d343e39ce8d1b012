"""`trama init`: a study folder to start from."""

from collections.abc import Sequence
from pathlib import Path

import click

from corpus.words.language import Language
from flows.cli.words import language_option, say, shown, stop


@click.command(
    help=say(
        "Crea una cartella di studio commentata, o da un progetto REFI-QDA: testi, codici, casi e codifiche.",
        "Make a commented study folder, or one out of a REFI-QDA project: texts, codes, cases and codings.",
    )
)
@click.argument("folder", metavar=say("CARTELLA", "DIR"), type=click.Path(path_type=Path))
@click.option(
    "--from",
    "projects",
    type=click.Path(path_type=Path),
    multiple=True,
    help=say(
        "Progetto .qdpx di NVivo, MAXQDA, ATLAS.ti ...; più volte, se gli stessi testi sono stati codificati a parte.",
        "A .qdpx project of NVivo, MAXQDA, ATLAS.ti ...; several times where the same texts were coded apart.",
    ),
)
@language_option
def init(folder: Path, projects: tuple[Path, ...], language: Language) -> None:
    """Make a study folder to start from."""
    from corpus.errors import StudyError
    from corpus.new_study.template_folder import create_study

    try:
        if not projects:
            create_study(folder, language)
            place = shown(folder / "transcripts")
            click.echo(
                say(
                    f"Metti le interviste in {place}; finché è vuota è analizzato un esempio.",
                    f"Put the interviews into {place}; while it is empty an example is analysed.",
                )
            )
        else:
            _take_in(projects, folder, language)
    except StudyError as error:
        stop(error.say(language))
    click.echo(
        say(
            f"Studio creato in {shown(folder)}. Poi: trama check {shown(folder)}",
            f"Study made in {shown(folder)}. Next: trama check {shown(folder)}",
        )
    )


def _take_in(projects: Sequence[Path], folder: Path, language: Language) -> None:
    from corpus.new_study.refi_intake import create_study_from

    taken = create_study_from(projects[0], folder, language, projects[1:])
    for problem in taken.problems:
        click.echo(problem.say(language))
    for line in taken.account.say(language):
        click.echo(line)
