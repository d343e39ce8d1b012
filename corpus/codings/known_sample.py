"""The random draws of a study: which sheets are copies of one, how far each was read, what is wrong. Draws nothing.

A draw counts as far as it was read in order: its rows stand in random order, so that the first of them are a random
sample too. Where rows were skipped it does not count at all, since nobody knows why they were.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

import pandas as pd

from corpus.codings.journal_codings import room_readings
from corpus.codings.opened_codings import OpenedCodings
from corpus.codings.quotations import Wording
from corpus.codings.sample_design import Design
from corpus.codings.sample_sheets import Passage, SampleSheet, filled_in_room, read_sample_sheets
from corpus.errors import Notebook, Problem, listed
from corpus.records import Theme
from corpus.schemas import SampledPassages, empty
from corpus.words.spelling import fold

GONE = -1  # start and end of a passage whose words are in its transcript no longer


def read_sample(
    opened: OpenedCodings, texts: Mapping[str, Wording], themes: Sequence[Theme], interviews: Collection[str]
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The SampledPassages frame of the random draws among the opened files, and what is wrong with them.

    Who read a draw in the reading room read it as somebody who filled in a copy of its sheet. `texts` are the
    transcripts by id, `interviews` the ids of those that are no written answers. Passages that moved or are lost are
    told by corpus.codings.coding_sheets and journal_codings.
    """
    notebook = Notebook()
    sheets, unread = read_sample_sheets(opened.workbooks, texts, themes)
    notebook.add(unread)
    copies = filled_in_room(sheets, room_readings(opened.decisions, texts), notebook)
    sample, problems = join_draws([*sheets, *copies], interviews)
    notebook.add(problems)
    return sample, notebook.problems


@dataclass
class _Draw:
    """The copies of one draw as one.

    `passages` has every row that a copy has, by number, None where its words are gone; `readers` who filled it in, with
    the themes that they could choose; `reach` how many rows count, from the first, and `share` of the draw they are.
    """

    sheets: Sequence[SampleSheet]
    flaw: str = ""
    reach: int = 0
    share: float = 1.0

    @cached_property
    def design(self) -> Design | None:
        return next((sheet.design for sheet in self.sheets if sheet.design is not None), None)

    @cached_property
    def passages(self) -> dict[int, Passage | None]:
        every: dict[int, Passage | None] = {}
        for sheet in self.sheets:
            every |= sheet.passages
        return dict(sorted(every.items()))

    @property
    def file(self) -> str:
        return self.sheets[0].file


@dataclass
class _Reading:
    """Who read a passage in whatever sheet of a draw, and the themes they could choose."""

    coders: set[str] = field(default_factory=set)
    themes: frozenset[str] = frozenset()


def join_draws(sheets: Sequence[SampleSheet], interviews: Collection[str]) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The SampledPassages frame of the sheets, and what is wrong with them. `interviews` are the study's."""
    notebook = Notebook()
    readings = _readings(sheets)
    by_draw: dict[str, list[SampleSheet]] = {}
    for sheet in sheets:
        _tell_alterations(sheet, notebook.of(sheet.file))
        by_draw.setdefault(sheet.draw, []).append(sheet)
    draws = {name: _Draw(copies) for name, copies in sorted(by_draw.items())}
    for draw in draws.values():
        _tell_copies(draw, notebook)
        _judge(draw, readings, notebook.of(draw.file))
    usable = [draw for draw in draws.values() if not draw.flaw]
    _look_for_later_interviews(usable, interviews, notebook)
    rows = [row for name, draw in draws.items() for row in _rows(name, draw, readings)]
    for name, draw in draws.items():
        if not draw.flaw:
            rows += _rows_of_others(name, draw, [other for other in usable if other is not draw])
    if not rows:
        return empty(SampledPassages), notebook.problems
    frame = pd.DataFrame(rows, columns=list(SampledPassages.to_schema().columns))
    order = ["draw", "transcript", "start", "end"]
    return SampledPassages.validate(frame.sort_values(order, kind="stable", ignore_index=True)), notebook.problems


def _readings(sheets: Sequence[SampleSheet]) -> dict[Passage, _Reading]:
    readings: dict[Passage, _Reading] = {}
    for sheet in sheets:
        for passage in (sheet.passages[number] for number in sheet.filled):
            if passage is None:
                continue
            reading = readings.setdefault(passage, _Reading())
            reading.coders.add(sheet.coder)
            reading.themes |= sheet.themes
    return readings


