"""`trama export`: a finished run in other formats."""

from pathlib import Path

import click

from corpus.words.language import Language
from flows.cli.words import language_option, say, shown, stop, study_argument


@click.command(
    help=say("Esporta i risultati di una corsa in altri formati.", "Export a run's results to other formats.")
)
@study_argument
@click.option(
    "--format",
    "formats",
    default="docx,pptx,xlsx,figures",
    show_default=True,
    help=say(
        "Formati separati da virgole: xlsx, docx, pptx, html, csv, parquet, figures, statistics, qdpx, qdc.",
        "Formats separated by commas: xlsx, docx, pptx, html, csv, parquet, figures, statistics, qdpx, qdc.",
    ),
)
@click.option("--tables", default="", help=say("Chiavi delle tabelle, con virgole.", "Keys of tables, with commas."))
@click.option("--run", "run_name", default="", help=say("Una corsa che non sia l'ultima.", "A run but the latest."))
@click.option("--output", type=click.Path(path_type=Path), help=say("Cartella in cui scrivere.", "Folder to write to."))
@click.option(
    "--template", type=click.Path(path_type=Path), help=say("Modello di Word (.docx).", "Word template (.docx).")
)
@click.option(
    "--profiles",
    is_flag=True,
    help=say("Nel documento Word, una pagina per rispondente.", "In the Word document, a page for each respondent."),
)
@click.option(
    "--slides-for",
    default="",
    help=say(
        "A chi mostri le diapositive: intervistati o colleghi.", "Who will see the slides: respondents or colleagues."
    ),
)
@click.option(
    "--report-language",
    "report",
    type=click.Choice(["it", "en"]),
    help=say("Lingua dei file, se non quella della corsa.", "Language of the files, if not the run's."),
)
@language_option
def export(
    study: Path,
    formats: str,
    tables: str,
    run_name: str,
    output: Path | None,
    template: Path | None,
    profiles: bool,
    slides_for: str,
    report: Language | None,
    language: Language,
) -> None:
    """Write a run's results in other formats, computing nothing again."""
    from corpus.errors import StudyError
    from corpus.refi.account import Account
    from corpus.word_template import check_styles
    from outputs.export import export_study

    accounts: list[Account] = []
    try:
        written = export_study(
            study, _listed(formats), tables=_listed(tables), language=report, output=output, template=template,
            run=run_name, profiles=profiles, slides_for=slides_for, tell=accounts.append,
        )  # fmt: skip
    except StudyError as error:
        stop(error.say(language))
    for warning in check_styles(template) if template and "docx" in _listed(formats) else ():
        click.echo(warning.say(language), err=True)
    for folder in dict.fromkeys(path.parent for path in written):
        files = [path.name for path in written if path.parent == folder]
        click.echo(f"{shown(folder)}/: {', '.join(files[:6])}" + (f", … ({len(files)})" if len(files) > 6 else ""))
    for account in accounts:
        for line in account.say(language):
            click.echo(f"qdpx: {line}")


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
