"""Pictures of documents (PNG, JPEG, TIFF with several pages, BMP, WEBP): OCR of every frame."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from ingestion.errors import DamagedFile, NoText, TooLarge
from ingestion.model import SourceDocument
from ingestion.readers.assembly import assemble
from ingestion.readers.guard import MAX_IMAGE_FRAMES, MAX_IMAGE_PIXELS
from ingestion.readers.layout import PageLines
from ingestion.readers.ocr import DPI, read_picture

Progress = Callable[[int, int, str], None]

_PLAUSIBLE_DPI = (90.0, 1200.0)
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
_FEWEST = 10
"""Fewer recognised characters than this are a street sign in a photo, not a document."""


def read_image(data: bytes, file: str, sha256: str, progress: Progress | None) -> SourceDocument:
    """Read a picture; each frame is a page in points at the picture's own resolution.

    Raises TooLarge (from the header, before decoding), DamagedFile or NoText.
    """
    image = _open(data, file)
    total = getattr(image, "n_frames", 1)
    if total > MAX_IMAGE_FRAMES:
        raise TooLarge(
            f"「{file}」共 {total} 页，超过 {MAX_IMAGE_FRAMES} 页的上限，请拆分后再上传。"
        )
    media_type = Image.MIME.get(image.format or "", "image/*")
    pages: list[PageLines] = []
    for index in range(total):
        pages.append(_read_frame(image, index, file))
        if progress is not None:
            progress(index + 1, total, "文字识别")
    if all(page.method == "failed" for page in pages):
        raise DamagedFile(f"「{file}」已损坏或不完整，请重新扫描或上传原文件。")
    source = assemble(file, media_type, sha256, pages, [])
    if sum(1 for c in source.text if c.isalnum()) < _FEWEST:
        raise NoText(f"「{file}」是图片，但没有识别到文书文字，请确认是否上传了正确的文件。")
    return source


def _open(data: bytes, file: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        number = re.search(r"\d+", str(error))
        raise _too_large(file, int(number.group()) if number else 0) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise DamagedFile(f"「{file}」已损坏或不完整，请重新扫描或上传原文件。") from error
    _check_pixels(image, file)
    return image


def _check_pixels(image: Image.Image, file: str) -> None:
    if image.width * image.height > MAX_IMAGE_PIXELS:
        raise _too_large(file, image.width * image.height)


def _too_large(file: str, pixels: int) -> TooLarge:
    return TooLarge(
        f"「{file}」有 {pixels / 1_000_000:.0f} 百万像素，超过 {MAX_IMAGE_PIXELS // 1_000_000} "
        "百万像素的上限，请降低分辨率（200～300 dpi）后再上传。"
    )


def _read_frame(image: Image.Image, index: int, file: str) -> PageLines:
    try:
        image.seek(index)
        _check_pixels(image, file)
        dpi = _resolution(image)
        frame = ImageOps.exif_transpose(image)
        if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
            layered = frame.convert("RGBA")
            frame = Image.new("RGBA", layered.size, "white")
            frame.alpha_composite(layered)
        picture = np.asarray(frame.convert("RGB"))
        height, width = picture.shape[:2]
        page = PageLines(index + 1, width * 72 / dpi, height * 72 / dpi, "ocr")
        read_picture(picture, 72 / dpi, page)
    except TooLarge:
        raise
    except Exception as error:
        reason = f"本页无法读取（{type(error).__name__}）"
        return PageLines(index + 1, 0, 0, "failed", error=reason)
    return page


def _resolution(image: Image.Image) -> float:
    dpi = float(image.info.get("dpi", (DPI, DPI))[0] or DPI)
    return dpi if _PLAUSIBLE_DPI[0] <= dpi <= _PLAUSIBLE_DPI[1] else float(DPI)
