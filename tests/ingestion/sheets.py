"""Sheets of every layout, set in the typeface that PyMuPDF brings: the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pymupdf
from PIL import Image, ImageDraw

from tests.ingestion.paper import FONT, PARAGRAPHS, wrap

SIZE = 14.0


def columns(paragraphs: Sequence[str], count: int, rotation: int = 0, per_page: int = 20) -> bytes:
    """Paragraphs in one column or two as long on as many pages as they need, shown turned."""
    width = 435.0 if count == 1 else 205.0
    lines = [line for p in paragraphs for line in wrap(p, SIZE, 0.0, width)]
    if count > 1 and 0 < len(lines) % (per_page * count) < 8 * count:
        # A few short lines side by side are rows of a table to us.
        del lines[-(len(lines) % (per_page * count)) :]
    with pymupdf.open() as document:
        for start in range(0, len(lines), per_page * count):
            page = document.new_page(width=595, height=842)
            writer = pymupdf.TextWriter(page.rect)
            sheet = lines[start : start + per_page * count]
            rows = -(-len(sheet) // count)
            for number, (x, text) in enumerate(sheet):
                column, row = divmod(number, rows)
                at = (80 + 230 * column + x, 90 + 28 * row)
                writer.append(at, text, font=FONT, fontsize=SIZE)
            writer.write_text(page)
            if rotation:
                page.set_rotation(rotation)
        return bytes(document.tobytes(deflate=True))


ROWS = (
    ("序号", "时间", "地点", "被害人", "金额（元）"),
    ("1", "2024年1月3日", "兴业路22号", "唐某某", "4,260"),
    ("2", "2024年1月9日", "和平小区", "秦某甲", "12,800"),
    ("3", "2024年2月1日", "望江路口", "秦某乙", "560.50"),
    ("合计", "", "", "", "17,620.50"),
)


def table() -> bytes:
    """An evidence list with ruled lines, below and above it running text."""
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        writer = pymupdf.TextWriter(page.rect)
        writer.append((80, 90), "经依法审查查明的盗窃事实如下：", font=FONT, fontsize=SIZE)
        edges = (80, 120, 225, 320, 400, 500)
        for row, cells in enumerate(ROWS):
            y = 130 + 30 * row
            for x, cell in zip(edges, cells, strict=False):
                if cell:
                    writer.append((x + 4, y), cell, font=FONT, fontsize=11)
            page.draw_line((80, y - 20), (500, y - 20))
        writer.append((80, 310), "以上数额均经价格认定。", font=FONT, fontsize=SIZE)
        page.draw_line((80, 260), (500, 260))
        for x in edges:
            page.draw_line((x, 110), (x, 260))
        writer.write_text(page)
        return bytes(document.tobytes(deflate=True))


def stamped() -> bytes:
    """A red seal lies over the closing lines, an archive's number in the corner."""
    with pymupdf.open(stream=columns(PARAGRAPHS, 1), filetype="pdf") as document:
        page = document[0]
        seal = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
        ring = ImageDraw.Draw(seal)
        ring.ellipse((6, 6, 234, 234), outline=(200, 0, 0, 170), width=8)
        ring.regular_polygon((120, 120, 40), 5, fill=(200, 0, 0, 170))
        picture = BytesIO()
        seal.save(picture, "PNG")
        page.insert_image((80, 520, 200, 640), stream=picture.getvalue())
        writer = pymupdf.TextWriter(page.rect)
        writer.append((540, 40), "37", font=FONT, fontsize=18)
        writer.write_text(page)
        return bytes(document.tobytes(deflate=True))
