"""Findings where interviews and questionnaire meet: readings, divergences, silences, types. Room outputs."""

from collections.abc import Iterable, Mapping

from corpus.codings.link_decisions import READING_NAMES
from outputs.tables.finding import Found, rows_of
from outputs.tables.view import View
from outputs.words.render import RenderedTable


def link_findings(view: View, tables: Mapping[str, RenderedTable]) -> Iterable[Found]:
    """Links by reading, then each divergence with its reason, what only one source speaks of, declared types."""
    links = rows_of(tables["joint_display"])
    about = view.say("Legami", "Links")
    for reading in (names.say(view.language) for names in READING_NAMES.values()):
        mine = [row for row in links if row["reading"] == reading]
        if mine:
            named = "; ".join(f"{row['theme']} – {_code(row)}" for row in mine)
            said = view.say(
                f"Legami fra temi e domande letti come {reading}: {len(mine)} su {len(links)} ({named}).",
                f"Links of themes and items read as {reading}: {len(mine)} of {len(links)} ({named}).",
            )
            behind = [("joint_display", row["row"], "quotations") for row in mine]
            yield Found(about, said, behind, main=True, tables=("joint_display",))
    diverging = READING_NAMES["divergence"].say(view.language)
    for row in links:
        if row["reading"] == diverging:
            said = f"{row['theme']} – {row['item']}: {diverging}, {row['why']}."
            behind = [("joint_display", row["row"], column) for column in ("contradict", "quotations")]
            yield Found(row["theme"], said, behind, main=True)
    yield from _silences(view, tables["silenzi"])
    for row in rows_of(tables["tipi"]):
        if row["row"].startswith("declared|"):
            said = view.say(
                f"Tipo «{row['type']}»: rispondenti {row['n']}", f"Type «{row['type']}»: respondents {row['n']}"
            )
            said += f" ({row['members']})." if row["members"] else "."
            yield Found(view.say("Tipi", "Types"), said, [("tipi", row["row"], "n")], tables=("tipi",))


def _silences(view: View, table: RenderedTable) -> Iterable[Found]:
    rows = rows_of(table)
    themes = [row for row in rows if row["row"].startswith("theme|")]
    items = [row for row in rows if row["row"].startswith("item|")]
    about = view.say("Silenzi", "Silences")
    if themes:
        named = ", ".join(f"{row['theme']} ({row['mentioned']})" for row in themes)
        said = view.say(
            f"Temi che il questionario non chiede (rispondenti che ne parlano): {named}.",
            f"Themes that the questionnaire does not ask (respondents who speak of them): {named}.",
        )
        yield Found(
            about, said, [(table.key, row["row"], "mentioned") for row in themes], main=True, tables=(table.key,)
        )
    if items:
        named = ", ".join(row["item"] for row in items)
        said = view.say(
            f"Domande di cui il codebook dei temi non parla: {named}.",
            f"Items that no theme of the codebook speaks of: {named}.",
        )
        yield Found(about, said, [(table.key, row["row"], "answered") for row in items], tables=(table.key,))


def _code(row: dict[str, str]) -> str:
    return row["item"].split(". ")[0]
