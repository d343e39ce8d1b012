"""Findings on the material, the themes and the emergent topics, in sentences. Room outputs; computes no number."""

from collections.abc import Iterable, Mapping

from outputs.tables.finding import Found, rows_of, top
from outputs.tables.table import Table
from outputs.tables.view import View

_MOST = 3  # how many themes or topics a sentence names; more when they tie


def material_findings(view: View, tables: Mapping[str, Table]) -> Iterable[Found]:
    """How much was said and answered, and how many warnings there are."""
    n = tables["campione"].frame["value"]
    people = [("campione", key, "value") for key in ("interviewed", "questionnaires", "both")]
    size = view.say(f"{n['segments']} segmenti, {n['words']} parole", f"{n['segments']} segments, {n['words']} words")
    if "written" in n:
        size += view.say(f" con {n['written']} risposte scritte", f" with {n['written']} written answers")
    said = view.say(
        f"Rispondenti intervistati: {n['interviewed']} ({n['transcripts']} trascrizioni, {size}); con il questionario "
        f"{n['questionnaires']}, con entrambi {n['both']}.",
        f"Respondents interviewed: {n['interviewed']} ({n['transcripts']} transcripts, {size}); with the questionnaire "
        f"{n['questionnaires']}, with both {n['both']}.",
    )
    yield Found(view.say("Campione", "Sample"), said, people, main=True)
    left = tables["lasciati_fuori"]
    if len(left.frame):
        said = view.say(
            f"Errori e avvisi sui dati: {len(left.frame)}, elencati nella tabella «{left.title}».",
            f"Errors and warnings on the data: {len(left.frame)}, listed in the table «{left.title}».",
        )
        yield Found(view.say("Dati", "Data"), said, main=True, tables=(left.key,))


def theme_findings(view: View, tables: Mapping[str, Table]) -> Iterable[Found]:
    """Which themes most respondents speak of, which nobody, which are told as problems; then theme by theme."""
    about = view.say("Temi", "Themes")
    spread = rows_of(tables["temi"])
    first = top(spread, "mentioned", _MOST)
    if first:
        named = ", ".join(f"{row['theme']} ({row['mentioned']})" for row in first)
        said = view.say(
            f"I temi di cui parlano più rispondenti, su {first[0]['n']}: {named}.",
            f"The themes that most respondents speak of, of {first[0]['n']}: {named}.",
        )
        yield Found(about, said, [("temi", row["row"], "mentioned") for row in first], main=True)
    silent = [row["theme"] for row in spread if not row["mentioned"]]
    if silent:
        named = ", ".join(silent)
        said = view.say(
            f"Temi del codebook di cui nessun intervistato parla: {named}.",
            f"Themes that nobody interviewed speaks of: {named}.",
        )
        yield Found(about, said, main=True, tables=("temi",))
    uncoded = tables["termini_non_codificati"]
    theirs = uncoded.cells[~uncoded.cells["row"].str.endswith("|speaker")]
    if len(theirs):
        said = view.say(
            f"Segmenti di rispondenti con un termine di un tema che non è stato dato: {theirs['segment'].nunique()}; "
            f"il perché è nella tabella «{uncoded.title}».",
            f"Respondents' segments with a term of a theme that was not given: {theirs['segment'].nunique()}; "
            f"the table «{uncoded.title}» says why.",
        )
        yield Found(about, said, [(uncoded.key, row, "segments") for row in theirs["row"].unique()])
    told = rows_of(tables["posizioni"])
    for stance, it, en in (
        ("advantage", "I temi detti da più rispondenti come vantaggio", "The themes most told as an advantage"),
        ("problem", "I temi detti da più rispondenti come criticità", "The themes most told as a problem"),
        ("proposal", "I temi su cui più rispondenti fanno una proposta", "The themes with most proposals"),
    ):
        column = f"{stance}/respondents"
        first = top([row for row in told if row.get(column)], column, _MOST)
        if first:
            named = ", ".join(f"{row['theme']} ({row[column]})" for row in first)
            behind = [("posizioni", row["row"], column) for row in first]
            yield Found(about, view.say(f"{it}: {named}.", f"{en} (respondents): {named}."), behind, main=True)
    mentioned = {row["row"]: row for row in spread}
    for row in told:
        counts = {stance: row.get(f"{stance}/respondents") or 0 for stance in ("advantage", "problem", "proposal")}
        if not any(counts.values()):
            continue
        good, bad, wanted = counts.values()
        of = mentioned[row["row"]]
        said = view.say(
            f"{row['theme']}: ne parlano {of['mentioned']} su {of['n']}; almeno una volta come vantaggio {good}, come "
            f"criticità {bad}, con una proposta {wanted}.",
            f"{row['theme']}: {of['mentioned']} of {of['n']} speak of it; at least once as an advantage {good}, as a "
            f"problem {bad}, with a proposal {wanted}.",
        )
        behind = [("posizioni", row["row"], f"{stance}/respondents") for stance in counts if counts[stance]]
        yield Found(row["theme"], said, [("temi", row["row"], "mentioned"), *behind])


def topic_findings(view: View, tables: Mapping[str, Table]) -> Iterable[Found]:
    """How many topics came up, and which the codebook lacks."""
    topics = [row for row in rows_of(tables["argomenti"]) if row["row"] != "-1"]
    if not topics:
        return
    new = [row for row in topics if row["proposed"]]
    said = view.say(f"Argomenti emergenti: {len(topics)}", f"Emergent topics: {len(topics)}")
    if new:
        named = ", ".join(f"«{row['proposed']}» ({row['respondents']})" for row in top(new, "respondents", _MOST))
        said += view.say(
            f"; senza un tema vicino nel codebook {len(new)}, fra cui (rispondenti): {named}.",
            f"; without a near theme in the codebook {len(new)}, among them (respondents): {named}.",
        )
    else:
        said += view.say(", tutti vicini a un tema del codebook.", ", all near a theme of the codebook.")
    behind = [("argomenti", row["row"], "respondents") for row in top(new, "respondents", _MOST)] if new else []
    yield Found(view.say("Argomenti", "Topics"), said, behind, main=True, tables=("argomenti",))
