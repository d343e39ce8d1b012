"""The `trama` command. Each verb is one function of the library; heavy imports wait inside them."""

import itertools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from corpus.language import Bilingual, Language

if TYPE_CHECKING:
    from corpus.study import Study


def _chosen_language() -> Language:
    """English for `--language en` or TRAMA_LANGUAGE=en, else Italian. Read before click, for the help texts."""
    arguments = sys.argv[1:]
    if "--language=en" in arguments or ("--language", "en") in itertools.pairwise(arguments):
        return "en"
    return "en" if os.environ.get("TRAMA_LANGUAGE") == "en" else "it"


LANGUAGE = _chosen_language()


def _say(it: str, en: str) -> str:
    return Bilingual(it, en).say(LANGUAGE)


_language_option = click.option(
    "--language",
    type=click.Choice(["it", "en"]),
    default=None,
    callback=lambda _context, _option, chosen: chosen or LANGUAGE,
    help=_say("Lingua dei messaggi.", "Language of the messages."),
)
_study_argument = click.argument("study", metavar=_say("STUDIO", "STUDY"), type=click.Path(path_type=Path))


@click.group(
    help=_say(
        "Trama: interviste qualitative in italiano e questionari, dai trascritti ai risultati.",
        "Trama: qualitative interviews in Italian and questionnaires, from transcripts to findings.",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="trama")
def main() -> None:
    """Entry point of the `trama` command."""


@main.command(help=_say("Crea una cartella di studio commentata.", "Make a commented study folder."))
@click.argument("folder", metavar=_say("CARTELLA", "DIR"), type=click.Path(path_type=Path))
@_language_option
def init(folder: Path, language: Language) -> None:
    """Make a study folder to start from."""
    from corpus.errors import StudyError
    from corpus.init import create_study

    try:
        create_study(folder, language)
    except StudyError as error:
        _stop(error.say(language))
    click.echo(
        _say(
            f"Studio creato in {folder}. Poi: trama check {folder}",
            f"Study made in {folder}. Next: trama check {folder}",
        )
    )


@main.command(help=_say("Controlla uno studio e dice che cosa non va.", "Validate a study and say what is wrong."))
@_study_argument
@click.option(
    "--write-codebook",
    "draft",
    metavar="[FILE]",
    is_flag=False,
    flag_value="",
    default=None,
    help=_say(
        "Prima scrivi una bozza di questionnaire_codebook.csv dai dati, da correggere (mai sopra un file che c'è).",
        "First draft questionnaire_codebook.csv from the data, to be corrected (never over an existing file).",
    ),
)
@_language_option
def check(study: Path, draft: str | None, language: Language) -> None:
    """Validate a study: exit 1 when something would be left out of a run."""
    if draft is not None:
        _write_draft(study, Path(draft) if draft else None, language)
    found = _read(study, language)
    for problem in found.problems:
        mark = _say("ERRORE", "ERROR") if problem.severity == "error" else _say("avviso", "warning")
        click.echo(f"{mark}  {problem.say(language)}")
    errors = sum(problem.severity == "error" for problem in found.problems)
    warnings = len(found.problems) - errors
    click.echo(
        _say(
            f"{len(found.interviews)} trascritti, {len(found.respondents)} rispondenti, {len(found.items)} domande, "
            f"{len(found.themes)} temi: {errors} errori, {warnings} avvisi",
            f"{len(found.interviews)} transcripts, {len(found.respondents)} respondents, {len(found.items)} items, "
            f"{len(found.themes)} themes: {errors} errors, {warnings} warnings",
        )
    )
    sys.exit(1 if errors else 0)


@main.command(help=_say("Analizza uno studio e scrive tabelle e rapporto.", "Run a study and write tables and report."))
@_study_argument
@click.option(
    "--strict", is_flag=True, help=_say("Fermati al primo errore nei dati.", "Stop if the data has any error.")
)
@click.option(
    "--report-language",
    "report",
    type=click.Choice(["it", "en"]),
    help=_say(
        "Lingua del rapporto, al posto di quella in study.toml.", "Language of the report instead of study.toml's."
    ),
)
@_language_option
def run(study: Path, strict: bool, report: Language | None, language: Language) -> None:
    """Run a study through the Prefect flow, on a server of its own."""
    from corpus.errors import StudyError
    from flows.run_study import run_study

    try:
        outcome = run_study(study, strict=strict, language=report)
    except StudyError as error:
        _stop(error.say(language))
    click.echo(_say(f"Rapporto: {outcome.report}", f"Report:   {outcome.report}"))
    click.echo(_say(f"Tabelle:  {outcome.workbook}", f"Tables:   {outcome.workbook}"))


def _write_draft(study: Path, file: Path | None, language: Language) -> None:
    from corpus.codebook_draft import write_draft
    from corpus.errors import StudyError
    from corpus.respondents import known_respondents

    try:
        written = write_draft(study, file, known_respondents(study))
    except StudyError as error:
        _stop(error.say(language))
    click.echo(
        _say(
            f"Bozza scritta in {written}: correggi tipi, ordine delle scale, codici mancanti, separatori.",
            f"Draft written to {written}: correct types, order of scales, missing codes, separators.",
        )
    )


@main.command(
    help=_say(
        "Scrive un foglio con i segmenti che conviene codificare a mano; compilato, è riletto da `trama run`.",
        "Write a sheet of the segments most worth coding by hand; once filled in, `trama run` reads it back.",
    )
)
@_study_argument
@click.option(
    "-n", "--number", default=40, show_default=True, type=click.IntRange(1, 2000),
    help=_say("Quanti segmenti.", "How many segments."),
)  # fmt: skip
@click.option(
    "--sample",
    is_flag=True,
    help=_say(
        "Estratti a caso e senza le proposte della macchina: per misurare l'accordo.",
        "Drawn at random and without the machine's proposals: to measure agreement.",
    ),
)
@click.option("--coder", default="", help=_say("Nome di chi codificherà.", "Name of who will code."))
@click.option(
    "--sheet-language",
    "sheet",
    type=click.Choice(["it", "en"]),
    help=_say("Lingua del foglio, al posto di quella in study.toml.", "Language of the sheet instead of study.toml's."),
)
@_language_option
def suggest(study: Path, number: int, sample: bool, coder: str, sheet: Language | None, language: Language) -> None:
    """Write a worksheet of segments to code into the study's folder `codings/`."""
    from corpus.errors import StudyError
    from flows.run_study import suggest_study

    try:
        path = suggest_study(study, number=number, at_random=sample, coder=coder, language=sheet)
    except StudyError as error:
        _stop(error.say(language))
    click.echo(_say(f"Foglio da codificare: {path}", f"Sheet to code: {path}"))
    click.echo(
        _say(
            f"Compilalo, salvalo nella stessa cartella e poi: trama run {study}",
            f"Fill it in, save it in the same folder, then: trama run {study}",
        )
    )


def _read(study: Path, language: Language) -> "Study":
    from corpus.errors import StudyError
    from corpus.study import read_study

    try:
        return read_study(study)
    except StudyError as error:
        _stop(error.say(language))


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
