"""`trama why`: the quotations behind a cell."""

from pathlib import Path

import click

from corpus.words.language import Language
from flows.cli.words import language_option, say, stop


def _complete_table(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The keys of the run's tables, for the shell; read from file names, so that it answers at once."""
    from corpus.errors import StudyError
    from outputs.run.folder import find_run, kept_tables

    if context.params.get("cell"):
        return []
    try:
        return [key for key in kept_tables(find_run(Path(context.params["run"]))) if key.startswith(begun)]
    except StudyError:
        return []


@click.command(
    help=say(
        'Mostra le citazioni dietro una cella: `trama why STUDIO temi personale "Ne parlano"` o `temi!D5`.',
        'Show the quotations behind a cell: `trama why STUDY temi personale "Ne parlano"` or `temi!D5`.',
    )
)
@click.argument("run", metavar=say("CORSA", "RUN"), type=click.Path(path_type=Path))
@click.argument("cell", metavar=say("CELLA", "CELL"), nargs=-1, shell_complete=_complete_table)
@language_option
def why(run: Path, cell: tuple[str, ...], language: Language) -> None:
    """Print what is behind one cell of one table."""
    from corpus.errors import StudyError
    from outputs.run.folder import find_run
    from outputs.run.record import read_run
    from outputs.run.why import tell, what_is_behind

    try:
        record = read_run(find_run(run))
        lines = tell(what_is_behind(record, cell), record)
    except StudyError as error:
        stop(error.say(language))
    click.echo("\n".join(lines))
