"""Two SVG charts drawn from tables: prevalence with intervals, heat map theme x class. Room outputs."""

from markupsafe import Markup

from corpus.words.language import Language
from outputs.numbers import format_value
from outputs.page.svg import mark, open_chart, short
from outputs.page.words import WORDS
from outputs.words.render import RenderedTable

_ROW, _LEFT, _WIDTH = 26, 230, 760
# One hue from light to dark: order is read from lightness, so it holds for every kind of colour blindness and in grey.
_SHADES = ("#f4f8fb", "#d5e5f0", "#a9cbe0", "#74abcb", "#3f86af", "#1b6390", "#0b4267")


def prevalence_chart(table: RenderedTable, language: Language) -> Markup:
    """A point and interval for each theme, from 0 to 100 %; counts alone when respondents are too few."""
    rows = list(table.frame.to_dict("index").items())
    counted = any(isinstance(values["share"], str) for _, values in rows)
    height = _ROW * (len(rows) + 2)
    span = _WIDTH - _LEFT - 150
    title = WORDS["counts_chart" if counted else "prevalence_chart"].say(language)
    parts = [open_chart(title, _WIDTH, height)]
    for tick in () if counted else (0, 25, 50, 75, 100):
        x = _LEFT + span * tick / 100
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_ROW * 0.8:.1f}" y2="{height - _ROW}"/>')
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{height - _ROW * 0.3:.1f}" text-anchor="middle">{tick}%</text>'
        )
    for number, (key, values) in enumerate(rows):
        y = _ROW * (number + 1.3)
        said = f"{values['mentioned']} {WORDS['of'].say(language)} {values['n']}"
        share = values["mentioned"] / values["n"] if values["n"] else 0.0
        x = _LEFT + span * share
        title = f"{values['theme']}: {said}"
        drawn = [
            f'<rect class="hit" x="0" y="{y - _ROW / 2:.1f}" width="{_WIDTH}" height="{_ROW}"/>',
            f'<text class="name" x="{_LEFT - 14}" y="{y + 4:.1f}" text-anchor="end">{short(values["theme"])}</text>',
        ]
        if not counted:
            low, high = (_LEFT + span * float(values[name]) for name in ("share_low", "share_high"))
            drawn.append(f'<line class="interval" x1="{low:.1f}" x2="{high:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
            said += f" ({format_value(values['share'], 'percent', language)})"
        drawn.append(f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="5.5"/>')
        drawn.append(f'<text class="value" x="{_WIDTH}" y="{y + 4:.1f}" text-anchor="end">{said}</text>')
        parts.append(mark(table.key, str(key), "mentioned", title, drawn, opens=values["mentioned"] > 0))
    return Markup("".join([*parts, "</svg>"]))


def heat_map(table: RenderedTable, language: Language, variable: str) -> Markup:
    """A cell for each theme and class, shaded by the share of the class that mentions the theme, with count and n."""
    groups = [column for column in table.columns if column.counts == "respondents"]
    sizes = [int(column.label.rsplit("n = ", 1)[1].rstrip(")")) for column in groups]
    rows = list(table.frame.to_dict("index").items())
    step = min(150, (_WIDTH - _LEFT) // max(len(groups), 1))
    head = 2 * _ROW
    parts = [
        open_chart(
            WORDS["heat_map"].say(language).format(variable=variable),
            _LEFT + step * len(groups),
            head + _ROW * len(rows),
        )
    ]
    for place, column in enumerate(groups):
        x = _LEFT + step * (place + 0.5)
        name, total = column.label.rsplit(" (", 1)
        parts.append(
            f'<text class="name" x="{x:.1f}" y="{_ROW * 0.8:.1f}" text-anchor="middle">{short(name, 20)}</text>'
        )
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{_ROW * 1.5:.1f}" text-anchor="middle">{short(total[:-1])}</text>'
        )
    for number, (key, values) in enumerate(rows):
        y = head + _ROW * number
        parts.append(
            f'<text class="name" x="{_LEFT - 14}" y="{y + 18}" text-anchor="end">{short(values["theme"])}</text>'
        )
        for place, (column, size) in enumerate(zip(groups, sizes, strict=True)):
            count = int(values[column.key])
            share = count / size if size else 0.0
            shade = round(share * (len(_SHADES) - 1))
            ink = "#ffffff" if shade >= 4 else "#10222e"
            x = _LEFT + step * place
            title = f"{values['theme']}, {column.label}: {count}"
            size_of = f'width="{step - 2}" height="{_ROW - 2}" rx="3"'
            drawn = [
                f'<rect x="{x + 1}" y="{y + 1}" {size_of} fill="{_SHADES[shade]}"/>',
                f'<text x="{x + step / 2:.1f}" y="{y + 18}" text-anchor="middle" fill="{ink}">{count}/{size}</text>',
            ]
            parts.append(mark(table.key, str(key), column.key, title, drawn, opens=count > 0))
    return Markup("".join([*parts, "</svg>"]))
