"""Slides that every audience sees, in its words: the title, who took part, stances, quotations. Room outputs."""

from collections.abc import Mapping, Sequence

from corpus.words.audiences import Audience
from outputs.numbers import in_words
from outputs.quotations import Quotation, quotations
from outputs.run.record import RunRecord
from outputs.slides.deck import Bar, Box, Deck, Line
from outputs.tables.table import records

MOST_THEMES = 8
_A_SLIDE = 3  # quotations
_CANDIDATES = 4  # quotations of a theme, among which one of somebody who is not quoted yet
_MOST_TOLD = 4  # themes of a stance
_STANCES = ("advantage", "problem", "proposal")


def add_opening(run: RunRecord, deck: Deck, audience: Audience) -> None:
    """The study's title, whom the slides are for, and that its data are invented where they are."""
    slide = deck.slide(run.settings.study.title, note_of(run, "campione"), opening=True)
    lines = [Line(run.words(f"slides.{audience}.subtitle"))]
    if run.settings.study.fictional:
        lines.append(Line(run.words("page.fictional_long"), soft=True))
    deck.text(slide, lines, Box(top=4.2, height=2), 28)


def add_people(run: RunRecord, deck: Deck, fewest: int) -> None:
    """How many took part, in large numbers; by class where each has at least `fewest` people."""
    table = run.table("campione")
    if table is None:
        return
    slide = deck.slide(run.words("slides.people_title"), note_of(run, "campione"))
    values = table.frame["value"].to_dict()
    words = "words_with_written" if "written" in values else "words"
    shown = {key: values[key.removesuffix("_with_written")] for key in ("interviewed", "questionnaires", words)}
    counted = {key: int(str(value)) for key, value in shown.items() if value}
    for place, (key, number) in enumerate(counted.items()):
        what = run.words(f"slides.{key}", n=number)
        deck.number(slide, in_words(number, run.language), what, Box(0.75 + 4 * place, 2, 3.8, 2.2))
    classes = table.data.frame[[str(key).startswith("class=") for key in table.data.frame.index]]
    sizes = [(row["measure"].facts["label"], int(row["value"])) for row in records(classes)]
    if sizes and all(n >= fewest for _, n in sizes):
        told = [Line(run.words("slides.class", label=label, n=n)) for label, n in sizes[:6]]
        deck.text(slide, told, Box(top=4.5, height=2.4), 20, gap=0.25)


def add_bars(run: RunRecord, deck: Deck, title: str, bars: Sequence[Bar], below: Sequence[str], key: str) -> None:
    """A bar a theme, the first of them alone where they are many, over small print; from the table `key`."""
    if not bars:
        return
    slide = deck.slide(title, note_of(run, key))
    deck.bars(slide, bars[:MOST_THEMES], Box(height=4.85))
    left = len(bars) - MOST_THEMES
    more = [run.words("slides.more_themes", n=left)] if left > 0 else []
    deck.small_print(slide, " ".join([*below, *more]))


def add_stances(run: RunRecord, deck: Deck, audience: Audience, fewest: int) -> None:
    """The themes that most people told as an advantage, a problem, a proposal; a slide never rests on the machine's
    stance. Only those of at least `fewest` people; no slide where there are none."""
    table = run.table("posizioni")
    columns: dict[str, list[Line]] = {}
    for stance in _STANCES:
        column = f"{stance}/told"
        if table is None or column not in table.frame:
            continue
        told = table.frame[table.frame[column].astype(int) >= max(fewest, 1)]
        first = told.sort_values(column, ascending=False, kind="stable").head(_MOST_TOLD)
        if len(first):
            columns[stance] = [Line(run.words("slides.theme_by", theme=row["theme"], n=row[column]))
                               for row in records(first)]  # fmt: skip
    if not columns:
        return
    slide = deck.slide(run.words(f"slides.{audience}.stances_title"), note_of(run, "posizioni"))
    for place, (stance, lines) in enumerate(columns.items()):
        head = Line(run.words(f"slides.{stance}"), strong=True)
        deck.text(slide, [head, *lines], Box(0.75 + 4 * place, 1.7, 3.8, 4.9), 20)
    deck.small_print(slide, run.words(f"slides.{audience}.stances_note", least=fewest))


