"""A chart drawn with PyMuPDF: on a page of the PDF, or as PNG for the DOCX."""

from __future__ import annotations

import pymupdf

from assistant.reports import chart as drawing
from assistant.reports.chart import COLOURS, Box, Label, Line
from assistant.reports.model import Chart
from assistant.reports.wording import clean

_PIXELS = 2.5  # pixels a unit of the layout: sharp in print at the width of a page


def draw(page: pymupdf.Page, chart: Chart, left: float, top: float, width: float) -> None:
    """Draw the chart with its upper left corner there, `width` points wide."""
    scale = width / drawing.WIDTH
    font = pymupdf.Font("cjk")
    for shape in drawing.layout(chart):
        colour = _rgb(COLOURS[shape.colour])
        match shape:
            case Box():
                x, y = left + shape.x * scale, top + shape.y * scale
                rect = pymupdf.Rect(x, y, x + shape.width * scale, y + shape.height * scale)
                page.draw_rect(rect, color=None, fill=colour, width=0)
            case Line():
                page.draw_line(
                    (left + shape.x0 * scale, top + shape.y0 * scale),
                    (left + shape.x1 * scale, top + shape.y1 * scale),
                    color=colour,
                    width=shape.width * scale,
                )
            case Label():
                _write(page, shape, font, left, top, scale)


def _write(
    page: pymupdf.Page, label: Label, font: pymupdf.Font, left: float, top: float, scale: float
) -> None:
    text, size = clean(label.text), label.size * scale
    if not text:
        return
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor]
    x = left + label.x * scale - font.text_length(text, fontsize=size) * shift
    writer = pymupdf.TextWriter(page.rect, color=_rgb(COLOURS[label.colour]))
    writer.append((x, top + label.y * scale), text, font, size)
    writer.write_text(page)


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def to_png(chart: Chart) -> bytes:
    """The chart as PNG on white."""
    with pymupdf.open() as document:
        page = document.new_page(width=drawing.WIDTH, height=drawing.height(chart))
        draw(page, chart, 0, 0, drawing.WIDTH)
        pixels = page.get_pixmap(matrix=pymupdf.Matrix(_PIXELS, _PIXELS), alpha=False)
        return bytes(pixels.tobytes("png"))
