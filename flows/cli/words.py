"""What the commands share: the language they speak, how a study is named, how they stop. Runs nothing."""

import itertools
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from corpus.language import Bilingual, Language


def _chosen_language() -> Language:
    """English for `--language en` or TRAMA_LANGUAGE=en, else Italian. Read before click, for the help texts."""
    arguments = sys.argv[1:]
    if "--language=en" in arguments or ("--language", "en") in itertools.pairwise(arguments):
        return "en"
    return "en" if os.environ.get("TRAMA_LANGUAGE") == "en" else "it"


LANGUAGE = _chosen_language()


def say(it: str, en: str) -> str:
    """The text in the language of the messages."""
    return Bilingual(it, en).say(LANGUAGE)


language_option = click.option(
    "--language",
    type=click.Choice(["it", "en"]),
    default=None,
    callback=lambda _context, _option, chosen: chosen or LANGUAGE,
    help=say("Lingua dei messaggi.", "Language of the messages."),
)
study_argument = click.argument("study", metavar=say("STUDIO", "STUDY"), type=click.Path(path_type=Path))


def stop(message: str) -> NoReturn:
    """Say `message` on standard error and end with status 1."""
    click.echo(message, err=True)
    sys.exit(1)
