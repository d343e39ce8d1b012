"""What changed from one run to another and why: inputs, codebook, options, models, then codings and cells. Outputs."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pandas as pd

from corpus.words.language import Bilingual, Language
from outputs.numbers import Kind, format_value
from outputs.run.record import RunRecord
from outputs.tables.families import family_of
from outputs.words.render import RenderedTable

_LISTED = 20


def compare_runs(old: RunRecord, new: RunRecord, language: Language, everything: bool = False) -> list[str]:
    """The differences as lines to print: causes first, then codings, then each table's cells.

    `everything` lists every cell; otherwise the first 20 of a table. Both runs are read in `language`, whatever theirs
    is; of runs of format 1, which cannot, texts are compared only between runs of one language, numbers always. Two
    runs of the same study, data and program give one line that says so.
    """
    old, new = (run if run.worded else run.in_language(language) for run in (old, new))
    causes = list(_causes(old.manifest, new.manifest, language))
    effects = [*_codings(old, new, language), *_tables(old, new, language, everything)]
    lines = [Bilingual(f"Da {old.name} a {new.name}", f"From {old.name} to {new.name}").say(language)]
    if not causes and not effects:
        return [*lines, Bilingual("Nulla è cambiato.", "Nothing changed.").say(language)]
    nothing = Bilingual("- nessuna differenza in ciò che è entrato", "- no difference in what went in").say(language)
    unchanged = Bilingual("- nessuna differenza nei risultati", "- no difference in the results").say(language)
    lines += ["", Bilingual("Perché:", "Why:").say(language), *(causes or [nothing])]
    return [*lines, "", Bilingual("Che cosa:", "What:").say(language), *(effects or [unchanged])]


def _causes(old: dict[str, Any], new: dict[str, Any], language: Language) -> Iterator[str]:
    kinds = (("added", "in più", "added"), ("removed", "in meno", "removed"), ("changed", "con cambiamenti", "changed"))
    before = old["inputs"]
    after = new["inputs"]
    for kind, it, en in kinds:
        for file in _compared(before, after)[kind]:
            yield f"- {Bilingual(it, en).say(language)}: {_what(file).say(language)} {file}"
    people = [manifest.get("counts", {}).get("human_codings") for manifest in (old, new)]
    if people[0] != people[1]:
        yield Bilingual(
            f"- codifiche di persone: {people[0]} → {people[1]}", f"- codings by people: {people[0]} → {people[1]}"
        ).say(language)
    themes = _compared(old.get("codebook", {}), new.get("codebook", {}))
    for kind, it, en in kinds:
        if themes[kind]:
            word = Bilingual("temi", "themes").say(language)
            yield f"- {Bilingual(it, en).say(language)}: {word} {', '.join(themes[kind])}"
    for part, it, en in (
        ("options", "opzione", "option"),
        ("models", "modello", "model"),
        ("versions", "versione", "version"),
    ):
        left = _flat(old[part])
        right = _flat(new[part])
        for key in sorted(left.keys() | right.keys()):
            if left.get(key) != right.get(key):
                yield f"- {Bilingual(it, en).say(language)} {key}: {left.get(key, '-')} → {right.get(key, '-')}"
    for room in _compared(old.get("code", {}), new.get("code", {}))["changed"]:
        yield Bilingual(f"- codice di Trama cambiato: {room}", f"- Trama's code changed: {room}").say(language)
    if old.get("language") != new.get("language"):
        yield f"- {Bilingual('lingua', 'language').say(language)}: {old.get('language')} → {new.get('language')}"


def _what(file: str) -> Bilingual:
    if file.startswith("transcripts/"):
        return Bilingual("intervista", "interview")
    people = Bilingual("codifiche di persone", "codings by people")
    if file.startswith("codings/"):
        return people
    names = {
        "study": Bilingual("impostazioni", "settings"),
        "codings": people,
        "collegamenti": Bilingual("decisioni sui legami", "decisions on links"),
        "codebook": Bilingual("codebook dei temi", "theme codebook"),
        "respondents": Bilingual("elenco dei rispondenti", "list of respondents"),
        "questionnaire": Bilingual("risposte", "answers"),
        "questionnaire_codebook": Bilingual("codebook del questionario", "questionnaire codebook"),
    }
    return names.get(file.rsplit("/", 1)[-1].split(".")[0], Bilingual("file", "file"))


def _codings(old: RunRecord, new: RunRecord, language: Language) -> Iterator[str]:
    """Codings added, removed and changed, apart for interviews whose file changed and for the others."""
    files = _compared(old.manifest["inputs"], new.manifest["inputs"])
    moved = {file for kind in ("added", "removed", "changed") for file in files[kind]}
    both = old.manifest.get("transcripts", {}) | new.manifest.get("transcripts", {})
    touched = {name for name, file in both.items() if file in moved}
    keep = ["stance", "evidence", "how"]
    before, after = (run.results.codings.set_index("coding")[keep] for run in (old, new))
    shared = before.index.intersection(after.index)
    told = {
        Bilingual("nuove", "new"): after.index.difference(before.index),
        Bilingual("tolte", "removed"): before.index.difference(after.index),
        Bilingual("diverse", "different"): shared[(before.loc[shared] != after.loc[shared]).any(axis=1)],
    }
    elsewhere = 0
    for word, names in told.items():
        if len(names):
            inside = sum(name.rsplit("/", 1)[0].rsplit(":", 1)[0] in touched for name in names)
            elsewhere += len(names) - inside
            yield Bilingual(
                f"- codifiche {word.it}: {len(names)} ({inside} in interviste cambiate, {len(names) - inside} "
                "nelle altre)",
                f"- codings {word.en}: {len(names)} ({inside} in changed interviews, {len(names) - inside} in others)",
            ).say(language)
    if elsewhere and touched:
        yield Bilingual(
            "  (la soglia e ciò che si impara dalle persone valgono per tutto lo studio: cambiano anche interviste "
            "non toccate)",
            "  (the cut and what is learned from people hold for the whole study: untouched interviews change too)",
        ).say(language)


def _tables(old: RunRecord, new: RunRecord, language: Language, everything: bool) -> Iterator[str]:
    for table in new.tables:
        earlier = old.table(table.key)
        if earlier is None:
            yield f"- {Bilingual('tabella nuova', 'new table').say(language)}: {table.title}"
        elif family_of(table).compared not in ("codings", "never"):
            texts = old.language == new.language
            by_entry = family_of(table).compared == "rows" and texts
            changes = list(_entries(earlier, table, language) if by_entry else _cells(earlier, table, texts, language))
            if changes:
                several = Bilingual("differenze", "differences")
                count = (several if len(changes) > 1 else Bilingual("differenza", "difference")).say(language)
                yield f"- {table.title} ({table.key}): {len(changes)} {count}"
                shown = changes if everything else changes[: 0 if family_of(table).compared == "summary" else _LISTED]
                yield from (f"    {change}" for change in shown)
                if not shown:
                    yield Bilingual(
                        "    (riassume le altre tabelle: --all per leggerle)",
                        "    (sums the other tables up: --all shows them)",
                    ).say(language)
                elif len(shown) < len(changes):
                    rest = len(changes) - len(shown)
                    yield Bilingual(f"    … e altre {rest} (--all)", f"    … and {rest} more (--all)").say(language)
    for table in old.tables:
        if new.table(table.key) is None:
            yield f"- {Bilingual('tabella tolta', 'table removed').say(language)}: {table.title}"


def _entries(old: RenderedTable, new: RenderedTable, language: Language) -> Iterator[str]:
    """The rows of a list that only one of the two has, in words."""
    before, after = (Counter(_in_words(table)) for table in (old, new))
    yield from (f"{Bilingual('riga nuova', 'new row').say(language)}: {row}" for row in (after - before).elements())
    yield from (f"{Bilingual('riga tolta', 'row removed').say(language)}: {row}" for row in (before - after).elements())


def _in_words(table: RenderedTable) -> Iterator[str]:
    for row in table.frame.itertuples(index=False):
        cells = ("" if cell is None or pd.isna(cell) else str(cell) for cell in row)
        yield ", ".join(cell for cell in cells if cell)


def _cells(old: RenderedTable, new: RenderedTable, texts: bool, language: Language) -> Iterator[str]:
    named = _row_names(old, new)
    for row in new.frame.index.difference(old.frame.index, sort=False):
        yield f"{Bilingual('riga nuova', 'new row').say(language)}: {named[row]}"
    for row in old.frame.index.difference(new.frame.index, sort=False):
        yield f"{Bilingual('riga tolta', 'row removed').say(language)}: {named[row]}"
    shared = [row for row in new.frame.index if row in old.frame.index]
    for column in new.columns:
        if column.key not in old.frame.columns:
            yield f"{Bilingual('colonna nuova', 'new column').say(language)}: {column.label}"
            continue
        for row in shared:
            before = old.frame.loc[row, column.key]
            after = new.frame.loc[row, column.key]
            numbers = [isinstance(value, int | float) for value in (before, after)]
            if _same(before, after) or not (texts or any(numbers)):
                continue
            if column.kind == "text" and not any(numbers):
                yield f"{named[row]}, {column.label}: {Bilingual('testo diverso', 'another text').say(language)}"
                continue
            left, right = (format_value(value, column.kind, language) or "-" for value in (before, after))
            change = f" ({_difference(after - before, column.kind, language)})" if all(numbers) else ""
            yield f"{named[row]}, {column.label}: {left} → {right}{change}"
    for key in old.frame.columns.difference(new.frame.columns, sort=False):
        yield f"{Bilingual('colonna tolta', 'column removed').say(language)}: {key}"


def _row_names(old: RenderedTable, new: RenderedTable) -> dict[str, str]:
    """Row -> its first text, or its key where rows of either table share one."""
    named: dict[str, str] = {}
    shared: set[str] = set()
    for table in (old, new):
        first = [str(value) if isinstance(value, str) else "" for value in table.frame.iloc[:, 0]]
        shared |= {text for text, times in Counter(first).items() if times > 1 or not text}
        named |= {str(row): text for row, text in zip(table.frame.index, first, strict=True)}
    return {row: row if text in shared else text for row, text in named.items()}


def _difference(change: float, kind: Kind, language: Language) -> str:
    points = Bilingual("punti", "points").say(language)
    text = f"{100 * change:+.1f} {points}" if kind == "percent" else f"{change:+.4g}"
    return text.replace(".", ",") if language == "it" else text


def _same(before: Any, after: Any) -> bool:
    return before == after or (before is None and after is None) or (pd.isna(before) and pd.isna(after))


def _compared(old: dict[str, Any], new: dict[str, Any]) -> dict[str, list[str]]:
    return {
        "added": sorted(new.keys() - old.keys()),
        "removed": sorted(old.keys() - new.keys()),
        "changed": sorted(key for key in old.keys() & new.keys() if old[key] != new[key]),
    }


def _flat(values: Any, prefix: str = "") -> dict[str, Any]:
    """Nested options as `section.key` -> value; lists count as one value."""
    if not isinstance(values, dict):
        return {prefix: values}
    return {
        name: value
        for key, inner in values.items()
        for name, value in _flat(inner, f"{prefix}.{key}" if prefix else str(key)).items()
    }
