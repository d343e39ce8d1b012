"""Themes by class of respondent: shaded cells. Room outputs; drawn from a table `temi_<variable>`, computes nothing."""

import re
from typing import TYPE_CHECKING

import pandas as pd

from corpus.words.language import Bilingual, Language
from outputs.figures.figure import SHADES, Figure, blank, listed, wrap
from outputs.words.render import RenderedTable

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_GROUP = re.compile(r"^(?P<name>.*) \(n = (?P<n>\d+)\)$", re.DOTALL)


def heat_map_figure(table: RenderedTable, variable: str, language: Language) -> Figure | None:
    """A cell a theme and class, shaded by the share of the class that mentions the theme, with count and n."""
    groups = {}
    for column in table.columns:
        found = _GROUP.match(column.label)
        if column.counts == "respondents" and found:
            groups[column.key] = (found["name"], int(found["n"]))
    if not groups or table.frame.empty:
        return None
    heads = {"theme": Bilingual("Tema", "Theme").say(language)}
    heads |= {key: f"{name} (n = {n})" for key, (name, n) in groups.items()}
    data = table.frame[list(heads)].rename(columns=heads).reset_index(drop=True)
    title = Bilingual(f"Temi per {variable}", f"Themes by {variable}").say(language)
    sizes = listed([f"{name} n = {n}" for name, n in groups.values()], language)
    note = Bilingual(
        f"Rispondenti della classe che parlano del tema, sul totale della classe ({sizes}); più scuro, quota maggiore.",
        f"Respondents of the class who mention the theme, of all in the class ({sizes}); darker, larger share.",
    ).say(language)
    alt = _alt(table.frame, groups, variable, language)
    return Figure("mappa_" + table.key, title, note, alt, data, lambda: _draw(table.frame, groups))


def _alt(frame: pd.DataFrame, groups: dict[str, tuple[str, int]], variable: str, language: Language) -> str:
    def gap(row: pd.Series) -> float:
        shares = [row[key] / n for key, (_, n) in groups.items() if n]
        return max(shares) - min(shares) if shares else 0.0

    of = Bilingual("su", "of").say(language)
    gaps = frame.apply(gap, axis=1).sort_values(ascending=False, kind="stable")
    told = []
    for key in gaps.index[:3][gaps.head(3) > 0]:
        parts = ", ".join(f"{name} {frame.loc[key, group]} {of} {n}" for group, (name, n) in groups.items())
        told.append(f"{frame.loc[key, 'theme']} ({parts})")
    text = Bilingual(
        f"Mappa di {len(frame)} temi per {variable}, in {len(groups)} gruppi.",
        f"Heat map of {len(frame)} themes by {variable}, in {len(groups)} groups.",
    ).say(language)
    if told:
        text += Bilingual(" Le differenze più grandi: ", " The largest differences: ").say(language)
        text += "; ".join(told) + "."
    return text


def _draw(frame: pd.DataFrame, groups: dict[str, tuple[str, int]]) -> "Canvas":
    canvas = blank(0.75 + 0.31 * len(frame))
    axes = canvas.add_subplot()
    for place, (key, (_, n)) in enumerate(groups.items()):
        for line, count in enumerate(frame[key]):
            shade = round((count / n if n else 0.0) * (len(SHADES) - 1))
            axes.add_patch(_cell(place, line, SHADES[shade]))
            ink = "white" if shade >= 4 else "#10222e"
            axes.text(place + 0.5, line + 0.5, f"{count}/{n}", ha="center", va="center", fontsize=8.5, color=ink)
    axes.set_xlim(0, len(groups))
    axes.set_ylim(len(frame), 0)
    width = max(8, 48 // len(groups))
    axes.set_xticks([place + 0.5 for place in range(len(groups))],
                    [f"{wrap(name, width)}\nn = {n}" for name, n in groups.values()])  # fmt: skip
    axes.set_yticks([line + 0.5 for line in range(len(frame))], [wrap(str(name), 40) for name in frame["theme"]])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return canvas


def _cell(place: int, line: int, colour: str):  # type: ignore[no-untyped-def]
    from matplotlib.patches import FancyBboxPatch

    return FancyBboxPatch(
        (place + 0.04, line + 0.06), 0.92, 0.88, boxstyle="square,pad=0", facecolor=colour, linewidth=0
    )
