"""Results as slides for the people who were interviewed: plain words, few numbers, no names. Room outputs."""

from pathlib import Path

from outputs.charts import Chart, charts_of
from outputs.charts.pictures import png
from outputs.findings import Quotation, quotations, widespread
from outputs.numbers import in_words
from outputs.packaging import save_package
from outputs.run.record import RunRecord
from outputs.slides.deck import Box, Deck, Line
from outputs.words.sentences import say

_LONGEST = 240  # signs of a quotation
_A_SLIDE = 3  # quotations
_TOLD = 4
_TELLING = ("convergence", "divergence", "complementarity")  # readings that a slide names item by item
_MOST_CORRECTED = 8
_MOST_FIGURES = 3  # with more, one slide of quotations is left out: twelve slides are enough


def write_slides(run: RunRecord, path: Path) -> Path:
    """The run as PPTX of 8 to 12 slides, each with n and method in the speaker's notes.

    Quotations carry neither the respondent's code nor a person's name. The same run gives the same bytes.
    Raises OSError.
    """
    deck = Deck(run.language)
    charts = {chart.key: chart for chart in charts_of(run)}
    _opening(run, deck)
    _people(run, deck)
    _work(run, deck)
    if not _corrected(run, deck):
        _chart(run, deck, charts.get("prevalenza"), "slides.prevalence_title")
    first_map = next((chart for chart in charts.values() if chart.family == "heat_map"), None)
    _chart(run, deck, first_map, "slides.classes_title")
    _stances(run, deck)
    shown = len(charts.keys() - {"saturazione"})
    _words(run, deck, slides=1 if shown > _MOST_FIGURES else 2)
    _chart(run, deck, charts.get("rete_temi"), "slides.network_title")
    _joint(run, deck)
    _chart(run, deck, charts.get("mappa_argomenti"), "slides.topics_title")
    _limits(run, deck)
    _questions(run, deck)
    return save_package(deck.file, path, run.settings.study.title, run.language)


def _opening(run: RunRecord, deck: Deck) -> None:
    slide = deck.slide(run.settings.study.title, _note(run, "campione"))
    lines = [Line(run.words("slides.subtitle"))]
    if run.settings.study.fictional:
        lines.append(Line(run.words("page.fictional_long"), soft=True))
    deck.text(slide, lines, Box(top=2.2, height=3.2), 30)


def _people(run: RunRecord, deck: Deck) -> None:
    slide = deck.slide(run.words("slides.people_title"), _note(run, "campione"))
    table = run.table("campione")
    if table is None:
        return
    wanted = [
        ("interviewed", run.words("slides.interviewed")),
        ("questionnaires", run.words("slides.questionnaires")),
        ("words", run.words("slides.words")),
    ]
    for place, (key, what) in enumerate(wanted):
        value = in_words(int(str(table.frame.loc[key, "value"])), run.language)
        deck.number(slide, value, what, Box(0.75 + 4 * place, 2, 3.8, 2.2))
    classes = table.frame[[str(key).startswith("class=") for key in table.frame.index]]
    told = [Line(f"{row['measure']}: {row['value']}") for row in classes.head(6).to_dict("records")]
    if told:
        deck.text(slide, told, Box(top=4.5, height=2.4), 20, gap=0.25)


def _work(run: RunRecord, deck: Deck) -> None:
    slide = deck.slide(run.words("slides.how_title"), _note(run, "codifiche"))
    human = int((run.results.codings["how"] == "human").sum())
    lines = run.words("slides.how", themes=len(run.themes), human=human)
    deck.text(slide, [Line(line) for line in lines.split("\n")], Box())


def _chart(run: RunRecord, deck: Deck, chart: Chart | None, heading: str) -> None:
    if chart is None:
        return
    title, note, alt = (say(text, run.language) for text in (chart.title, chart.note, chart.alt))
    slide = deck.slide(run.words(heading), f"{title}. {note} {alt}")
    deck.picture(slide, png(chart, run.language), title, alt, Box(height=5.1))
    warning = _warning(run, chart.over)
    deck.text(slide, [Line(" ".join([*warning, note]), soft=True)], Box(top=6.68, height=0.65), 13)


def _stances(run: RunRecord, deck: Deck) -> None:
    slide = deck.slide(run.words("slides.stances_title"), _note(run, "posizioni"))
    table = run.table("posizioni")
    _warn(run, deck, slide, "posizioni")
    heads = {
        "advantage": run.words("slides.advantage"),
        "problem": run.words("slides.problem"),
        "proposal": run.words("slides.proposal"),
    }
    for place, (stance, head) in enumerate(heads.items()):
        column = f"{stance}/told"  # a slide never rests on the machine's stance alone
        lines = [Line(head, strong=True)]
        if table is not None and column in table.frame:
            frame = table.frame[table.frame[column].astype(int) > 0]
            frame = frame.sort_values(column, ascending=False, kind="stable").head(_TOLD)
            people = run.words("slides.people")
            lines += [Line(f"{row['theme']}: {row[column]} {people}") for row in frame.to_dict("records")]
        if len(lines) == 1:
            lines.append(Line(run.words("slides.no_stance"), soft=True))
        deck.text(slide, lines, Box(0.75 + 4 * place, 1.7, 3.8, 5), 20)


