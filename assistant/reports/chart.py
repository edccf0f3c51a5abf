"""A waterfall of ranges laid out as plain shapes, drawn alike in HTML, PDF and DOCX.

Each row is a step: its label, a bar from its least to its most months, and the range in
words. A thin line leads from each bar to the next, so that one sees what every step did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.reports.model import Bar, Chart

WIDTH = 680.0
_LABEL, _VALUE = 150.0, 150.0
_TOP, _ROW, _BAR, _FOOT = 30.0, 28.0, 13.0, 30.0
_TICKS = (1, 2, 3, 6, 12, 24, 36, 60)
_MOST_TICKS = 12
_SMALL, _TEXT, _TITLE = 10.5, 12.0, 13.0

Colour = Literal["ink", "grey", "line", "pale", "law", "step", "result", "verdict"]
COLOURS: dict[Colour, str] = {
    "ink": "#222222",
    "grey": "#5a5a5a",
    "line": "#c3cad1",
    "pale": "#e3e8ed",
    "law": "#b9c4cf",
    "step": "#6f93b5",
    "result": "#31506f",
    "verdict": "#a61b1b",
}
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True)
class Line:
    x0: float
    y0: float
    x1: float
    y1: float
    colour: Colour
    width: float = 0.8


@dataclass(frozen=True)
class Label:
    """`y` is the baseline of the text."""

    x: float
    y: float
    text: str
    size: float
    colour: Colour
    anchor: Anchor = "start"


Shape = Box | Line | Label


def height(chart: Chart) -> float:
    """In the units of WIDTH."""
    return _TOP + _ROW * len(chart.bars) + _FOOT


def layout(chart: Chart) -> list[Shape]:
    """The shapes in the order in which they are drawn; coordinates from the top left."""
    marks = [chart.mark] if chart.mark is not None else []
    most = max([*(bar.high for bar in chart.bars), *marks], default=1)
    tick = next((t for t in _TICKS if most / t <= _MOST_TICKS), _TICKS[-1])
    end = max(-(-most // tick) * tick, tick)
    left, right = _LABEL, WIDTH - _VALUE
    scale = (right - left) / end

    def at(months: float) -> float:
        return round(left + months * scale, 2)

    bottom = _TOP + _ROW * len(chart.bars)
    shapes: list[Shape] = [Label(0, 15, chart.title, _TITLE, "ink")]
    for month in range(0, int(end) + 1, tick):
        shapes.append(Line(at(month), _TOP, at(month), bottom, "pale"))
        shapes.append(Label(at(month), bottom + 14, str(month), _SMALL, "grey", "middle"))
    shapes.append(Label(right + 10, bottom + 14, "个月", _SMALL, "grey"))
    for row, bar in enumerate(chart.bars):
        y = _TOP + row * _ROW + (_ROW - _BAR) / 2
        if row + 1 < len(chart.bars):
            shapes += _leads(bar, chart.bars[row + 1], y, at)
        shapes.append(Label(0, y + _BAR - 2, bar.label, _TEXT, "ink"))
        width = max(at(bar.high) - at(bar.low), 2.0)
        shapes.append(Box(at(bar.low), y, width, _BAR, bar.kind))
        shapes.append(Label(right + 10, y + _BAR - 2, bar.text, _SMALL, "grey"))
    if chart.mark is not None:
        x = at(chart.mark)
        shapes.append(Line(x, _TOP - 4, x, bottom, "verdict", 1.6))
        half = len(chart.mark_text) * _SMALL / 2
        middle = min(max(x, half), WIDTH - half)
        shapes.append(Label(middle, bottom + 27, chart.mark_text, _SMALL, "verdict", "middle"))
    return shapes


def _leads(bar: Bar, following: Bar, y: float, at: Callable[[float], float]) -> list[Shape]:
    below = y + _BAR
    return [
        Line(at(a), below, at(b), below + _ROW - _BAR, "line")
        for a, b in ((bar.low, following.low), (bar.high, following.high))
    ]
