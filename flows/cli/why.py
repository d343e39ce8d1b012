"""`trama why`: the quotations behind a cell."""

from pathlib import Path

import click

from corpus.language import Language
from flows.cli.words import language_option, say, stop


@click.command(
    help=say(
        'Mostra le citazioni dietro una cella: `trama why STUDIO temi personale "Ne parlano"` o `temi!D5`.',
        'Show the quotations behind a cell: `trama why STUDY temi personale "Ne parlano"` or `temi!D5`.',
    )
)
@click.argument("run", metavar=say("CORSA", "RUN"), type=click.Path(path_type=Path))
@click.argument("cell", metavar=say("CELLA", "CELL"), nargs=-1)
@language_option
def why(run: Path, cell: tuple[str, ...], language: Language) -> None:
    """Print what is behind one cell of one table."""
    from corpus.errors import StudyError
    from outputs.run_folder import find_run
    from outputs.run_record import read_run
    from outputs.why import tell, what_is_behind

    try:
        record = read_run(find_run(run))
        lines = tell(what_is_behind(record, cell), record)
    except StudyError as error:
        stop(error.say(language))
    click.echo("\n".join(lines))
