"""An own document as its office would print it: lines with their places, set as a PDF.

A4, margins as GB/T 9704 has them, the title centred, the number to the right, two letters of
indent, the signatures and the date to the right, a grid around tables, page numbers below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Literal

import pymupdf

from eval_sets.fonts import song

Place = Literal["head", "number", "body", "flush", "signature", "table"]

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 79.0, 521.0, 105.0, 748.0
_TITLE = re.compile(r"[^，。]*(?:书|报告)")
_NUMBER = re.compile(r"[^，。]*[〔（]\d{4}[〕）][^，。]*号")
_ISSUER = re.compile(r"[^，。：]*(?:法院|检察院|公安局|分局)")
_SIGNATURE = re.compile(
    r"(?:审判长|审判员|人民陪审员|书记员|法官助理|检察官|检察官助理|承办人：|本人签名：|辩护人签名：|值班律师签名：)\s*\S{1,4}(?:\s\S)?"
    r"|[\d二〇一三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日|（院印）"
)
_NEVER_FIRST = "，。、；：）》”？！"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph with its place on the paper; a table is one of rows of cells."""

    place: Place
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def paragraphs(text: str) -> list[Paragraph]:
    """The document's paragraphs in order, placed by what they are."""
    lines = text.split("\n")
    last_head = max((i for i, line in enumerate(lines[:3]) if _is_head(line)), default=-1)
    found: list[Paragraph] = []
    for is_row, group in groupby(enumerate(lines), key=lambda n: "\t" in n[1]):
        if is_row:
            found.append(Paragraph("table", rows=tuple(tuple(n.split("\t")) for _, n in group)))
        else:
            found += [Paragraph(_place(i, line, last_head), line) for i, line in group]
    return found


def is_issuer(line: str) -> bool:
    """Whether the line is nothing but the name of a court, a procuratorate or a police office."""
    return _ISSUER.fullmatch(line) is not None


def _is_head(line: str) -> bool:
    return is_issuer(line) or any(kind.fullmatch(line) for kind in (_TITLE, _NUMBER))


def _place(index: int, line: str, last_head: int) -> Place:
    if index <= last_head:
        return "number" if _NUMBER.fullmatch(line) else "head"
    if _SIGNATURE.fullmatch(line):
        return "signature"
    return "flush" if is_issuer(line) else "body"


# --------------------------------------------------------------------------- PDF


@dataclass(frozen=True)
class Style:
    """Letter size and line height in points; running head and page numbers ({} of {})."""

    size: float = 16
    leading: float = 28
    header: str | None = None
    number: str = "— {} —"


OFFICE = Style()


class _Sheets:
    """A growing PDF: where the next line goes."""

    def __init__(self, style: Style) -> None:
        self.document = pymupdf.open()
        self.style = style
        self.y = BOTTOM
        self.writer: pymupdf.TextWriter | None = None

    def down(self, height: float) -> float:
        """The base line of the next line of that height, on a new page where this one is full."""
        if self.writer is None or self.y + height > BOTTOM:
            self.turn()
        self.y += height
        return self.y - 0.28 * height

    def turn(self) -> None:
        self.flush()
        self.writer = pymupdf.TextWriter(self.document.new_page(width=WIDTH, height=HEIGHT).rect)
        self.y = TOP

    def flush(self) -> None:
        if self.writer is not None:
            self.writer.write_text(self.document[-1])

    def write(self, x: float, y: float, text: str, size: float) -> None:
        assert self.writer is not None
        self.writer.append((x, y), text, font=song(), fontsize=size)


def write_pdf(text: str, path: Path, style: Style = OFFICE) -> Path:
    """Set the document as a PDF with a text layer."""
    sheets = _Sheets(style)
    for paragraph in paragraphs(text):
        _set(paragraph, sheets)
    sheets.flush()
    with sheets.document as document:
        _furniture(document, style)
        document.subset_fonts()
        document.save(path, deflate=True, garbage=3)
    return path


def _set(paragraph: Paragraph, sheets: _Sheets) -> None:
    size, leading = sheets.style.size, sheets.style.leading
    text = paragraph.text
    match paragraph.place:
        case "table":
            _table(paragraph.rows, sheets)
        case "head":
            large = 22.0
            shown = "\u3000".join(text) if len(text) <= 5 else text
            y = sheets.down(leading * 1.5)
            sheets.write((WIDTH - length(shown, large)) / 2, y, shown, large)
        case "number":
            y = sheets.down(leading * 1.3)
            sheets.write(RIGHT - length(text, size), y, text, size)
        case "signature":
            x = RIGHT - length(text, size) - 2 * size
            sheets.write(x, sheets.down(leading), text, size)
        case _:
            indent = 0.0 if paragraph.place == "flush" else 2 * size
            for x, line in wrapped(text, size, indent):
                sheets.write(x, sheets.down(leading), line, size)


def wrapped(text: str, size: float, indent: float) -> Iterator[tuple[float, str]]:
    """(x, line) of a paragraph; closing marks are hung at the end of their line."""
    x, line, used = LEFT + indent, "", indent
    for character in text:
        advance = length(character, size)
        if used + advance > RIGHT - LEFT + 0.1 and character not in _NEVER_FIRST:
            yield x, line
            x, line, used = LEFT, "", 0.0
        line += character
        used += advance
    yield x, line


def _table(rows: Sequence[Sequence[str]], sheets: _Sheets) -> None:
    height, pad = sheets.style.leading, 6.0
    longest = [max(length(cell, 1) for cell in column) for column in zip(*rows, strict=True)]
    # A wide table is set in smaller letters, so that no cell runs into the next.
    room = RIGHT - LEFT - 2 * pad * len(longest)
    size = min(sheets.style.size * 0.8, room / sum(longest))
    widths = [size * letters + 2 * pad for letters in longest]
    edges = [LEFT]
    for width in widths:
        edges.append(edges[-1] + width * (RIGHT - LEFT) / sum(widths))
    for row in rows:
        base = sheets.down(height)
        page = sheets.document[-1]
        for left, right, cell in zip(edges[:-1], edges[1:], row, strict=True):
            page.draw_rect((left, sheets.y - height, right, sheets.y), width=0.6)
            sheets.write(left + pad, base - 2, cell, size)


def _furniture(document: pymupdf.Document, style: Style) -> None:
    """Page numbers below each page and, on documents of several sheets, the running head."""
    for page in document:
        writer = pymupdf.TextWriter(page.rect)
        shown = style.number.format(page.number + 1, len(document))
        writer.append(
            ((WIDTH - length(shown, 12)) / 2, HEIGHT - 56), shown, font=song(), fontsize=12
        )
        if style.header and len(document) > 2:
            writer.append((LEFT, 62), style.header, font=song(), fontsize=10)
        writer.write_text(page)


def length(text: str, size: float) -> float:
    """Points that the text takes in letters of that size."""
    return sum(_advance(character) for character in text) * size


@cache
def _advance(character: str) -> float:
    return float(song().text_length(character, 1))
