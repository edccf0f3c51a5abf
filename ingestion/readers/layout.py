"""A page's lines in reading order: one column or two, rows of a table one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import numpy as np

from ingestion.model import Box
from ingestion.readers.slant import levelled

Word = tuple[str, Box]

_NARROWEST, _RAGGED, _FULL, _ALONE = 0.3, 3.2, 0.35, 0.9
"""A column of prose: share of the page's width, letters by which full lines differ, share of
its lines that are full, share of those that have no other beside them."""


@dataclass(slots=True)
class Line:
    """One line of a page: its words in order, its box in points, its letters' size."""

    box: Box
    words: list[Word]
    size: float

    @property
    def text(self) -> str:
        return "".join(word for word, _ in self.words)


@dataclass(slots=True)
class PageLines:
    """A page as its reader saw it, lines in any order.

    Width and height are the page's as it is shown. `turns` quarter turns counter-clockwise
    set its writing upright, then its lines fall to the right by `slant` radians; the lines'
    boxes are those of the page set upright and level.
    """

    number: int
    width: float
    height: float
    method: Literal["text", "ocr", "empty", "failed"]
    lines: list[Line] = field(default_factory=list)
    error: str | None = None
    turns: int = 0
    slant: float = 0.0

    def shown(self, box: Box) -> Box:
        """A box of the upright, level page on the page as it is shown."""
        x0, y0, x1, y1 = self._slanted(box) if self.slant else box
        match self.turns:
            case 1:
                return self.width - y1, x0, self.width - y0, x1
            case 2:
                return self.width - x1, self.height - y1, self.width - x0, self.height - y0
            case 3:
                return y0, self.height - x1, y1, self.height - x0
            case _:
                return x0, y0, x1, y1

    def _slanted(self, box: Box) -> Box:
        """The box around a box of the level page on the page as it lay on the scanner."""
        width, height = (self.width, self.height)[:: -1 if self.turns % 2 else 1]
        x0, y0, x1, y1 = box
        corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float32)
        there = levelled(corners, -self.slant, width, height)
        (left, top), (right, bottom) = there.min(axis=0).tolist(), there.max(axis=0).tolist()
        return left, top, right, bottom


def regions(lines: list[Line], width: float) -> list[list[Line]]:
    """The lines in reading order, parted into columns where the page has two."""
    ordered = all(a.box[3] <= b.box[1] + 0.5 * (b.box[3] - b.box[1]) for a, b in pairwise(lines))
    if ordered:
        return [lines]
    gutter = _gutter(lines, width)
    if gutter is None:
        return [_rows(lines)]
    found: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    wide: list[Line] = []

    def flush() -> None:
        found.extend(_rows(part) for part in (wide, left, right) if part)
        for part in (wide, left, right):
            part.clear()

    for line in sorted(lines, key=lambda n: n.box[1]):
        # A mark that hangs out of its column does not make the line a heading over both.
        crossing = line.box[0] < gutter - line.size and gutter + line.size < line.box[2]
        if crossing and (left or right):
            flush()
        middle = (line.box[0] + line.box[2]) / 2
        (wide if crossing else left if middle <= gutter else right).append(line)
    flush()
    return found


def _gutter(lines: list[Line], width: float) -> float | None:
    """The x of an empty strip with long lines on both sides: columns have one, tables do not."""
    for x in (width * share / 100 for share in (50, 48, 52, 46, 54, 44, 56)):
        left = [n for n in lines if n.box[2] <= x + n.size and n.box[0] < x]
        right = [n for n in lines if n.box[0] >= x - n.size and n.box[2] > x + n.size]
        if min(len(left), len(right)) < 4 or len(left) + len(right) < 0.8 * len(lines):
            continue
        if _is_prose(left, width) and _is_prose(right, width):
            return x
    return None


def _is_prose(lines: list[Line], width: float) -> bool:
    """Whether many lines of the column run on to its right edge, one below the other."""
    if len(_rows(lines)) < _ALONE * len(lines):
        return False
    begin, end = min(n.box[0] for n in lines), max(n.box[2] for n in lines)
    full = sum(1 for n in lines if n.box[2] > end - _RAGGED * n.size)
    return end - begin > _NARROWEST * width and full >= _FULL * len(lines)


def _rows(lines: list[Line]) -> list[Line]:
    """Top to bottom; pieces at the same height become one line, left to right."""
    rows: list[Line] = []
    for line in sorted(lines, key=lambda n: (n.box[1] + n.box[3]) / 2):
        if rows and _same_row(rows[-1], line):
            rows[-1] = _merged(rows[-1], line)
        else:
            rows.append(line)
    return rows


def _same_row(a: Line, b: Line) -> bool:
    overlap = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
    low = min(a.box[3] - a.box[1], b.box[3] - b.box[1])
    return overlap > 0.5 * low and all(
        right <= b.box[0] + low or b.box[2] <= left + low for _, (left, _, right, _) in a.words
    )


def _merged(a: Line, b: Line) -> Line:
    words = sorted(a.words + b.words, key=lambda w: w[1][0])
    box = (
        min(a.box[0], b.box[0]),
        min(a.box[1], b.box[1]),
        max(a.box[2], b.box[2]),
        max(a.box[3], b.box[3]),
    )
    return Line(box, words, max(a.size, b.size))
