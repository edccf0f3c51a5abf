"""A chart as inline SVG: presentation attributes only, so that no style rule is needed."""

from __future__ import annotations

from markupsafe import Markup

from assistant.reports import chart as drawing
from assistant.reports.chart import COLOURS, Box, Label, Line
from assistant.reports.model import Chart
from assistant.reports.wording import clean

_FONT = "Noto Sans CJK SC, Microsoft YaHei, SimHei, sans-serif"


def to_svg(chart: Chart) -> Markup:
    """The chart as one element; every word is escaped."""
    high = drawing.height(chart)
    parts = [
        Markup(
            '<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:g} {1:g}" '
            'width="100%" role="img" aria-label="{2}" font-family="{3}">'
        ).format(drawing.WIDTH, high, clean(chart.alternative), _FONT)
    ]
    for shape in drawing.layout(chart):
        match shape:
            case Box():
                parts.append(
                    Markup('<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}" fill="{}"/>').format(
                        shape.x, shape.y, shape.width, shape.height, COLOURS[shape.colour]
                    )
                )
            case Line():
                parts.append(
                    Markup(
                        '<line x1="{:g}" y1="{:g}" x2="{:g}" y2="{:g}" stroke="{}" '
                        'stroke-width="{:g}"/>'
                    ).format(
                        shape.x0, shape.y0, shape.x1, shape.y1, COLOURS[shape.colour], shape.width
                    )
                )
            case Label():
                parts.append(
                    Markup(
                        '<text x="{:g}" y="{:g}" font-size="{:g}" fill="{}" text-anchor="{}">'
                        "{}</text>"
                    ).format(
                        shape.x,
                        shape.y,
                        shape.size,
                        COLOURS[shape.colour],
                        shape.anchor,
                        clean(shape.text),
                    )
                )
    return Markup("").join([*parts, Markup("</svg>")])
