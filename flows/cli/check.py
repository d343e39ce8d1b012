"""`trama check`: what is in a study, what is wrong with it, and a draft of its questionnaire codebook."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.words.language import Language
from flows.cli.exit_codes import STOPPED
from flows.cli.words import language_option, say, shown, stop, study_argument

if TYPE_CHECKING:  # imported where it is used: a command that is typed wrong should say so at once
    from corpus.errors import Problem
    from corpus.settings import AnalysisSection


@click.command(help=say("Controlla uno studio e dice che cosa non va.", "Validate a study and say what is wrong."))
@study_argument
@click.option(
    "--write-codebook",
    "draft",
    metavar="[FILE]",
    is_flag=False,
    flag_value="",
    default=None,
    callback=lambda _context, _option, file: Path(file).absolute() if file else file,
    help=say(
        "Prima scrivi una bozza di questionnaire_codebook.csv dai dati, da correggere (mai sopra un file che c'è).",
        "First draft questionnaire_codebook.csv from the data, to be corrected (never over an existing file).",
    ),
)
@language_option
def check(study: Path, draft: Path | str | None, language: Language) -> None:
    """Validate a study: exit 1 when something would be left out of a run."""
    from corpus.checking.tally import tally
    from corpus.checking.transcript_overview import describe_transcripts
    from corpus.errors import StudyError
    from corpus.study import read_study

    if draft is not None:
        _write_draft(study, Path(draft) if draft else None, language)
    try:
        loaded = read_study(study)
    except StudyError as error:
        stop(error.say(language))
    loaded = replace(loaded, problems=(*loaded.problems, *_unusable(loaded.settings.analysis)))
    for line in describe_transcripts(loaded):
        click.echo(line.say(language))
    for problem in loaded.problems:
        mark = say("ERRORE", "ERROR") if problem.severity == "error" else say("avviso", "warning")
        quote = f" {problem.quote}" if problem.quote else ""
        click.echo(f"{mark}  {problem.say(language)}{quote}")
    counted = tally(loaded)
    words = counted.say()
    click.echo(
        say(
            f"{len(loaded.interviews)} trascritti, {len(loaded.respondents)} rispondenti, {len(loaded.items)} domande, "
            f"{len(loaded.themes)} temi: {words.it}",
            f"{len(loaded.interviews)} transcripts, {len(loaded.respondents)} respondents, {len(loaded.items)} items, "
            f"{len(loaded.themes)} themes: {words.en}",
        )
    )
    sys.exit(STOPPED if counted.errors else 0)


def _unusable(options: "AnalysisSection") -> Iterator["Problem"]:
    """What `[analysis]` names and a run could not open; models are looked for and not opened, which takes seconds."""
    from corpus.errors import StudyError
    from nlp.embeddings import check_encoder
    from nlp.model_files import check_pipeline

    checks = [(check_pipeline, options.model), (check_encoder, options.encoder)]
    if options.coder != type(options)().coder:  # of the usual one nothing need be imported
        from nlp.coders import check_coder

        checks.append((check_coder, options.coder))
    for check_name, name in checks:
        try:
            check_name(name)
        except StudyError as error:
            yield from error.problems


def _write_draft(study: Path, file: Path | None, language: Language) -> None:
    from corpus.errors import StudyError
    from corpus.questionnaire.questionnaire_draft import write_draft
    from corpus.respondents.respondents_list import known_respondents

    try:
        written = write_draft(study, file, known_respondents(study))
    except StudyError as error:
        stop(error.say(language))
    click.echo(
        say(
            f"Bozza scritta in {shown(written)}: correggi tipi, ordine delle scale, codici mancanti, separatori.",
            f"Draft written to {shown(written)}: correct types, order of scales, missing codes, separators.",
        )
    )
