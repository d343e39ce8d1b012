"""`trama settle`: a worksheet of the disagreements of people who coded the same segments."""

from pathlib import Path

import click

from corpus.words.language import Language
from flows.cli.words import language_option, say, sheet_language_option, stop, study_argument, tell_sheet


@click.command(
    help=say(
        "Scrive un foglio dei disaccordi di chi ha codificato gli stessi segmenti; compilato, lo rilegge `trama run`.",
        "Write a sheet of what people who coded the same segments disagree on; filled in, `trama run` reads it back.",
    )
)
@study_argument
@click.option("--by", "settler", default="", help=say("Nome di chi deciderà.", "Name of who will decide."))
@sheet_language_option
@language_option
def settle(study: Path, settler: str, sheet: Language | None, language: Language) -> None:
    """Write a worksheet of disagreements to settle into the study's folder `codings/`."""
    from corpus.errors import StudyError
    from flows.cli.listening import listener
    from flows.run_study import settle_study

    try:
        path = settle_study(study, settler=settler, language=sheet, listener=listener(language))
    except StudyError as error:
        stop(error.say(language))
    tell_sheet("Disaccordi da decidere", "Disagreements to settle", path, study)
