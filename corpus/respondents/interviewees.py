"""Which interviews are whose, by the names of transcripts in respondents.csv. Reads no turn and no file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from corpus.errors import Notebook
from corpus.tables.list_cells import split_names
from corpus.transcripts.transcript_names import transcript_called, without_ending
from corpus.words.spelling import fold, suggestion

FILE = "respondents.csv"


@dataclass(frozen=True, slots=True)
class Respondent:
    """A row of the list: the ids of the transcripts that it names, and the names that are no transcript's.

    `row` is None where there is no list; `listed`: the row names its transcripts itself, else its id is the name.
    """

    id: str
    transcripts: frozenset[str]
    unknown: tuple[str, ...]
    speaker: str
    row: int | None
    listed: bool


def match_transcripts(respondents: pd.DataFrame, ids: Collection[str]) -> list[Respondent]:
    """The respondents in the order of the frame, which has the columns respondent, transcript, speaker.

    `ids` are those of all transcripts. A name counts with or without its ending, whatever its case, accents or
    composition. A transcript that nobody names and whose name differs from a named one by case alone goes with it.
    """
    columns = [
        respondents[name].fillna("").astype(str).str.strip() if name in respondents else [""] * len(respondents)
        for name in ("respondent", "transcript", "speaker")
    ]
    rows = respondents.index if respondents.index.name == "row" else [None] * len(respondents)
    people = [
        _respondent(id, cell, speaker, row, ids) for id, cell, speaker, row in zip(*columns, rows, strict=True) if id
    ]
    named = {transcript for person in people for transcript in person.transcripts}
    return [_with_twins(person, set(ids) - named) for person in people]


def _respondent(id: str, cell: str, speaker: str, row: int | None, ids: Collection[str]) -> Respondent:
    names = split_names(cell, lambda name: transcript_called(name, ids) is not None) or (id,)
    called = {name: transcript_called(name, ids) for name in names}
    transcripts = frozenset(transcript for transcript in called.values() if transcript is not None)
    unknown = tuple(name for name, transcript in called.items() if transcript is None)
    return Respondent(id, transcripts, unknown, speaker.casefold(), row, bool(cell))


def _with_twins(person: Respondent, free: Collection[str]) -> Respondent:
    spelled = {transcript.casefold() for transcript in person.transcripts}
    twins = frozenset(transcript for transcript in free if transcript.casefold() in spelled)
    return replace(person, transcripts=person.transcripts | twins)


def free_transcripts(people: Sequence[Respondent], ids: Collection[str]) -> set[str]:
    """The transcripts that no respondent names."""
    return set(ids) - {transcript for person in people for transcript in person.transcripts}


def tell_unknown_transcripts(people: Sequence[Respondent], ids: Collection[str], notebook: Notebook) -> None:
    """The names in the column `transcript` that are no transcript's, with the one that may be meant."""
    free = free_transcripts(people, ids)
    for person in people:
        has_none = not person.transcripts
        it = f"il rispondente `{person.id}` non ha un'intervista: " if has_none else ""
        en = f"respondent `{person.id}` has no interview: " if has_none else ""
        for name in person.unknown if person.listed else ():
            hint = suggestion(without_ending(name), free or ids)
            notebook.error(
                f"{it}la trascrizione `{name}` non c'è o non si è potuta leggere{hint.it}; aggiungila o correggi la "
                "cella",
                f"{en}the transcript `{name}` is missing or could not be read{hint.en}; add it or mend the cell",
                row=person.row,
                column="transcript",
            )


def tell_twin_transcripts(people: Sequence[Respondent], ids: Collection[str], notebook: Notebook) -> None:
    """A warning for transcripts whose names differ by case, accents or signs alone, and whose they are."""
    alike: dict[str, list[str]] = {}
    for id in sorted(ids):
        alike.setdefault(fold(id), []).append(id)
    for twins in alike.values():
        if len(twins) < 2:
            continue
        shown = ", ".join(f"`{id}`" for id in twins)
        owners = sorted({person.id for person in people if person.transcripts & set(twins)})
        whose = ", ".join(f"`{owner}`" for owner in owners)
        one = len(owners) == 1
        it = f"interviste di un solo rispondente, {whose}" if one else f"interviste di persone diverse ({whose})"
        en = f"interviews of one respondent, {whose}" if one else f"interviews of different people ({whose})"
        notebook.warning(
            f"le trascrizioni {shown} hanno lo stesso nome, salvo maiuscole o accenti, e sono lette come {it}: "
            "se non è così rinominane una o togli la copia",
            f"the transcripts {shown} have one name but for case or accents, and are read as {en}: "
            "else rename one or remove the copy",
            column="transcript",
        )
