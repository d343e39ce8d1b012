"""Which passages to read next: those most worth it, or a random sample in the order it was drawn. Draws none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from corpus.codings.journal import Decision
from corpus.codings.sample_design import Design
from corpus.codings.sample_sheets import SampleSheet
from corpus.words.language import Language
from corpus.words.phrase import Phrase
from corpus.words.spelling import fold
from outputs.reading.opened import OpenedStudy
from outputs.reading.people import People, place_in_segment
from outputs.words.sentences import say


def draws_of(opened: OpenedStudy) -> list[dict[str, Any]]:
    """The study's random samples as JSON: name and size; those whose design was lost are none."""
    return [{"name": design.draw, "size": len(design.drawn)} for design, _ in _draws(opened.sample_sheets)]


def sample_queue(
    opened: OpenedStudy, decisions: Sequence[Decision], coder: str, draw: str, number: int
) -> dict[str, Any]:
    """The next `number` passages of a random sample that `coder` has not read for it, in the order they were drawn.

    `draw` is the sample's name, "" for the one drawn last. What is skipped would make the sample worth nothing, so
    that the order holds. A passage whose words are gone from its transcript cannot be read, and counts as done.
    """
    draws = list(_draws(opened.sample_sheets))
    chosen = next((each for each in draws if each[0].draw == draw), draws[-1] if draws else None)
    if chosen is None:
        return {"kind": "sample", "items": [], "done": 0, "of": 0}
    design, sheets = chosen
    name = fold(coder)
    read = {each.segment for each in decisions if each.draw == design.draw and fold(each.coder) == name}
    filled = {number for sheet in sheets if fold(sheet.coder) == name for number in sheet.filled}
    items = []
    of = 0
    for row in design.drawn.to_dict("records"):
        of += 1
        passage = sheets[0].passages.get(row["number"])
        place = passage and place_in_segment(opened, *passage)
        if place and row["number"] not in filled and place.segment not in read:
            items.append(_item(opened, place.segment) | {"probability": row["probability"], "draw": design.draw})
    return {"kind": "sample", "items": items[:number], "done": of - len(items), "of": of}


def worth_queue(
    opened: OpenedStudy,
    people: People,
    choice: Iterable[Mapping[str, Any]],
    number: int,
    language: Language,
    blind: bool,
) -> dict[str, Any]:
    """The first `number` passages of the machine's `choice` (segment, unsure: a theme) that nobody has read since.

    Why is not said to who codes blind: it would name a theme.
    """
    read = {each["segment"] for each in people.read}
    labels = {theme.code: theme.label for theme in opened.study.themes}
    chosen = [each for each in choice if each["segment"] in opened.rows]
    items = []
    for each in chosen:
        if each["segment"] not in read:
            theme = labels.get(each["unsure"], "")
            why = say(Phrase("reading.unsure", {"theme": theme}), language) if theme and not blind else ""
            items.append(_item(opened, each["segment"]) | {"why": why})
    return {"kind": "worth", "items": items[:number], "done": len(chosen) - len(items), "of": len(chosen)}


def _draws(sheets: Sequence[SampleSheet]) -> Iterator[tuple[Design, list[SampleSheet]]]:
    """Each draw with the copies of its sheet, by name; one of which no copy has the design is left out."""
    for name in sorted({sheet.draw for sheet in sheets}):
        copies = [sheet for sheet in sheets if sheet.draw == name]
        design = next((sheet.design for sheet in copies if sheet.design is not None), None)
        if design is not None:
            yield design, copies


def _item(opened: OpenedStudy, segment: str) -> dict[str, Any]:
    return {"segment": segment, "transcript": opened.rows[segment]["transcript"], "why": "", "probability": None}
