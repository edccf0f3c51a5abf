"""Scans that never were on paper: a PDF's pages as a bad photocopier would give them back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pymupdf
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Pixels = NDArray[np.float64]

_RED = (196, 42, 38)
_SEAL_MM = 42.0


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
    """Every page as a scanned picture (RGB).

    `skew` in degrees (each page turned by up to that much, either way), `blur` the radius in
    pixels, `noise` the standard deviation in grey levels of 255; `stamp` puts a round red
    seal over the lower part of the last page. The same seed gives the same pictures.
    """
    rng = np.random.default_rng(seed)
    with pymupdf.open(pdf_path) as document:
        pages = [_rendered(page, dpi) for page in document]
    if stamp and pages:
        pages[-1] = _sealed(pages[-1], dpi, rng)
    return [_worn(page, skew, blur, noise, rng) for page in pages]


def images_to_pdf(images: Sequence[Image.Image], path: Path | str, *, dpi: int = 200) -> Path:
    """A PDF of pictures only, as a scanner writes it: no text layer, JPEG pages."""
    with pymupdf.open() as document:
        for image in images:
            width, height = (side * 72 / dpi for side in image.size)
            page = document.new_page(width=width, height=height)
            packed = io.BytesIO()
            image.convert("RGB").save(packed, "JPEG", quality=80, dpi=(dpi, dpi))
            page.insert_image(page.rect, stream=packed.getvalue())
        document.save(path, deflate=True, garbage=3)
    return Path(path)


def _rendered(page: pymupdf.Page, dpi: int) -> Image.Image:
    pixmap = page.get_pixmap(dpi=dpi, alpha=False, colorspace="rgb")
    return Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples)


def _sealed(image: Image.Image, dpi: int, rng: np.random.Generator) -> Image.Image:
    """A round seal with ring and star, ink taken unevenly, over the signature."""
    side = round(_SEAL_MM / 25.4 * dpi)
    seal = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(seal)
    draw.ellipse((2, 2, side - 3, side - 3), outline=255, width=max(2, side // 45))
    angles = [-np.pi / 2 + k * 2 * np.pi * 2 / 5 for k in range(5)]
    centre, arm = side / 2, side / 7
    draw.polygon([(centre + arm * np.cos(a), centre + arm * np.sin(a)) for a in angles], fill=255)
    ink = np.asarray(seal, dtype=np.float64) / 255 * rng.uniform(0.55, 0.95, (side, side))
    left, top = round(image.width * 0.58), round(image.height * 0.68)
    paper = np.asarray(image, dtype=np.float64).copy()
    target = paper[top : top + side, left : left + side]
    cover = ink[: target.shape[0], : target.shape[1], None]
    # Ink only darkens: letters under the seal stay as black as they were.
    target[:] = np.minimum(target, target * (1 - cover) + np.array(_RED) * cover)
    return Image.fromarray(paper.astype(np.uint8))


def _worn(
    image: Image.Image, skew: float, blur: float, noise: float, rng: np.random.Generator
) -> Image.Image:
    angle = float(rng.uniform(-skew, skew))
    turned = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    if blur > 0:
        turned = turned.filter(ImageFilter.GaussianBlur(blur))
    pixels: Pixels = np.asarray(turned, dtype=np.float64)
    shade = np.linspace(0, 6, pixels.shape[1])[None, :, None]
    pixels = pixels - shade + rng.normal(0, noise, pixels.shape[:2])[:, :, None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
