"""Who mentions each theme: points with intervals. Room outputs; drawn from the table `temi`, computes nothing."""

from typing import TYPE_CHECKING

import pandas as pd

from corpus.words.language import Bilingual, Language
from outputs.figures.figure import BLUE, INK, Figure, blank, listed, wrap
from outputs.numbers import format_value
from outputs.words.render import RenderedTable

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas


def prevalence_figure(table: RenderedTable, language: Language) -> Figure | None:
    """One point a theme, the most widespread first, with its Wilson interval; counts alone when people are too few."""
    frame = table.frame.sort_values("mentioned", ascending=False, kind="stable")
    if frame.empty:
        return None
    counted = any(isinstance(value, str) for value in frame["share"])
    wanted = ["theme", "mentioned", "n", *([] if counted else ["share", "share_low", "share_high"])]
    heads = {column.key: column.label for column in table.columns}
    heads |= {"share_low": f"{heads['share_low']}", "share_high": f"{heads['share_high']}"}
    data = frame[wanted].rename(columns=heads).reset_index(drop=True)
    title = Bilingual("Quanti rispondenti parlano di ogni tema", "How many respondents mention each theme")
    people = int(frame["n"].max())
    return Figure(
        "prevalenza", title.say(language), _note(people, counted, language),
        _alt(frame, counted, language), data, lambda: _draw(frame, counted, language),
    )  # fmt: skip


def _note(people: int, counted: bool, language: Language) -> str:
    if counted:
        note = Bilingual(
            f"n = {people} rispondenti intervistati: troppo pochi per una percentuale.",
            f"n = {people} respondents interviewed: too few for a percentage.",
        )
    else:
        note = Bilingual(
            f"n = {people} rispondenti intervistati. Le barre sono intervalli di Wilson al 95 %.",
            f"n = {people} respondents interviewed. Bars are Wilson 95 % intervals.",
        )
    return note.say(language)


def _alt(frame: pd.DataFrame, counted: bool, language: Language) -> str:
    def told(row: pd.Series) -> str:
        text = f"{row['theme']} {row['mentioned']} {Bilingual('su', 'of').say(language)} {row['n']}"
        if counted:
            return text
        share, low, high = (format_value(row[key], "percent", language) for key in ("share", "share_low", "share_high"))
        return f"{text} ({share}, {Bilingual('intervallo da', 'interval').say(language)} {low} a {high})".replace(
            " a ", Bilingual(" a ", " to ").say(language)
        )

    first = listed([told(row) for _, row in frame.head(3).iterrows()], language)
    text = Bilingual(
        f"Grafico a punti con {len(frame)} temi in ordine di diffusione. I più diffusi: {first}.",
        f"Dot chart of {len(frame)} themes, most widespread first. The most widespread: {first}.",
    ).say(language)
    if len(frame) > 3:
        last = told(frame.iloc[-1])
        text += Bilingual(f" Il meno diffuso: {last}.", f" The least widespread: {last}.").say(language)
    return text


def _draw(frame: pd.DataFrame, counted: bool, language: Language) -> "Canvas":
    canvas = blank(0.9 + 0.31 * len(frame))
    axes = canvas.add_subplot()
    places = range(len(frame))
    shares = [count / n if n else 0.0 for count, n in zip(frame["mentioned"], frame["n"], strict=True)]
    if not counted:
        axes.hlines(places, frame["share_low"].astype(float), frame["share_high"].astype(float), color=BLUE, alpha=0.45,
                    linewidth=4)  # fmt: skip
    axes.plot(shares, places, "o", color=BLUE, markersize=6.5, markeredgecolor="white")
    axes.set_yticks(list(places), [wrap(str(name), 40) for name in frame["theme"]])
    axes.set_ylim(len(frame) - 0.4, -0.6)
    axes.set_xlim(-0.02, 1.02)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color="#E3E7EA", linewidth=0.8)
    axes.set_axisbelow(True)
    ticks = [0, 0.25, 0.5, 0.75, 1]
    axes.set_xticks(ticks, [] if counted else [f"{100 * tick:.0f}%" for tick in ticks])
    axes.set_xlabel(Bilingual("Rispondenti che ne parlano", "Respondents who mention it").say(language))
    for place, (count, n, share) in enumerate(zip(frame["mentioned"], frame["n"], frame["share"], strict=True)):
        said = f"{count}/{n}" if counted else f"{count}/{n}  {format_value(share, 'percent', language)}"
        axes.annotate(said, (1.03, place), xycoords=("axes fraction", "data"), va="center", fontsize=8, color=INK)
    return canvas
