"""A Song typeface for papers made by scripts: Debian's Noto Serif CJK, or what PyMuPDF brings."""

from __future__ import annotations

import struct
from functools import cache
from io import BytesIO
from pathlib import Path

import pymupdf
from PIL import ImageFont

_COLLECTION = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
_SIMPLIFIED = 2
"""The collection's face with the forms of characters that mainland China writes."""


@cache
def song() -> pymupdf.Font:
    """The typeface for PyMuPDF."""
    return pymupdf.Font(fontbuffer=_bytes())


@cache
def song_of(size: int) -> ImageFont.FreeTypeFont:
    """The typeface for Pillow, `size` in pixels."""
    return ImageFont.truetype(BytesIO(_bytes()), size)


@cache
def _bytes() -> bytes:
    if not _COLLECTION.is_file():
        return bytes(pymupdf.Font("cjk").buffer)
    return _face(_COLLECTION.read_bytes(), _SIMPLIFIED)


def _face(collection: bytes, index: int) -> bytes:
    """One face of an OpenType collection as a font of its own."""
    (start,) = struct.unpack_from(">I", collection, 12 + 4 * index)
    (tables,) = struct.unpack_from(">H", collection, start + 4)
    head = bytearray(collection[start : start + 12 + 16 * tables])
    body = bytearray()
    for record in range(12, len(head), 16):
        offset, length = struct.unpack_from(">II", head, record + 8)
        struct.pack_into(">I", head, record + 8, len(head) + len(body))
        body += collection[offset : offset + length] + bytes(-length % 4)
    return bytes(head + body)