def _tell_alterations(sheet: SampleSheet, notebook: Notebook) -> None:
    if sheet.design is None:
        notebook.error(
            "il foglio nascosto con il disegno del campione è stato modificato o tolto, e non si sa più con quale "
            "probabilità i segmenti erano estratti: il campione non corregge nessuna cifra (le codifiche valgono). "
            "Riprendi una copia intera del foglio e riporta lì le risposte, oppure estrai un altro campione",
            "the hidden sheet with the design of the sample was edited or removed, and with what probability segments "
            "were drawn is not known any more: the sample corrects no figure (the codings count). Take a whole copy of "
            "the sheet and put the answers there, or draw another sample",
        )
        return
    if sheet.altered:
        rows = listed(sheet.altered)
        notebook.warning(
            f"probabilità, strato o estrazione cambiati a mano nelle colonne nascoste, righe {rows}: valgono quelli "
            "dell'estrazione",
            f"probability, stratum or draw were changed by hand in the hidden columns, rows {rows}: those of the draw "
            "count",
        )
    if sheet.added:
        rows = listed(sheet.added)
        notebook.warning(
            f"righe che non sono dell'estrazione o sono ripetute: {rows}: valgono come codifiche e non come campione",
            f"rows that are not of the draw, or come twice: {rows}: they count as codings and not as sample",
        )


def _tell_copies(draw: _Draw, notebook: Notebook) -> None:
    """Two files of one person are one reading; two persons' are two, of one draw."""
    files: dict[str, list[str]] = {}
    for sheet in draw.sheets:
        if sheet.filled:
            files.setdefault(fold(sheet.coder), []).append(sheet.file)
    for copies in files.values():
        if len(copies) > 1:
            others = ", ".join(copies[1:])
            notebook.of(copies[0]).warning(
                f"la stessa persona ha compilato anche una copia ({others}): contano come una lettura sola",
                f"the same person filled in a copy too ({others}): they count as one reading",
            )


def _judge(draw: _Draw, readings: Mapping[Passage, _Reading], page: Notebook) -> None:
    """How far the draw was read, or why it cannot count."""
    if draw.design is None:
        draw.flaw = "sample edited"
        return
    numbers = draw.design.drawn["number"].tolist()
    removed = [number for number in numbers if number not in draw.passages]
    if removed:
        draw.flaw = "sample edited"
        page.error(
            f"dal foglio sono state tolte righe del campione ({len(removed)} di {len(numbers)}; N. {listed(removed)}): "
            "il campione non corregge nessuna cifra (le codifiche valgono). Rimettile, o estrai un altro campione",
            f"rows of the sample were removed from the sheet ({len(removed)} of {len(numbers)}; No. {listed(removed)}):"
            " the sample corrects no figure (the codings count). Put them back, or draw another sample",
        )
        return
    by_hand = {number for sheet in draw.sheets for number in sheet.filled}
    if not by_hand and not all(_is_read(draw, number, readings) for number in numbers):
        draw.flaw = "sample unread"
        page.warning(
            "campione estratto a caso che nessuno ha ancora compilato: per ora non corregge nessuna cifra",
            "a random sample that nobody has filled in yet: it corrects no figure so far",
        )
        return
    if all(passage is None for passage in draw.passages.values()):
        draw.flaw = "sample lost"
        page.error(
            "nessun passaggio del campione è ancora nelle trascrizioni con quelle parole: estrai un altro campione",
            "no passage of the sample is in the transcripts any more with those words: draw another sample",
        )
        return
    _measure_reach(draw, readings, by_hand, page)


def _is_read(draw: _Draw, number: int, readings: Mapping[Passage, _Reading]) -> bool:
    """Somebody read it, in this draw's sheets or in another's; or nobody can, since its words are gone."""
    passage = draw.passages[number]
    return passage is None or passage in readings


def _measure_reach(draw: _Draw, readings: Mapping[Passage, _Reading], by_hand: Collection[int], page: Notebook) -> None:
    """As many rows as were read without a gap, from the first; of whole respondents those that were finished."""
    assert draw.design is not None
    drawn = draw.design.drawn
    units = drawn["respondent"].tolist() if draw.design.unit == "respondent" else drawn["number"].tolist()
    last = max(by_hand, default=0)
    unread = [number for number in drawn["number"] if not _is_read(draw, number, readings)]
    skipped = [number for number in unread if number < last and units[number - 1] != units[last - 1]]
    if skipped:
        draw.flaw = "sample with gaps"
        rows = listed([_line(draw, number) for number in skipped])
        page.error(
            f"righe saltate nel campione: {rows}. Non si sa perché, e finché non sono compilate (anche con «nessun "
            "tema») il campione non corregge nessuna cifra; le altre righe valgono come codifiche",
            f"rows of the sample were skipped: {rows}. Nobody knows why, and until they are filled in (“no theme” will "
            "do) the sample corrects no figure; the other rows count as codings",
        )
        return
    unfinished = {units[number - 1] for number in unread}
    finished = list(takewhile(lambda unit: unit not in unfinished, dict.fromkeys(units)))
    every = len(set(units))
    draw.share = len(finished) / every
    draw.reach = sum(unit in set(finished) for unit in units)
    if not finished:
        draw.flaw = "sample unread"
        page.warning(
            "nessun rispondente del campione è stato letto per intero: per ora il campione non corregge nessuna cifra",
            "no respondent of the sample was read whole: so far the sample corrects no figure",
        )
    elif unread and draw.design.unit == "respondent":
        page.warning(
            f"rispondenti del campione letti per intero: {len(finished)} di {every}; contano come un campione più "
            "piccolo",
            f"respondents of the sample read whole: {len(finished)} of {every}; they count as a smaller sample",
        )
    elif unread:
        page.warning(
            f"righe del campione compilate, dalla prima: {len(finished)} di {every}; contano come un campione più "
            "piccolo, estratto a caso anch'esso",
            f"rows of the sample filled in, from the first: {len(finished)} of {every}; they count as a smaller "
            "sample, which is random too",
        )


