"""`trama read`: a study's reading room in the browser."""

from pathlib import Path

import click

from corpus.words.language import Language
from flows.cli.words import language_option, say, stop, study_argument


@click.command(
    help=say(
        "Apri la sala di lettura: leggere e codificare le interviste nel browser, su questa macchina. Ogni decisione "
        "è salvata subito nello studio.",
        "Open the reading room: read and code the interviews in the browser, on this machine. Every decision is saved "
        "in the study at once.",
    )
)
@study_argument
@click.option("--coder", default="", help=say("Nome di chi codifica.", "Name of who codes."))
@click.option(
    "--blind",
    is_flag=True,
    help=say(
        "Alla cieca: solo le codifiche di --coder, nessuna degli altri e nessuna proposta della macchina.",
        "Blind: the codings of --coder only, none of others and no proposal of the machine.",
    ),
)
@click.option(
    "--port",
    default=0,
    type=click.IntRange(0, 65535),
    help=say("Porta (di solito una libera).", "Port (usually a free one)."),
)
@click.option("--no-browser", is_flag=True, help=say("Stampa l'indirizzo soltanto.", "Print the address only."))
@language_option
def read(study: Path, coder: str, blind: bool, port: int, no_browser: bool, language: Language) -> None:
    """Serve the study's reading room to a browser of this machine until Ctrl+C."""
    import webbrowser

    from corpus.errors import StudyError
    from flows.reading.room import Room
    from flows.reading.serving import serve_room

    if blind and not coder.strip():
        stop(say("--blind vuole il nome di chi codifica: --coder NOME", "--blind needs the coder's name: --coder NAME"))

    def ready(address: str) -> None:
        it = f"Sala di lettura: {address} (vale una volta; Ctrl+C per chiudere)"
        en = f"Reading room: {address} (holds once; Ctrl+C to close)"
        click.echo(say(it, en))
        if not no_browser:
            webbrowser.open(address)

    try:
        serve_room(Room(study, coder=coder.strip(), blind=blind), language, ready, port)
    except StudyError as error:
        stop(error.say(language))
