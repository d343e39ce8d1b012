"""An SVG curve: the themes found after one, two ... interviews. Room outputs; drawn from a table, computes nothing."""

from markupsafe import Markup

from corpus.words.language import Language
from outputs.page.svg import label, mark, open_chart
from outputs.page.words import WORDS
from outputs.words.render import RenderedTable

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 760.0, 320.0, 46.0, 16.0, 14.0, 66.0


def saturation_curve_chart(table: RenderedTable, themes: int, language: Language) -> Markup | None:
    """The mean over many orders with its band, and the order of the table, whose new themes open their quotations.

    `table` is `saturazione_interviste`, `themes` how many the codebook has. None with fewer than two interviews.
    """
    frame = table.frame
    if len(frame) < 2:
        return None
    orders = [int(order) for order in frame["order"]]
    top = max([themes, 1, *(float(value) for value in frame["curve_high"])])

    def at(order: float, value: float) -> tuple[float, float]:
        across = (order - orders[0]) / (orders[-1] - orders[0])
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * across, _TOP + (_HEIGHT - _TOP - _FOOT) * (1 - value / top)

    def path(column: str) -> list[str]:
        places = (at(order, float(value)) for order, value in zip(orders, frame[column], strict=True))
        return [f"{x:.1f},{y:.1f}" for x, y in places]

    title = WORDS["saturation"].say(language)
    parts = [open_chart(title, _WIDTH, _HEIGHT)]
    for value in _ticks(int(top), 6):
        _, y = at(1, value)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(label(str(value), _LEFT - 8, y + 4, "tick", "end"))
    for order in (1, *_ticks(orders[-1], 12)[1:]):
        parts.append(label(str(order), at(order, 0)[0], _HEIGHT - _FOOT + 18, "tick"))
    parts.append(label(WORDS["interviews"].say(language), _WIDTH / 2, _HEIGHT - _FOOT + 36, "tick"))
    parts.append(f'<polygon class="band" points="{" ".join(path("curve_low") + path("curve_high")[::-1])}"/>')
    parts.append(f'<polyline class="curve" points="{" ".join(path("curve"))}"/>')
    parts.append(f'<polyline class="order" points="{" ".join(path("cumulative"))}"/>')
    for key, values in frame.to_dict("index").items():
        if not values["new_themes"]:
            continue
        x, y = at(int(values["order"]), int(values["cumulative"]))
        told = f"{values['interview']}: {WORDS['new_themes'].say(language)} {values['new_themes']}"
        point = f'<circle class="found-point" cx="{x:.1f}" cy="{y:.1f}" r="5.5"/>'
        parts.append(mark(table.key, str(key), "new_themes", told, [point]))
    return Markup("".join([*parts, *_legend(language), "</svg>"]))


def _legend(language: Language) -> list[str]:
    y, parts = _HEIGHT - 8, []
    for place, (kind, words) in enumerate((("curve", "curve_mean"), ("order", "curve_order"))):
        x = _LEFT + place * 340
        parts.append(f'<line class="{kind}" x1="{x}" x2="{x + 26}" y1="{y - 4}" y2="{y - 4}"/>')
        parts.append(label(WORDS[words].say(language), x + 34, y, "tick", "start"))
    return parts


def _ticks(most: int, wanted: int) -> range:
    """Whole numbers from 0 to `most`, about as many as wanted."""
    return range(0, most + 1, max(1, -(-most // wanted)))
