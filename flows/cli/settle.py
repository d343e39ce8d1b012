"""`trama settle`: a worksheet of the disagreements of people who coded the same segments."""

from pathlib import Path

import click

from corpus.words.language import Language
from flows.cli.words import language_option, say, shown, stop, study_argument


@click.command(
    help=say(
        "Scrive un foglio dei disaccordi di chi ha codificato gli stessi segmenti; compilato, lo rilegge `trama run`.",
        "Write a sheet of what people who coded the same segments disagree on; filled in, `trama run` reads it back.",
    )
)
@study_argument
@click.option("--by", "settler", default="", help=say("Nome di chi deciderà.", "Name of who will decide."))
@click.option(
    "--sheet-language",
    "sheet",
    type=click.Choice(["it", "en"]),
    help=say("Lingua del foglio, al posto di quella in study.toml.", "Language of the sheet instead of study.toml's."),
)
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
    click.echo(say(f"Disaccordi da decidere: {path}", f"Disagreements to settle: {path}"))
    click.echo(
        say(
            f"Compilalo, salvalo nella stessa cartella e poi: trama run {shown(study)}",
            f"Fill it in, save it in the same folder, then: trama run {shown(study)}",
        )
    )
