"""The `trama` command. Each verb is one file and one function of the library; heavy imports wait inside them."""

import click

from flows.cli.check import check
from flows.cli.diff import diff
from flows.cli.export import export
from flows.cli.gc import gc
from flows.cli.guard import guarded
from flows.cli.init import init
from flows.cli.privacy import privacy
from flows.cli.read import read
from flows.cli.run import run
from flows.cli.serve import serve
from flows.cli.settle import settle
from flows.cli.suggest import suggest
from flows.cli.why import why
from flows.cli.words import say


@click.group(
    help=say(
        "Trama: interviste qualitative in italiano e questionari, dai trascritti ai risultati.",
        "Trama: qualitative interviews in Italian and questionnaires, from transcripts to findings.",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="trama")
def main() -> None:
    """Entry point of the `trama` command."""


for command in (init, check, privacy, suggest, read, settle, run, why, diff, export, serve, gc):
    assert command.callback is not None
    command.callback = guarded(command.callback)
    main.add_command(command)