def _line(draw: _Draw, number: int) -> int:
    return next(sheet.lines[number] for sheet in draw.sheets if number in sheet.lines)


def _look_for_later_interviews(usable: Sequence[_Draw], interviews: Collection[str], notebook: Notebook) -> None:
    """Of interviews that no draw knew of the sample says nothing, so that it speaks of no figure of the whole study."""
    if not usable:
        return
    known = {name for draw in usable if draw.design is not None for name in draw.design.interviews}
    later = sorted(set(interviews) - known)
    if not later:
        return
    names = ", ".join(later[:10]) + (" ..." if len(later) > 10 else "")
    for draw in usable:
        draw.flaw = "sample outdated"
        notebook.of(draw.file).error(
            f"interviste arrivate dopo l'estrazione ({names}), di cui il campione non dice nulla: per ora non corregge "
            "nessuna cifra. Estrai un altro campione (`trama suggest STUDIO --sample`): i due varranno insieme",
            f"interviews came after the draw ({names}), of which the sample says nothing: so far it corrects no figure."
            " Draw another sample (`trama suggest STUDY --sample`): the two will count together",
        )


def _rows(name: str, draw: _Draw, readings: Mapping[Passage, _Reading]) -> list[tuple[object, ...]]:
    """One row a passage that was drawn."""
    if draw.design is None:
        passages = [passage for passage in draw.passages.values() if passage is not None]
        return [_flawed_row(name, passage, draw.flaw) for passage in passages]
    rows: list[tuple[object, ...]] = []
    for row in draw.design.drawn.to_dict("records"):
        passage = draw.passages.get(row["number"])
        place = passage if passage is not None else (row["transcript"], GONE, GONE)
        reading = readings.get(place, _Reading())
        share = 1.0 if draw.flaw else draw.share
        who = (row["respondent"], row["stratum"], draw.design.unit, row["probability"] * share)
        counts = not draw.flaw and row["number"] <= draw.reach
        themes = "|".join(sorted(reading.themes))
        coders = ", ".join(sorted(reading.coders))
        rows.append((name, *place, *who, coders, bool(reading.coders), counts, themes, draw.flaw))
    return rows


def _flawed_row(name: str, passage: Passage, flaw: str) -> tuple[object, ...]:
    return (name, *passage, "", "", "segment", 1.0, "", False, False, "", flaw)


def _rows_of_others(name: str, draw: _Draw, others: Sequence[_Draw]) -> list[tuple[object, ...]]:
    """One row a passage that other draws have and this one has not: how likely it was here."""
    assert draw.design is not None
    own = set(draw.passages.values())
    elsewhere: dict[Passage, str] = {}
    for other in others:
        elsewhere |= {passage: mark for passage, mark in _marks(other).items() if passage not in own}
    rows: list[tuple[object, ...]] = []
    for passage, mark in elsewhere.items():
        for row in _in_frame(draw.design, passage, mark).to_dict("records"):
            probability = row["probability"] * draw.share
            who = (row["respondent"], row["stratum"], draw.design.unit, probability)
            rows.append((name, *passage, *who, "", False, False, "", draw.flaw))
    return rows


def _marks(draw: _Draw) -> dict[Passage, str]:
    """The passages that count, with the mark of their words."""
    assert draw.design is not None
    marks = draw.design.drawn.set_index("number")["words"]
    counted = ((number, passage) for number, passage in draw.passages.items() if number <= draw.reach)
    return {passage: marks[number] for number, passage in counted if passage is not None}


def _in_frame(design: Design, passage: Passage, mark: str) -> pd.DataFrame:
    """The segment, as one row of the design's frame, that the passage was then; none where it was not in the study.

    One with these words, the nearest; where there is none, corrected since, the nearest in its interview.
    """
    transcript, start, _ = passage
    interview = design.by_interview.get(transcript, design.frame.iloc[:0])
    alike = interview[interview["words"] == mark]
    candidates = alike if len(alike) else interview
    nearest = (candidates["start"] - start).abs().sort_values(kind="stable").index[:1]
    return candidates.loc[nearest]
