"""Broken and hostile files of every kind that is read."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pymupdf

from eval_sets.fuzz.words import broken, texts
from eval_sets.own.word import write_docx

_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5")


def _encoded(text: str, rng: Random) -> bytes:
    encoding = rng.choice(_ENCODINGS)
    errors = "surrogatepass" if encoding.startswith("utf") else "ignore"
    return text.encode(encoding, errors)


def _bytes_changed(data: bytes, rng: Random) -> bytes:
    """Bits turned, stretches lost, doubled, zeroed or cut off, as media and mail do it."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 30))):
        if not changed:
            break
        low = rng.randrange(len(changed))
        high = min(len(changed), low + int(rng.expovariate(1 / 40)) + 1)
        what = rng.randrange(6)
        if what == 0:
            changed[low] ^= 1 << rng.randrange(8)
        elif what == 1:
            del changed[low:high]
        elif what == 2:
            changed[low:low] = changed[low:high]
        elif what == 3:
            changed[low:high] = bytes(high - low)
        elif what == 4:
            changed[low:high] = rng.randbytes(high - low)
        elif rng.random() < 0.3:
            del changed[low:]
    return bytes(changed)


def text_file(rng: Random) -> tuple[str, bytes]:
    data = _encoded(broken(rng), rng)
    return ".txt", data if rng.random() < 0.8 else _bytes_changed(data, rng)


def html_file(rng: Random) -> tuple[str, bytes]:
    lines = broken(rng).split("\n")
    tags = [rng.choice(("p", "div", "td", "span", "b", "table", "pre", "br", "x")) for _ in lines]
    body = "".join(f"<{t}>{line}</{t}>" for t, line in zip(tags, lines, strict=True))
    body = "<div>" * rng.choice((0, 0, 3, 3000)) + body
    data = _encoded(f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>", rng)
    return ".html", data if rng.random() < 0.7 else _bytes_changed(data, rng)


# --------------------------------------------------------------------------- DOCX


@cache
def _docx(number: int) -> dict[str, bytes]:
    """The parts of an own document as a DOCX."""
    with TemporaryDirectory() as folder:
        path = write_docx(texts()[number], Path(folder) / "a.docx")
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: list[tuple[str, bytes]], rng: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts:
            how = rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=how)
    return out.getvalue()


def _xml_changed(content: bytes, rng: Random) -> bytes:
    """Elements doubled, dropped, nested deep or given absurd values."""
    pieces = re.split(rb"(?=<)", content)
    at = rng.randrange(len(pieces))
    what = rng.randrange(7)
    if what == 0:
        pieces[at:at] = pieces[at : at + rng.randrange(1, 40)]
    elif what == 1:
        del pieces[at : at + rng.randrange(1, 6)]
    elif what == 2:
        depth = rng.choice((10, 400, 4000))
        pieces[at:at] = [b"<w:tbl><w:tr><w:tc>"] * depth + [b"</w:tc></w:tr></w:tbl>"] * depth
    elif what == 3:
        absurd = rng.choice((b"-1", b"999999999999", b"", b"\xff", b"NaN"))
        pieces[at] = re.sub(rb'"[^"]*"', b'"' + absurd + b'"', pieces[at])
    elif what == 4:
        pieces[at] = b"<!DOCTYPE x [<!ENTITY e 'e'>]>" + pieces[at]
    elif what == 5:
        pieces.insert(at, broken(rng).encode("utf-8", "surrogatepass"))
    else:
        pieces[at] = _bytes_changed(pieces[at], rng)
    return b"".join(pieces)


def docx_file(rng: Random) -> tuple[str, bytes]:
    parts = dict(_docx(rng.randrange(len(texts()))))
    for _ in range(rng.choice((1, 1, 2, 5))):
        name = "word/document.xml" if rng.random() < 0.6 else rng.choice(list(parts))
        if name in parts:
            parts[name] = _xml_changed(parts[name], rng) if parts[name] else b"<x/>"
    listed = list(parts.items())
    trick = rng.randrange(30)
    if trick == 0:
        del listed[rng.randrange(len(listed))]
    elif trick == 1:
        listed.append(("../" + listed[0][0], b"x"))
    elif trick == 2:
        listed.append(("word/media/image1.bin", bytes(rng.choice((10, 3_000_000)))))
    elif trick == 3:
        listed += [(f"word/part{n}.xml", b"<x/>") for n in range(rng.choice((10, 2100)))]
    elif trick == 4:
        listed.append((listed[0][0].upper(), listed[0][1]))
    data = _packed(listed, rng)
    return ".docx", data if rng.random() < 0.75 else _bytes_changed(data, rng)


# --------------------------------------------------------------------------- PDF, pictures


@cache
def _pdf(number: int) -> bytes:
    """The head of an own document as a PDF; nothing is packed, so that changes reach all of it."""
    lines = [
        line[i : i + 34] for line in texts()[number].split("\n") for i in range(0, len(line), 34)
    ]
    with pymupdf.open() as document:
        for first in range(0, min(len(lines), 60), 30):
            page = document.new_page()
            for row, line in enumerate(lines[first : first + 30]):
                page.insert_text((60, 80 + 24 * row), line, fontname="china-s", fontsize=13)
        return bytes(document.tobytes())


def _numbers_changed(data: bytes, rng: Random) -> bytes:
    """Numbers of objects, lengths, sizes and places replaced here and there."""
    places = [m.span() for m in re.finditer(rb"(?<![\w.])\d{1,6}(?![\w.])", data)]
    for low, high in sorted(rng.sample(places, min(len(places), rng.choice((1, 4)))), reverse=True):
        absurd = rng.choice((b"0", b"1", b"-1", b"4294967296", b"9" * 40, b"1e9", b"3"))
        data = data[:low] + absurd + data[high:]
    return data


def pdf_file(rng: Random) -> tuple[str, bytes]:
    data = _pdf(rng.randrange(len(texts())))
    change: Callable[[bytes, Random], bytes] = rng.choice((_numbers_changed, _bytes_changed))
    return ".pdf", change(data, rng)


@cache
def _png(number: int) -> bytes:
    with pymupdf.open(stream=_pdf(number), filetype="pdf") as document:
        corner = pymupdf.Rect(60, 60, 540, 190)
        return bytes(document[0].get_pixmap(dpi=100, clip=corner).tobytes("png"))


def _chunks_changed(data: bytes, rng: Random) -> bytes:
    """A chunk's content changed and its check sum made right again."""
    at, chunks = 8, []
    while at + 12 <= len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    index = rng.randrange(len(chunks))
    kind, body = chunks[index]
    chunks[index] = (kind, _bytes_changed(body, rng))
    packed = (
        struct.pack(">I", len(b)) + k + b + struct.pack(">I", zlib.crc32(k + b)) for k, b in chunks
    )
    return data[:8] + b"".join(packed)


def picture_file(rng: Random) -> tuple[str, bytes]:
    data = _png(rng.randrange(len(texts())))
    change: Callable[[bytes, Random], bytes] = rng.choice((_chunks_changed, _bytes_changed))
    return rng.choice((".png", ".png", ".jpg", ".tif")), change(data, rng)


def misnamed_file(rng: Random) -> tuple[str, bytes]:
    """One kind's bytes under another's name, or two files run together."""
    suffix, _ = rng.choice((text_file, docx_file, pdf_file))(rng)
    _, data = rng.choice((html_file, docx_file, pdf_file, picture_file))(rng)
    return suffix, data + (text_file(rng)[1] if rng.random() < 0.5 else b"")
