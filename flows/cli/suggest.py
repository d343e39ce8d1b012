"""`trama suggest`: a worksheet of the segments most worth coding by hand."""

from pathlib import Path

import click

from corpus.words.language import Language
from flows.cli.words import language_option, quiet_option, say, sheet_language_option, stop, study_argument, tell_sheet


@click.command(
    help=say(
        "Scrive un foglio con i segmenti che conviene codificare a mano; compilato, è riletto da `trama run`.",
        "Write a sheet of the segments most worth coding by hand; once filled in, `trama run` reads it back.",
    )
)
@study_argument
@click.option(
    "-n", "--number", default=40, show_default=True, type=click.IntRange(1, 2000),
    help=say("Quanti segmenti (con --respondents, quanti rispondenti).",
             "How many segments (with --respondents, how many respondents)."),
)  # fmt: skip
@click.option(
    "--sample",
    is_flag=True,
    help=say(
        "Estratti a caso con probabilità note, tanti da ogni rispondente: per misurare l'accordo e correggere le cifre "
        "della macchina.",
        "Drawn at random with known probabilities, as many of each respondent: to measure agreement and to correct the "
        "machine's figures.",
    ),
)
@click.option(
    "--respondents",
    is_flag=True,
    help=say(
        "A caso, ma rispondenti interi con tutti i loro segmenti.", "At random, but whole respondents, all they say."
    ),
)
@click.option(
    "--theme",
    default="",
    metavar=say("TEMA", "THEME"),
    help=say(
        "A caso, un terzo ciascuno fra i segmenti in cui per la macchina il tema c'è, è in dubbio, non c'è: per i temi "
        "rari.",
        "At random, a third each of the segments in which for the machine the theme is there, in doubt, not there: for "
        "rare themes.",
    ),
)
@click.option(
    "--by-respondent/--across",
    default=None,
    help=say(
        "A caso, in parti uguali da ogni rispondente (così senza --theme), o da tutti insieme.",
        "At random, as many of each respondent (so without --theme), or of all together.",
    ),
)
@click.option(
    "--proposals",
    is_flag=True,
    help=say("Mostra anche che cosa proporrebbe la macchina.", "Show what the machine would propose, too."),
)
@click.option(
    "--after",
    default="",
    metavar=say("NOME", "NAME"),
    help=say(
        "Estratti a caso fra i segmenti che questa persona ha già letto: per una seconda lettura alla cieca.",
        "Drawn at random from the segments that this person has read: for a second, blind reading.",
    ),
)
@click.option("--coder", default="", help=say("Nome di chi codificherà.", "Name of who will code."))
@sheet_language_option
@quiet_option
@language_option
def suggest(
    study: Path,
    number: int,
    sample: bool,
    respondents: bool,
    theme: str,
    by_respondent: bool | None,
    proposals: bool,
    after: str,
    coder: str,
    sheet: Language | None,
    quiet: bool,
    language: Language,
) -> None:
    """Write a worksheet of segments to code into the study's folder `codings/`."""
    from corpus.errors import StudyError
    from flows.cli.listening import listener
    from flows.run_study import suggest_study
    from flows.sheet_wish import SheetWish

    try:
        wish = SheetWish(
            number=number,
            at_random=sample or respondents or bool(theme) or by_respondent is not None,
            respondents=respondents,
            theme=theme,
            by_respondent=by_respondent,
            proposals=proposals,
            after=after,
            coder=coder,
            language=sheet,
        )
        path = suggest_study(study, wish, listener(language, quiet))
    except StudyError as error:
        stop(error.say(language))
    tell_sheet("Foglio da codificare", "Sheet to code", path, study)
