"""`trama run`: one analysis of one study."""

import sys
from pathlib import Path

import click

from corpus.words.language import Language
from flows.cli.exit_codes import LEFT_OUT
from flows.cli.words import language_option, quiet_option, say, shown, stop, study_argument


@click.command(
    help=say(
        "Analizza uno studio e scrive tabelle e rapporto.\n\n"
        "Codici di uscita: 0 tutto bene; 3 la corsa c'è, ma qualcosa dello studio è rimasto fuori; 1 nessuna corsa, e "
        "perché; 70 un errore di Trama; 130 interrotta.",
        "Run a study and write tables and report.\n\n"
        "Exit codes: 0 all is well; 3 the run was made, but something of the study was left out; 1 no run, and why; "
        "70 a fault of Trama's; 130 interrupted.",
    )
)
@study_argument
@click.option(
    "--strict", is_flag=True, help=say("Fermati al primo errore nei dati.", "Stop if the data has any error.")
)
@click.option(
    "--report-language",
    "report",
    type=click.Choice(["it", "en"]),
    help=say(
        "Lingua del rapporto, al posto di quella in study.toml.", "Language of the report instead of study.toml's."
    ),
)
@click.option(
    "--again",
    is_flag=True,
    help=say(
        "Fai una nuova corsa anche se non è cambiato niente dall'ultima.",
        "Make a new run though nothing changed since the latest.",
    ),
)
@click.option(
    "--processes",
    type=click.IntRange(1),
    help=say(
        "Quanti processi annotano il testo (di solito uno per processore, quattro al più).",
        "How many processes annotate the text (usually one a processor, at most four).",
    ),
)
@click.option(
    "--dask",
    metavar=say("INDIRIZZO", "ADDRESS"),
    help=say(
        "Fai annotare il testo al cluster Dask di questo scheduler, per esempio tcp://10.0.0.5:8786. "
        "Quello che è stato detto viaggia fino ai suoi processi.",
        "Have the text annotated by the Dask cluster of this scheduler, for example tcp://10.0.0.5:8786. "
        "What was said travels to its workers.",
    ),
)
@quiet_option
@language_option
def run(
    study: Path,
    strict: bool,
    report: Language | None,
    again: bool,
    processes: int | None,
    dask: str | None,
    quiet: bool,
    language: Language,
) -> None:
    """Run a study in this process; as a flow run where a Prefect server is configured or serves the folder."""
    from corpus.errors import StudyError
    from flows.cli.listening import listener
    from flows.cluster import ClusterError
    from flows.run_study import run_study

    try:
        outcome = run_study(
            study,
            strict=strict,
            language=report,
            again=again,
            processes=processes,
            dask=dask,
            listener=listener(language, quiet),
        )
    except ClusterError as error:
        it = "Poi ripeti la corsa: riprende da dove era arrivata. Senza --dask lavora questa macchina."
        en = "Then run it again: it goes on from where it was. Without --dask this machine does the work."
        stop(f"{error.say(language)}\n{say(it, en)}")
    except StudyError as error:
        stop(error.say(language))
    if outcome.remade:
        it = f"{outcome.remade} file intermedi erano danneggiati e sono stati rifatti: i risultati non ne risentono."
        en = f"{outcome.remade} kept files were damaged and have been made again: the results do not suffer."
        click.echo(say(it, en), err=True)
    if outcome.report:
        click.echo(say(f"Rapporto: {outcome.report}", f"Report:   {outcome.report}"))
    if outcome.workbook:
        click.echo(say(f"Tabelle:  {outcome.workbook}", f"Tables:   {outcome.workbook}"))
    if not outcome.report or not outcome.workbook:
        click.echo(say(f"Cartella: {outcome.folder}", f"Folder:   {outcome.folder}"))
    for met in outcome.on_the_way:
        click.echo(say(met.it, met.en))
    told = outcome.tally.say()
    click.echo(say(f"{told.it}.", f"{told.en}."))
    if outcome.tally.errors or outcome.tally.warnings:
        click.echo(say(f"Li elenca: trama check {shown(study)}", f"To list them: trama check {shown(study)}"))
    click.echo(
        say(f"Per leggere e correggere: trama read {shown(study)}", f"To read and correct: trama read {shown(study)}")
    )
    if outcome.tally.errors:
        sys.exit(LEFT_OUT)
