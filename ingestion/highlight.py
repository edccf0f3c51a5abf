"""Pictures of pages with a span's boxes marked, for reports and screens."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from ingestion.model import Box, SourceDocument, Span
from ingestion.readers import sandbox

_FILL = (255, 214, 10, 90)
_EDGE = (214, 40, 40, 255)
_PAD = 1.5


def draw_page(
    content: bytes, page: int, width: float, boxes: Sequence[Box] = (), dpi: int = 110
) -> bytes:
    """Page `page` (from 1) of a PDF or a picture as PNG, with the boxes marked.

    `width`: of the page in points, as it was read; boxes are in points of that page. A PDF is
    drawn by the process that also reads it. Raises ValueError where there is no such page or
    it cannot be drawn.
    """
    image = _drawn(content, page, width, dpi)
    scale = image.width / width
    marks = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(marks)
    for x0, y0, x1, y1 in boxes:
        place = [v * scale for v in (x0 - _PAD, y0 - _PAD, x1 + _PAD, y1 + _PAD)]
        draw.rectangle(place, fill=_FILL, outline=_EDGE, width=max(1, dpi // 75))
    out = BytesIO()
    Image.alpha_composite(image, marks).convert("RGB").save(out, "PNG")
    return out.getvalue()


def render_page(
    path: Path | str, source: SourceDocument, page: int, boxes: Sequence[Box] = (), dpi: int = 110
) -> bytes:
    """Page `page` (from 1) of the file that `source` was read from, as PNG, boxes marked.

    Raises ValueError where the format has no pages, the page is not among them or cannot be
    drawn.
    """
    listed = next((p for p in source.pages or () if p.number == page), None)
    if listed is None or listed.width == 0:
        raise ValueError(f"{source.file} has no page {page} to show")
    return draw_page(Path(path).read_bytes(), page, listed.width, boxes, dpi)


def render_span(path: Path | str, source: SourceDocument, span: Span, dpi: int = 110) -> bytes:
    """The page on which `span` begins, as PNG, with its boxes marked.

    Raises ValueError where the span has no page.
    """
    if span.page is None:
        raise ValueError(f"no page for {span.start}:{span.end} of {source.file}")
    return render_page(path, source, span.page, span.boxes, dpi)


def render_stretch(
    path: Path | str, source: SourceDocument, start: int, end: int, dpi: int = 110
) -> dict[int, bytes]:
    """Every page over which `start:end` of the text goes, as PNG by its number, marked.

    Raises ValueError where the format has no pages.
    """
    places = source.places_of(start, end)
    return {page: render_page(path, source, page, boxes, dpi) for page, boxes in places.items()}


def _drawn(content: bytes, page: int, width: float, dpi: int) -> Image.Image:
    if content[:1024].find(b"%PDF-") >= 0:
        try:
            head, pixels = sandbox.render(content, page - 1, dpi / 72)
        except sandbox.Exhausted as error:
            raise ValueError(f"page {page} cannot be drawn") from error
        return Image.frombytes("RGB", tuple(head["picture"]), pixels).convert("RGBA")
    try:
        with Image.open(BytesIO(content)) as image:
            image.seek(page - 1)
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, EOFError) as error:
        raise ValueError(f"page {page} cannot be drawn") from error
    wide = round(width * dpi / 72)
    return upright.resize((wide, round(upright.height * wide / upright.width)))
