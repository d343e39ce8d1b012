"""Slides for the people who were interviewed: plain words, counts alone, nobody to be recognised. Room outputs."""

from corpus.words.audiences import Audience
from outputs.run.record import RunRecord
from outputs.slides.common import (
    add_bars,
    add_limits,
    add_lines,
    add_opening,
    add_people,
    add_quotations,
    add_stances,
    corrected_figures,
    interviewed,
    note_of,
    warnings,
)
from outputs.slides.deck import Bar, Deck
from outputs.tables.table import records

_AUDIENCE: Audience = "respondents"
_FEWEST = 3  # people behind what is shown of classes and stances: of fewer, the others know who
_MOST_ANSWERS = 5


def fill_for_respondents(run: RunRecord, deck: Deck) -> None:
    """What was done, what they spoke of and answered, in their words; and what they are asked in turn."""
    add_opening(run, deck, _AUDIENCE)
    add_people(run, deck, _FEWEST)
    add_lines(deck, run.words("slides.respondents.work_title"), _work(run), note_of(run, "codifiche"))
    _add_themes(run, deck)
    add_stances(run, deck, _AUDIENCE, _FEWEST)
    add_quotations(run, deck, _AUDIENCE, slides=2)
    _add_answers(run, deck)
    add_limits(run, deck, _AUDIENCE)
    title = run.words("slides.respondents.questions_title")
    notes = run.words("slides.respondents.questions_note")
    add_lines(deck, title, run.words("slides.respondents.questions"), notes, 36)


def _work(run: RunRecord) -> str:
    codings = run.results.codings["how"] == "human"
    human = int(codings.sum())
    by = "people" if human and codings.all() else "both" if human else "program"
    checked = run.words(f"slides.respondents.by_{by}", human=human)
    return run.words("slides.respondents.work", themes=len(run.themes), checked=checked)


def _add_themes(run: RunRecord, deck: Deck) -> None:
    """How many speak of each theme: rounded to people in ten where corrected figures lead."""
    title = run.words("slides.respondents.themes_title")
    figure, corrected = corrected_figures(run)
    if figure == "respondents":
        bars = [Bar(str(row["theme"]), float(str(row["corrected"])), _in_ten(run, float(str(row["corrected"]))))
                for row in corrected]  # fmt: skip
        add_bars(run, deck, title, bars, [run.words("slides.respondents.counted")], "cifre_corrette")
        return
    themes = run.table("temi")
    if themes is None:
        return
    people = max(interviewed(run), 1)
    spread = themes.frame.sort_values("mentioned", ascending=False, kind="stable")
    bars = [Bar(row["theme"], row["mentioned"] / people, run.words("slides.spoken", n=row["mentioned"], of=people))
            for row in records(spread) if row["mentioned"]]  # fmt: skip
    add_bars(run, deck, title, bars, _warned(run), "temi")


def _in_ten(run: RunRecord, share: float) -> str:
    tenths = round(10 * share)
    return run.words("slides.respondents.about", n=tenths) if tenths else run.words("slides.respondents.under_one")


def _warned(run: RunRecord) -> list[str]:
    """That the codings counted are a program's, in plain words."""
    if not warnings(run, "temi"):
        return []
    by_people = (run.results.codings["how"] == "human").any()
    return [run.words("slides.respondents.partly" if by_people else "slides.respondents.unchecked")]


def _add_answers(run: RunRecord, deck: Deck) -> None:
    """What at least half of those who answered an item chose, the items with most of them first."""
    table = run.table("domande_frequenze")
    if table is None or table.frame.empty:
        return
    frame = table.frame.assign(
        part=[count / n if n else 0 for count, n in zip(table.frame["count"], table.frame["n"], strict=True)]
    )
    most = frame[(frame["part"] >= 0.5) & (frame["count"] >= _FEWEST)].sort_values(
        "part", ascending=False, kind="stable"
    )
    chosen = records(most.drop_duplicates("item").head(_MOST_ANSWERS))
    told = [
        run.words("slides.respondents.answer", item=row["item_text"], option=row["option"], n=row["count"], of=row["n"])
        for row in chosen
    ]
    if told:
        title = run.words("slides.respondents.answers_title")
        add_lines(deck, title, "\n".join(told), note_of(run, "domande_frequenze"))
