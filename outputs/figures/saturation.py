"""Whether further interviews brought new themes: a curve. Counted by nlp.measures.saturation, computes nothing."""

from typing import TYPE_CHECKING

import pandas as pd

from corpus.questionnaire.written_answers import is_written
from corpus.words.language import Bilingual, Language
from nlp.measures.saturation import PERMUTATIONS, new_themes, saturation_curve, saturation_point
from nlp.measures.theme_mentions import coded_segments, counted_segments
from nlp.results import Results
from outputs.figures.figure import BLUE, ORANGE, Figure, blank
from outputs.numbers import format_value

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_BASE = 4
_RUN = 2
_THRESHOLD = 0.05


def saturation_figure(results: Results, themes: int, seed: int, language: Language) -> Figure | None:
    """Themes found after 1, 2, ... interviews: in the order of their names, and on average over many orders."""
    read = counted_segments(results.segments, results.languages)
    spoken = read[~read["transcript"].map(is_written).astype(bool)]
    interviews = sorted(spoken["transcript"].unique())
    coded = coded_segments(results.codings, spoken)[["transcript", "theme"]]
    if len(interviews) < 2 or coded.empty:
        return None
    curve = saturation_curve(coded, interviews, seed=seed)
    found = new_themes(coded, interviews)
    curve = curve.assign(found=found["cumulative"].to_numpy())
    point = saturation_point(found["new"].tolist(), _BASE, _RUN, _THRESHOLD)
    heads = Bilingual(
        "Interviste;Temi, media degli ordini;Da (2,5 %);A (97,5 %);Temi, ordine dei nomi",
        "Interviews;Themes, mean of orders;From (2.5 %);To (97.5 %);Themes, order of names",
    ).say(language)
    data = curve.set_axis(heads.split(";"), axis=1)
    title = Bilingual("Temi trovati intervista dopo intervista", "Themes found interview after interview").say(language)
    reached = "" if point is None else f"{point}+{_RUN}"
    return Figure(
        "saturazione", title, _note(len(interviews), reached, language), _alt(curve, themes, reached, language),
        data, lambda: _draw(curve, themes, language),
    )  # fmt: skip


def _note(interviews: int, reached: str, language: Language) -> str:
    place = Bilingual(f"raggiunta a {reached}", f"reached at {reached}") if reached else None
    place = place or Bilingual("non raggiunta", "not reached")
    return Bilingual(
        f"n = {interviews} interviste. Fascia: 95 % di {PERMUTATIONS} ordini casuali con seme. Saturazione dei codici "
        f"(Guest, Namey e Chen 2020; base {_BASE}, serie {_RUN}, soglia 5 %) {place.it}.",
        f"n = {interviews} interviews. Band: 95 % of {PERMUTATIONS} seeded random orders. Code saturation (Guest, "
        f"Namey & Chen 2020; base {_BASE}, run {_RUN}, threshold 5 %) {place.en}.",
    ).say(language)


def _alt(curve: pd.DataFrame, themes: int, reached: str, language: Language) -> str:
    total = int(curve["found"].iloc[-1])
    first = format_value(float(curve["mean"].iloc[0]), "decimal", language)
    half = int(curve.loc[curve["mean"] >= 0.9 * total, "order"].min())
    text = Bilingual(
        f"Curva dei temi trovati in {len(curve)} interviste: in media {first} dopo la prima, nove su dieci dopo "
        f"{half}, in tutto {total} dei {themes} temi del codebook.",
        f"Curve of the themes found in {len(curve)} interviews: on average {first} after the first, nine in ten after "
        f"{half}, {total} of the codebook's {themes} themes in all.",
    ).say(language)
    if reached:
        text += Bilingual(f" Saturazione a {reached} interviste.", f" Saturation at {reached} interviews.").say(
            language
        )
    return text


def _draw(curve: pd.DataFrame, themes: int, language: Language) -> "Canvas":
    from matplotlib.ticker import MaxNLocator

    canvas = blank(3.5)
    axes = canvas.add_subplot()
    words = Bilingual(
        "95 % degli ordini;media degli ordini;ordine dei nomi dei file;temi del codebook",
        "95 % of orders;mean of orders;order of the files' names;themes in the codebook",
    ).say(language).split(";")  # fmt: skip
    axes.axhline(themes, color="#777777", linewidth=1, linestyle=(0, (2, 3)), label=words[3])
    axes.fill_between(curve["order"], curve["low"], curve["high"], color=BLUE, alpha=0.18, linewidth=0, label=words[0])
    axes.plot(curve["order"], curve["mean"], color=BLUE, linewidth=2, label=words[1])
    axes.step(curve["order"], curve["found"], where="mid", color=ORANGE, linewidth=1.3, linestyle="--", label=words[2])
    axes.set_ylim(0, max(themes, float(curve["high"].max())) * 1.08)
    axes.set_xlim(1, len(curve))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    axes.grid(color="#E3E7EA", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel(Bilingual("Interviste", "Interviews").say(language))
    axes.set_ylabel(Bilingual("Temi trovati", "Themes found").say(language))
    axes.legend(loc="lower right", frameon=False, fontsize=8)
    return canvas
