"""Setting strips of text on pages, with nothing lost.

The engine's own tables lose rows where a page ends, so that tables are set here: each cell is
a text of its own, a row is as high as its highest cell, and goes on over as many pages as it
needs.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pymupdf

from assistant.reports import chart as drawing
from assistant.reports.chart_draw import draw
from assistant.reports.errors import ReportError
from assistant.reports.model import Chart

MARGIN = 62.0
ENDLESS = 100_000.0
COLOURS = {
    "line": (0.6, 0.65, 0.69),
    "blue": (0.19, 0.31, 0.44),
    "amber": (0.72, 0.47, 0.12),
    "grey": (0.6, 0.65, 0.69),
}


@dataclass(frozen=True)
class Cell:
    """HTML in a column that takes `share` of the line."""

    html: str
    share: float = 1.0


@dataclass(frozen=True)
class _Mark:
    page: int
    rect: pymupdf.Rect
    colour: str


class Flow:
    """A document that grows strip by strip. Lengths in points."""

    def __init__(self, style: str) -> None:
        self._style = style
        self._paper = pymupdf.paper_rect("a4")
        self._stream = io.BytesIO()
        self._writer = pymupdf.DocumentWriter(self._stream)
        self._device = self._writer.begin_page(self._paper)
        self._page = 0
        self._y = MARGIN
        self._marks: list[_Mark] = []
        self._charts: list[tuple[int, float, Chart]] = []

    @property
    def _bottom(self) -> float:
        return float(self._paper.height) - MARGIN

    def strip(
        self,
        cells: list[Cell],
        *,
        line: bool = False,
        bar: str | None = None,
        keep: float = 0,
        after: float = 0,
    ) -> None:
        """Set cells side by side below what is there.

        `line` draws a rule below, `bar` a coloured bar at the left; `keep` is the room that
        must be left under it on the same page, `after` the space that follows.
        Raises ReportError for what fits on no page.
        """
        columns = self._columns(cells, indent=10 if bar else 0)
        height = max(_height(self._story(cell), x0, x1) for cell, x0, x1 in columns)
        if self._y > MARGIN and self._y + min(height + keep, self._room()) > self._bottom:
            self._next_page()
        going = [(self._story(cell), x0, x1) for cell, x0, x1 in columns]
        while going:
            going, used = self._place(going)
            if going and used <= 0 and self._y == MARGIN:
                raise ReportError("PDF 有一段内容无法排入页面；请改存为 DOCX 或 HTML。")
            if bar:
                rect = pymupdf.Rect(MARGIN, self._y, MARGIN + 2.5, self._y + used)
                self._marks.append(_Mark(self._page, rect, bar))
            self._y += used
            if going:
                self._next_page()
        if line:
            rect = pymupdf.Rect(MARGIN, self._y, self._paper.width - MARGIN, self._y + 0.5)
            self._marks.append(_Mark(self._page, rect, "line"))
        self._y += after

    def chart(self, chart: Chart, after: float = 8) -> None:
        """A chart over the whole line, on one page."""
        width = float(self._paper.width) - 2 * MARGIN
        height = drawing.height(chart) * width / drawing.WIDTH
        if self._y > MARGIN and self._y + height > self._bottom:
            self._next_page()
        self._charts.append((self._page, self._y, chart))
        self._y += height + after

    def finish(self) -> pymupdf.Document:
        """The document; nothing can be added any more."""
        self._writer.end_page()
        self._writer.close()
        document = pymupdf.open(stream=self._stream.getvalue(), filetype="pdf")
        for page in document:
            # The text engine leaves its own coordinates behind; ours are the page's.
            page.wrap_contents()
        for mark in self._marks:
            colour = COLOURS[mark.colour]
            document[mark.page].draw_rect(mark.rect, color=None, fill=colour, width=0)
        width = float(self._paper.width) - 2 * MARGIN
        for page, y, chart in self._charts:
            draw(document[page], chart, MARGIN, y, width)
        return document

    def _room(self) -> float:
        return self._bottom - MARGIN

    def _columns(self, cells: list[Cell], indent: float) -> list[tuple[Cell, float, float]]:
        left, width = MARGIN + indent, float(self._paper.width) - 2 * MARGIN - indent
        total = sum(cell.share for cell in cells)
        columns, x = [], left
        for cell in cells:
            end = x + width * cell.share / total
            columns.append((cell, x, end))
            x = end
        return columns

    def _story(self, cell: Cell) -> pymupdf.Story:
        return pymupdf.Story(cell.html, user_css=self._style)

    def _place(
        self, stories: list[tuple[pymupdf.Story, float, float]]
    ) -> tuple[list[tuple[pymupdf.Story, float, float]], float]:
        """Draw on this page; returns the stories that go on and the height used."""
        unfinished, lowest = [], self._y
        for story, x0, x1 in stories:
            more, filled = story.place(pymupdf.Rect(x0, self._y, x1, self._bottom))
            story.draw(self._device)
            lowest = max(lowest, filled[3])
            if more:
                unfinished.append((story, x0, x1))
        return unfinished, lowest - self._y

    def _next_page(self) -> None:
        self._writer.end_page()
        self._device = self._writer.begin_page(self._paper)
        self._page += 1
        self._y = MARGIN


def _height(story: pymupdf.Story, x0: float, x1: float) -> float:
    _, filled = story.place(pymupdf.Rect(x0, 0, x1, ENDLESS))
    return float(filled[3])
