"""Scans that never were on paper: a PDF's pages as a photocopier would give them back."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pymupdf
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from eval_sets.marks import numbered, sealed
from ingestion.glyphs import fold

Pixels = NDArray[np.float64]
Point = tuple[float, float]

_DATE = re.compile(
    r"[\d〇一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)


@dataclass(frozen=True)
class Wear:
    """What a page went through before it was scanned, and how it was.

    `skew` in degrees (each page turned by up to that much, either way), `blur` the radius in
    pixels, `noise` the standard deviation and `shade` the fall of the light from one side to
    the other in grey levels of 255, `specks` a square centimetre, `quality` of the JPEG;
    `second_seal` puts another seal somewhere on the text of the first page; a `grey` copy has
    lost its colours.
    """

    skew: float = 0.4
    blur: float = 0.6
    noise: float = 6
    shade: float = 6
    specks: float = 0
    quality: int = 80
    second_seal: bool = False
    grey: bool = False


CLEAN = Wear(skew=0.3, blur=0.4, noise=3, quality=85)
NOISY = Wear(skew=2.0, blur=1.0, noise=14, shade=70, specks=1.0, quality=45, second_seal=True)
GREY = replace(NOISY, grey=True)


def render_scan(
    pdf_path: Path | str,
    *,
    dpi: int = 200,
    skew: float = 0.4,
    blur: float = 0.6,
    noise: float = 6,
    stamp: bool = True,
    seed: int = 0,
) -> list[Image.Image]:
    """Every page as a scanned picture (RGB); `stamp` puts a seal on the lower part of the last.

    The same seed gives the same pictures.
    """
    rng = np.random.default_rng(seed)
    with pymupdf.open(pdf_path) as document:
        pages = [_rendered(page, dpi) for page in document]
    if stamp and pages:
        # Left edge at 58 % and upper edge at 68 % of the page: over the signature.
        side = 42.0 / 25.4 * dpi
        centre = pages[-1].width * 0.58 + side / 2, pages[-1].height * 0.68 + side / 2
        pages[-1] = sealed(pages[-1], centre, dpi, rng)
    return [_worn(page, Wear(skew, blur, noise), dpi, rng) for page in pages]


def scan_of(
    pdf_path: Path, path: Path, *, dpi: int, wear: Wear, seal: str, first: int, seed: int
) -> Path:
    """A PDF as it comes back from the scanner: pictures only, sealed and numbered by hand.

    The seal, lettered `seal`, stands over the date of issue, none where that is empty; `first` is the number written on
    the first page. The same seed gives the same pictures.
    """
    rng = np.random.default_rng(seed)
    with pymupdf.open(pdf_path) as document:
        pages = [_rendered(page, dpi) for page in document]
        at = _date_of_issue(document)
    if seal and at is not None:
        number, (x, y) = at
        centre = x * dpi / 72 + rng.normal(0, dpi / 12), y * dpi / 72 - rng.uniform(0, dpi / 6)
        pages[number] = sealed(pages[number], centre, dpi, rng, seal)
    if seal and wear.second_seal:
        middle = pages[0].width * rng.uniform(0.3, 0.7), pages[0].height * rng.uniform(0.3, 0.7)
        pages[0] = sealed(pages[0], middle, dpi, rng, seal)
    pages = [numbered(page, first + i, dpi, rng) for i, page in enumerate(pages)]
    worn = [_worn(page, wear, dpi, rng) for page in pages]
    return images_to_pdf(worn, path, dpi=dpi, quality=wear.quality)


def images_to_pdf(
    images: Sequence[Image.Image], path: Path | str, *, dpi: int = 200, quality: int = 80
) -> Path:
    """A PDF of pictures only, as a scanner writes it: no text layer, JPEG pages."""
    with pymupdf.open() as document:
        for image in images:
            width, height = (side * 72 / dpi for side in image.size)
            page = document.new_page(width=width, height=height)
            packed = io.BytesIO()
            image.convert("RGB").save(packed, "JPEG", quality=quality, dpi=(dpi, dpi))
            page.insert_image(page.rect, stream=packed.getvalue())
        document.save(path, deflate=True, garbage=3)
    return Path(path)


def _rendered(page: pymupdf.Page, dpi: int) -> Image.Image:
    pixmap = page.get_pixmap(dpi=dpi, alpha=False, colorspace="rgb")
    return Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples)


def _date_of_issue(document: pymupdf.Document) -> tuple[int, Point] | None:
    """Page and middle, in points, of the last line that is nothing but a date."""
    for page in reversed(document):
        words = [w for w in page.get_text("words") if _DATE.fullmatch(fold(w[4]))]
        if words:
            x0, y0, x1, y1 = words[-1][:4]
            return page.number, ((x0 + x1) / 2, (y0 + y1) / 2)
    return None


def _worn(image: Image.Image, wear: Wear, dpi: int, rng: np.random.Generator) -> Image.Image:
    angle = float(rng.uniform(-wear.skew, wear.skew))
    turned = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    if wear.blur > 0:
        turned = turned.filter(ImageFilter.GaussianBlur(wear.blur))
    pixels: Pixels = np.asarray(turned, dtype=np.float64)
    shade = np.linspace(0, wear.shade, pixels.shape[1])[None, :, None]
    pixels = pixels - shade + rng.normal(0, wear.noise, pixels.shape[:2])[:, :, None]
    _speckle(pixels, wear, dpi, rng)
    sheet = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return sheet.convert("L").convert("RGB") if wear.grey else sheet


def _speckle(pixels: Pixels, wear: Wear, dpi: int, rng: np.random.Generator) -> None:
    """Dust: dark dots of up to half a millimetre."""
    height, width = pixels.shape[:2]
    dots = rng.poisson(wear.specks * height * width / (dpi / 2.54) ** 2)
    for _ in range(dots):
        size = int(rng.integers(1, max(2, dpi // 50)))
        y, x = rng.integers(0, height - size), rng.integers(0, width - size)
        pixels[y : y + size, x : x + size] *= rng.uniform(0.2, 0.7)
