"""Pages whose writing does not run from left to right: turned sheets and slanted watermarks."""

from __future__ import annotations

from collections import Counter

from ingestion.model import Box
from ingestion.readers.layout import Line, PageLines

Direction = tuple[float, float]

_TURNS: dict[tuple[int, int], int] = {(1, 0): 0, (0, 1): 1, (-1, 0): 2, (0, -1): 3}
_STRAIGHT = 0.02


def set_upright(page: PageLines, directions: dict[int, Direction], rotation: int) -> list[str]:
    """Bring the lines of `page` into upright coordinates and set its turns.

    `directions` are those of lines (by index) that do not run to the right in the page's
    own space, `rotation` the degrees clockwise by which the page is shown. Returns the text
    of lines that run otherwise than most: a watermark, taken out of the page's lines.
    """
    of_line = {index: _quarter(direction) for index, direction in directions.items()}
    weights: Counter[int | None] = Counter()
    for index, line in enumerate(page.lines):
        weights[of_line.get(index, 0)] += len(line.text)
    weights.pop(None, None)
    main = weights.most_common(1)[0][0] if weights else 0
    apart = [n.text for i, n in enumerate(page.lines) if of_line.get(i, 0) != main]
    kept = [n for i, n in enumerate(page.lines) if of_line.get(i, 0) == main]
    page.turns = (rotation // 90 + (main or 0)) % 4
    width, height = page.width, page.height
    if rotation % 180:
        width, height = height, width
    if main:
        kept = [_turned(line, main, width, height) for line in kept]
    page.lines = kept
    return [text.strip() for text in apart if text.strip()]


def _quarter(direction: Direction) -> int | None:
    nearest = (round(direction[0]), round(direction[1]))
    off = abs(direction[0] - nearest[0]) + abs(direction[1] - nearest[1])
    return _TURNS.get(nearest) if off <= _STRAIGHT else None


def _turned(line: Line, turns: int, width: float, height: float) -> Line:
    words = [(text, _box(box, turns, width, height)) for text, box in line.words]
    return Line(_box(line.box, turns, width, height), words, line.size)


def _box(box: Box, turns: int, width: float, height: float) -> Box:
    """A box of the page's own space on the page turned counter-clockwise `turns` times."""
    x0, y0, x1, y1 = box
    match turns:
        case 1:
            return y0, width - x1, y1, width - x0
        case 2:
            return width - x1, height - y1, width - x0, height - y0
        case _:
            return height - y1, x0, height - y0, x1