def add_quotations(run: RunRecord, deck: Deck, audience: Audience, slides: int) -> None:
    """A quotation a theme, of the most widespread ones, each passage once; no slide where none can be shown."""
    quoted = _one_a_theme(quotations(run, _CANDIDATES, audience))[: slides * _A_SLIDE]
    title = run.words(f"slides.{audience}.quotations_title")
    notes = run.words(f"slides.{audience}.quotations_note")
    for start in range(0, len(quoted), _A_SLIDE):
        slide = deck.slide(title if start == 0 else run.words("slides.continued", title=title), notes)
        for place, one in enumerate(quoted[start : start + _A_SLIDE]):
            signed = f" ({one.respondent})" if audience == "colleagues" else ""
            head = ", ".join(filter(None, (run.themes[one.theme], one.stance if audience == "colleagues" else "")))
            lines = [Line(head, strong=True), Line(f"«{one.text}»{signed}")]
            deck.text(slide, lines, Box(top=1.6 + 1.75 * place, height=1.65), 20, gap=0.2)
        if audience == "colleagues":
            deck.small_print(slide, " ".join(warnings(run, "temi")))


def _one_a_theme(by_theme: Mapping[str, Sequence[Quotation]]) -> list[Quotation]:
    """The first quotation of each theme that stands for no other, of somebody not quoted yet where there is one."""
    chosen: list[Quotation] = []
    for candidates in by_theme.values():
        texts = {other.text for other in chosen}
        people = {other.respondent for other in chosen}
        new = [one for one in candidates if one.text not in texts]
        by_others = [one for one in new if one.respondent not in people]
        chosen += (by_others or new)[:1]
    return chosen


def add_lines(deck: Deck, title: str, text: str, notes: str, largest: int = 28) -> None:
    """A slide of the lines of a text."""
    deck.text(deck.slide(title, notes), [Line(line) for line in text.split("\n") if line], Box(), largest)


def add_limits(run: RunRecord, deck: Deck, audience: Audience) -> None:
    """What the numbers do not say; a program's mistakes only where its codings are counted."""
    limits = "limits" if warnings(run, "temi") else "limits_of_people"
    text = run.words(f"slides.{audience}.{limits}", n=interviewed(run))
    add_lines(deck, run.words(f"slides.{audience}.limits_title"), text, note_of(run, "temi"))


def warnings(run: RunRecord, key: str) -> list[str]:
    """The warning of the table that a slide speaks of; nothing where it has none."""
    table = run.table(key)
    return [table.caution] if table is not None and table.caution else []


def note_of(run: RunRecord, key: str) -> str:
    """Title, number of people and note of the table that a slide speaks of."""
    table = run.table(key)
    n = f"n = {interviewed(run)}. "
    return n if table is None else f"{n}{table.title}. {table.note}"


def interviewed(run: RunRecord) -> int:
    """How many people were interviewed."""
    table = run.table("campione")
    return 0 if table is None else int(str(table.frame.loc["interviewed", "value"]))


def corrected_figures(run: RunRecord) -> tuple[str, list[Mapping[str, object]]]:
    """The figure (`respondents` or `segments`) and the rows of the corrected ones that lead, the largest first."""
    table = run.table("cifre_corrette")
    if table is None or table.frame.empty:
        return "", []
    leading = table.data.frame[table.data.frame["leads"] == "corrected"]
    figure = "respondents" if "respondents" in set(leading["figure"]) else "segments"
    rows = leading[leading["figure"] == figure].sort_values("corrected", ascending=False, kind="stable")
    return figure, [*records(rows)]
