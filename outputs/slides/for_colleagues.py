"""Slides for colleagues: findings with their caveats, intervals, readings of the links. Room outputs."""

from corpus.words.audiences import Audience
from outputs.charts import charts_of
from outputs.charts.pictures import png
from outputs.findings import summary
from outputs.run.record import RunRecord
from outputs.slides.common import (
    MOST_THEMES,
    add_bars,
    add_limits,
    add_lines,
    add_opening,
    add_people,
    add_quotations,
    add_stances,
    corrected_figures,
    note_of,
    warnings,
)
from outputs.slides.deck import Bar, Box, Deck, Line
from outputs.tables.table import records
from outputs.words.sentences import say

_AUDIENCE: Audience = "colleagues"
_A_SLIDE = 4  # findings
_MOST_FINDINGS = 8
_TELLING = ("convergence", "divergence", "complementarity")  # readings that a slide names item by item
_TOLD = 5


def fill_for_colleagues(run: RunRecord, deck: Deck) -> None:
    """Material and method, findings, figures with intervals, quotations with their source, links, limits."""
    add_opening(run, deck, _AUDIENCE)
    add_people(run, deck, fewest=1)
    add_lines(deck, run.words("slides.colleagues.work_title"), _work(run), note_of(run, "codifiche"))
    _add_findings(run, deck)
    _add_themes(run, deck)
    add_stances(run, deck, _AUDIENCE, fewest=1)
    add_quotations(run, deck, _AUDIENCE, slides=1)
    _add_links(run, deck)
    _add_topics(run, deck)
    add_limits(run, deck, _AUDIENCE)


def _work(run: RunRecord) -> str:
    codings = run.results.codings
    counts = run.manifest["counts"]
    segments = int((run.results.segments["role"] == "respondent").sum())
    text = run.words(
        "slides.colleagues.work",
        interviews=counts["transcripts"],
        segments=segments,
        themes=len(run.themes),
        codings=len(codings),
        human=int((codings["how"] == "human").sum()),
    )
    trust = run.table("fiducia")
    return "\n".join([text, *warnings(run, "temi"), *([trust.lead] if trust is not None and len(trust.frame) else [])])


def _add_findings(run: RunRecord, deck: Deck) -> None:
    told = summary(run)[:_MOST_FINDINGS]
    title = run.words("slides.colleagues.findings_title")
    for start in range(0, len(told), _A_SLIDE):
        head = title if start == 0 else run.words("slides.continued", title=title)
        add_lines(deck, head, "\n".join(told[start : start + _A_SLIDE]), note_of(run, "risultati"), 22)


def _add_themes(run: RunRecord, deck: Deck) -> None:
    title = run.words("slides.colleagues.themes_title")
    figure, corrected = corrected_figures(run)
    if corrected:
        bars = []
        for row in corrected:
            share, low, high = (float(str(row[key])) for key in ("corrected", "corrected_low", "corrected_high"))
            told = run.words("slides.colleagues.interval", share=share, low=low, high=high)
            bars.append(Bar(str(row["theme"]), share, told, (low, high)))
        add_bars(run, deck, title, bars, [run.words(f"slides.colleagues.corrected_{figure}")], "cifre_corrette")
        return
    themes = run.table("temi")
    if themes is None:
        return
    spread = themes.frame.sort_values("mentioned", ascending=False, kind="stable")
    bars = [_counted(run, row) for row in records(spread) if row["mentioned"]]
    wilson = [run.words("slides.colleagues.wilson")] if any(bar.ends for bar in bars[:MOST_THEMES]) else []
    add_bars(run, deck, title, bars, [*warnings(run, "temi"), *wilson], "temi")


def _counted(run: RunRecord, row: dict[str, object]) -> Bar:
    """The respondents who speak of a theme; with the ends of the interval where there are enough for a share."""
    n = int(str(row["mentioned"]))
    of = int(str(row["n"]))
    low = row["share_low"]
    high = row["share_high"]
    if isinstance(low, float) and isinstance(high, float):
        told = run.words("slides.colleagues.with_interval", n=n, of=of, low=low, high=high)
        return Bar(str(row["theme"]), n / of, told, (low, high))
    return Bar(str(row["theme"]), n / max(of, 1), run.words("slides.spoken", n=n, of=of))


def _add_links(run: RunRecord, deck: Deck) -> None:
    """How the links of themes and items are read; no slide where none says more than that evidence lacks."""
    table = run.table("joint_display")
    if table is None or not table.data.frame["reading"].isin(_TELLING).any():
        return
    frame = table.frame
    slide = deck.slide(run.words("slides.colleagues.links_title"), note_of(run, "joint_display"))
    counts = frame["reading"].value_counts().sort_index()
    lines = [Line(run.words("slides.colleagues.reading", reading=name, n=int(number), of=len(frame)), strong=True)
             for name, number in counts.items()]  # fmt: skip
    telling = records(frame[table.data.frame["reading"].isin(_TELLING)].head(_TOLD))
    for row in telling:
        named = run.words("slides.colleagues.link", theme=row["theme"], item=row["item"], reading=row["reading"])
        lines.append(Line(named))
    deck.text(slide, lines, Box(height=5), 22, gap=0.4)
    deck.small_print(slide, " ".join(warnings(run, "joint_display")))


def _add_topics(run: RunRecord, deck: Deck) -> None:
    chart = next((chart for chart in charts_of(run) if chart.key == "mappa_argomenti"), None)
    if chart is None:
        return
    title, note, alt = (say(text, run.language) for text in (chart.title, chart.note, chart.alt))
    slide = deck.slide(run.words("slides.colleagues.topics_title"), f"{title}. {note} {alt}")
    deck.picture(slide, png(chart, run.language), title, alt, Box(height=5.0))
    deck.small_print(slide, note)
