"""`trama serve`: the service over a folder of studies."""

import os
import signal
from pathlib import Path

import click

from corpus.words.language import Language
from flows.cli.words import language_option, say, stop


@click.command(
    help=say(
        "Servi una cartella di studi: interfaccia Prefect, analisi a richiesta e rielaborazione notturna.",
        "Serve a folder of studies: Prefect's UI, runs on demand and the nightly run.",
    )
)
@click.argument("studies", metavar=say("CARTELLA", "DIR"), type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help=say("Indirizzo IP.", "IP address to listen on."))
@click.option("--port", default=4200, show_default=True, type=click.IntRange(1, 65535), help=say("Porta.", "Port."))
@click.option(
    "--database",
    envvar="TRAMA_DATABASE",
    help=say(
        "Banca dati di Prefect, per esempio postgresql+asyncpg://… (altrimenti SQLite nella cartella).",
        "Prefect's database, such as postgresql+asyncpg://… (else SQLite in the folder).",
    ),
)
@click.option(
    "--cron", default="0 2 * * *", show_default=True, help=say("Quando rielaborare tutto.", "When to run everything.")
)
@click.option("--timezone", default="Europe/Rome", show_default=True, help=say("Fuso orario.", "Time zone."))
@click.option(
    "--parallel",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help=say("Analisi in corso insieme, al massimo.", "Runs at the same time, at most."),
)
@click.option(
    "--dask",
    envvar="TRAMA_DASK",
    metavar=say("INDIRIZZO", "ADDRESS"),
    help=say(
        "Fai annotare il testo al cluster Dask di questo scheduler; quando non c'è lavora questa macchina. "
        "Quello che è stato detto viaggia fino ai suoi processi.",
        "Have the text annotated by the Dask cluster of this scheduler; while it is away this machine does the work. "
        "What was said travels to its workers.",
    ),
)
@click.option(
    "--name",
    "names",
    multiple=True,
    envvar="TRAMA_NAMES",
    metavar=say("NOME", "NAME"),
    help=say(
        "Un nome con cui i browser raggiungono il servizio attraverso un proxy, per esempio trama.comune.example.",
        "A name by which browsers reach the service through a proxy, such as trama.town.example.",
    ),
)
@language_option
def serve(
    studies: Path,
    host: str,
    port: int,
    database: str | None,
    cron: str,
    timezone: str,
    parallel: int,
    dask: str | None,
    names: tuple[str, ...],
    language: Language,
) -> None:
    """Serve a folder of studies until Ctrl+C. The password is read from TRAMA_PASSWORD."""
    from corpus.errors import StudyError
    from flows.service.environment import PASSWORD, ServiceOptions
    from flows.service.serving import serve as serve_studies

    password = os.environ.pop(PASSWORD, None) or None
    # Not an Event: setting one in a signal's handler can wait for the lock that the interrupted code holds.
    signals: list[int] = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, _frame: signals.append(number))
    try:
        serve_studies(
            ServiceOptions(studies, host, port, database, password, cron, timezone, parallel, dask, names, language),
            _ready,
            lambda words: click.echo(words.say(language), err=True),
            lambda: bool(signals),
        )
    except StudyError as error:
        stop(error.say(language))


def _ready(address: str) -> None:
    click.echo(say(f"Trama è pronta: {address} (Ctrl+C per fermarla)", f"Trama is ready: {address} (Ctrl+C to stop)"))