def _words(run: RunRecord, deck: Deck, slides: int) -> None:
    """Slides of quotations about the most widespread themes; one that says so when none can be shown."""
    chosen = quotations(run, 1, longest=_LONGEST)
    order = [str(code) for code in widespread(run).index] if run.table("temi") is not None else []
    distinct = {one.text: one for code in reversed(order) for one in chosen.get(code, ())}
    quoted = list(reversed(distinct.values()))[: slides * _A_SLIDE]
    notes = run.words("slides.quotations_note")
    for start in range(0, max(len(quoted), 1), _A_SLIDE):
        title = run.words("slides.quotations_title")
        slide = deck.slide(title if start == 0 else run.words("slides.continued", title=title), notes)
        part = quoted[start : start + _A_SLIDE]
        for place, one in enumerate(part):
            _quotation(run, deck, slide, one, place)
        if not part:
            deck.text(slide, [Line(run.words("slides.no_quotations"))], Box())


def _quotation(run: RunRecord, deck: Deck, slide: object, one: Quotation, place: int) -> None:
    lines = [Line(run.themes[one.theme], strong=True), Line(f"«{one.text}»")]
    deck.text(slide, lines, Box(top=1.6 + 1.85 * place, height=1.75), 20, gap=0.2)


def _joint(run: RunRecord, deck: Deck) -> None:
    table = run.table("joint_display")
    if table is None or table.frame.empty:
        return
    slide = deck.slide(run.words("slides.links_title"), _note(run, "joint_display"))
    frame = table.frame
    counts = frame["reading"].value_counts().sort_index()
    lines = [
        Line(f"{name}: {number} {run.words('slides.of')} {len(frame)}", strong=True) for name, number in counts.items()
    ]
    telling = frame[table.data.frame["reading"].isin(_TELLING)]
    lines += [
        Line(f"{row['theme']}: {row['reading']} – {row['item']}") for row in telling.head(_TOLD).to_dict("records")
    ]
    deck.text(slide, lines, Box(), 22, gap=0.4)
    _warn(run, deck, slide, "joint_display")


def _limits(run: RunRecord, deck: Deck) -> None:
    slide = deck.slide(run.words("slides.limits_title"), _note(run, "temi"))
    lines = run.words("slides.limits")
    deck.text(slide, [Line(line) for line in lines.split("\n")], Box())


def _questions(run: RunRecord, deck: Deck) -> None:
    title = run.words("slides.questions_title")
    slide = deck.slide(title, run.words("slides.questions_note"))
    lines = run.words("slides.questions")
    deck.text(slide, [Line(line) for line in lines.split("\n")], Box(), 32)


def _corrected(run: RunRecord, deck: Deck) -> bool:
    """The corrected figures that lead, the largest first; False where there are none, and then no slide."""
    table = run.table("cifre_corrette")
    figures = None if table is None else table.frame[table.data.frame["leads"] == "corrected"]
    if table is None or figures is None or figures.empty:
        return False
    codes = table.data.frame.loc[figures.index, "figure"]
    figure = "respondents" if "respondents" in set(codes) else "segments"
    first = figures[codes == figure].sort_values("corrected", ascending=False, kind="stable").head(_MOST_CORRECTED)
    slide = deck.slide(run.words("slides.corrected_title"), _note(run, "cifre_corrette"))
    lines = [Line(run.words(f"slides.corrected_{figure}"), soft=True)]
    for row in first.to_dict("records"):
        ends = {"low": row["corrected_low"], "high": row["corrected_high"]}
        lines.append(Line(run.words("finding.corrected.share", theme=row["theme"], share=row["corrected"], **ends)))
    deck.text(slide, lines, Box(), 22, gap=0.35)
    return True


def _warning(run: RunRecord, key: str) -> list[str]:
    """The warning of the table that a slide speaks of; nothing where it has none."""
    table = run.table(key)
    return [f"{table.warning}."] if table is not None and table.warning else []


def _warn(run: RunRecord, deck: Deck, slide: object, key: str) -> None:
    for text in _warning(run, key):
        deck.text(slide, [Line(text, soft=True)], Box(top=6.9, height=0.45), 13)


def _note(run: RunRecord, key: str) -> str:
    """Title, rows and note of the table that a slide speaks of."""
    table = run.table(key)
    people = run.table("campione")
    n = "" if people is None else f"n = {people.frame['value']['interviewed']}. "
    return n if table is None else f"{n}{table.title}. {table.note}"
