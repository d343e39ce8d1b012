"""What the commands share: the language they speak, how a study is named, how they stop. Runs nothing."""

import itertools
import os
import shlex
import sys
from pathlib import Path
from typing import NoReturn

import click

from corpus.words.language import Bilingual, Language
from flows.cli.exit_codes import STOPPED


def _chosen_language() -> Language:
    """English for `--language en` or TRAMA_LANGUAGE=en, else Italian. Read before click, for the help texts."""
    arguments = sys.argv[1:]
    if "--language=en" in arguments or ("--language", "en") in itertools.pairwise(arguments):
        return "en"
    return "en" if os.environ.get("TRAMA_LANGUAGE") == "en" else "it"


_TYPED_IN = "trama.folder"
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
# Passed on as `sheet`, for a command that writes a worksheet.
sheet_language_option = click.option(
    "--sheet-language",
    "sheet",
    type=click.Choice(["it", "en"]),
    help=say("Lingua del foglio, al posto di quella in study.toml.", "Language of the sheet instead of study.toml's."),
)
quiet_option = click.option(
    "-q",
    "--quiet",
    is_flag=True,
    help=say("Non dire a che punto è.", "Do not say how far it is."),
)
study_argument = click.argument("study", metavar=say("STUDIO", "STUDY"), type=click.Path(path_type=Path))


def remember_folder(folder: Path) -> None:
    """From now on `shown` names paths as seen from `folder`, where the command was typed."""
    click.get_current_context().meta[_TYPED_IN] = f"{folder}/"


def shown(path: Path) -> str:
    """A path as it can be typed where the command was typed."""
    return shlex.quote(str(path).removeprefix(click.get_current_context().meta[_TYPED_IN]))


def stop(message: str, code: int = STOPPED) -> NoReturn:
    """Say `message` on standard error and end with the exit code `code`."""
    click.echo(message, err=True)
    sys.exit(code)


def tell_sheet(it: str, en: str, path: Path, study: Path) -> None:
    """Say what worksheet was written where, and what to do with it."""
    click.echo(f"{say(it, en)}: {path}")
    click.echo(
        say(
            f"Compilalo, salvalo nella stessa cartella e poi: trama run {shown(study)}",
            f"Fill it in, save it in the same folder, then: trama run {shown(study)}",
        )
    )
