"""Lines on pages to one raw text: reading order, paragraph breaks, and a place for each word.

The raw text follows the normaliser's convention: a form feed parts pages, a blank line is
a certain break, a single line feed an uncertain one; two ideographic spaces are an indent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import numpy as np
from pydantic import TypeAdapter

from ingestion.furniture import PAGE_BREAK
from ingestion.glyphs import INVISIBLE, invisible_stretches
from ingestion.model import Box, HiddenText, Page, Run, SourceDocument
from ingestion.normalise import normalise
from ingestion.readers.slant import levelled

INDENT = "\u3000\u3000"
HARD, SOFT, NONE = "\n\n", "\n", ""
_OTHER_SIZE = 1.45
"""Letters larger by this are another kind of text; less is the jitter of OCR boxes."""
_CLOSES = ("。", "：", "；", "！", "？", "”")

_RUNS = TypeAdapter(list[Run])

Word = tuple[str, Box]


@dataclass(slots=True)
class Line:
    """One line of a page: its words in order, its box in points, its letters' size."""

    box: Box
    words: list[Word]
    size: float

    @property
    def text(self) -> str:
        return "".join(word for word, _ in self.words)


@dataclass(slots=True)
class PageLines:
    """A page as its reader saw it, lines in any order.

    Width and height are the page's as it is shown. `turns` quarter turns counter-clockwise
    set its writing upright, then its lines fall to the right by `slant` radians; the lines'
    boxes are those of the page set upright and level.
    """

    number: int
    width: float
    height: float
    method: Literal["text", "ocr", "empty", "failed"]
    lines: list[Line] = field(default_factory=list)
    error: str | None = None
    turns: int = 0
    slant: float = 0.0

    def shown(self, box: Box) -> Box:
        """A box of the upright, level page on the page as it is shown."""
        x0, y0, x1, y1 = self._slanted(box) if self.slant else box
        match self.turns:
            case 1:
                return self.width - y1, x0, self.width - y0, x1
            case 2:
                return self.width - x1, self.height - y1, self.width - x0, self.height - y0
            case 3:
                return y0, self.height - x1, y1, self.height - x0
            case _:
                return x0, y0, x1, y1

    def _slanted(self, box: Box) -> Box:
        """The box around a box of the level page on the page as it lay on the scanner."""
        width, height = (self.width, self.height)[:: -1 if self.turns % 2 else 1]
        x0, y0, x1, y1 = box
        corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float32)
        there = levelled(corners, -self.slant, width, height)
        (left, top), (right, bottom) = there.min(axis=0).tolist(), there.max(axis=0).tolist()
        return left, top, right, bottom


def assemble(
    file: str, media_type: str, sha256: str, pages: Sequence[PageLines], hidden: list[HiddenText]
) -> SourceDocument:
    """The source document of these pages: every page is listed, read or not."""
    parts: list[str] = []
    places: list[tuple[int, int, int, Box]] = []
    bounds: list[tuple[int, int]] = []
    at = 0
    for page in pages:
        if parts:
            parts.append(PAGE_BREAK)
            at += 1
        start = at
        for text, box in _flow(page):
            parts.append(text)
            if box is not None:
                shown = page.shown(box) if page.turns or page.slant else box
                places.append((at, at + len(text), page.number, shown))
            at += len(text)
        bounds.append((start, at))
    stretches = [b for b, p in zip(bounds, pages, strict=True) if p.method == "ocr" and b[1] > b[0]]
    raw = "".join(parts)
    for (start, end), page in zip(bounds, pages, strict=True) if INVISIBLE.search(raw) else ():
        hidden += [
            HiddenText(text=shown, reason="不可见字符", page=page.number)
            for shown in invisible_stretches(raw[start:end])
        ]
    normalised = normalise(raw, ocr=stretches)
    origin = normalised.edited.origin
    length = len(normalised.text)
    starts = np.searchsorted(origin, [p[0] for p in places]).tolist()
    ends = np.searchsorted(origin, [p[1] for p in places]).tolist()
    runs = _RUNS.validate_python(
        [
            {"start": start, "end": min(end, length), "page": number, "box": box}
            for start, end, (_, _, number, box) in zip(starts, ends, places, strict=True)
            if start < end and start < length
        ]
    )
    listed = [
        Page(
            number=page.number,
            width=round(page.width, 2),
            height=round(page.height, 2),
            start=min(normalised.from_raw(a), length),
            end=min(normalised.from_raw(b), length),
            method=page.method,
            error=page.error,
        )
        for (a, b), page in zip(bounds, pages, strict=True)
    ]
    return SourceDocument.model_construct(
        file=file,
        media_type=media_type,
        sha256=sha256,
        text=normalised.text,
        pages=listed,
        runs=runs,
        repairs=normalised.repairs,
        hidden=hidden,
    )


# --------------------------------------------------------------------------- reading order


def regions(lines: list[Line], width: float) -> list[list[Line]]:
    """The lines in reading order, parted into columns where the page has two."""
    ordered = all(a.box[3] <= b.box[1] + 0.5 * (b.box[3] - b.box[1]) for a, b in pairwise(lines))
    if ordered:
        return [lines]
    gutter = _gutter(lines, width)
    if gutter is None:
        return [_rows(lines)]
    found: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    wide: list[Line] = []

    def flush() -> None:
        found.extend(_rows(part) for part in (wide, left, right) if part)
        for part in (wide, left, right):
            part.clear()

    for line in sorted(lines, key=lambda n: n.box[1]):
        crossing = line.box[0] < gutter < line.box[2]
        if crossing and (left or right):
            flush()
        (wide if crossing else left if line.box[2] <= gutter else right).append(line)
    flush()
    return found


def _gutter(lines: list[Line], width: float) -> float | None:
    """The x of an empty strip with long lines on both sides: columns have one, tables do not."""
    for x in (width * share / 100 for share in (50, 48, 52, 46, 54, 44, 56)):
        left = [n for n in lines if n.box[2] <= x]
        right = [n for n in lines if n.box[0] >= x]
        if min(len(left), len(right)) < 4 or len(left) + len(right) < 0.8 * len(lines):
            continue
        if all(
            np.median([n.box[2] - n.box[0] for n in side]) > 0.3 * width for side in (left, right)
        ):
            return x
    return None


def _rows(lines: list[Line]) -> list[Line]:
    """Top to bottom; pieces at the same height become one line, left to right."""
    rows: list[Line] = []
    for line in sorted(lines, key=lambda n: (n.box[1] + n.box[3]) / 2):
        if rows and _same_row(rows[-1], line):
            rows[-1] = _merged(rows[-1], line)
        else:
            rows.append(line)
    return rows


def _same_row(a: Line, b: Line) -> bool:
    overlap = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
    low = min(a.box[3] - a.box[1], b.box[3] - b.box[1])
    return overlap > 0.5 * low and all(
        right <= b.box[0] + low or b.box[2] <= left + low for _, (left, _, right, _) in a.words
    )


def _merged(a: Line, b: Line) -> Line:
    words = sorted(a.words + b.words, key=lambda w: w[1][0])
    box = (
        min(a.box[0], b.box[0]),
        min(a.box[1], b.box[1]),
        max(a.box[2], b.box[2]),
        max(a.box[3], b.box[3]),
    )
    return Line(box, words, max(a.size, b.size))


# --------------------------------------------------------------------------- paragraphs


def _flow(page: PageLines) -> list[tuple[str, Box | None]]:
    """The page's words with the breaks between its lines (None for a box: not on the page)."""
    out: list[tuple[str, Box | None]] = []
    if not page.lines:
        return out
    upright = page.width if page.turns % 2 == 0 else page.height
    for lines in regions(page.lines, upright):
        left, right, em = _margins(lines)
        block_style = all(n.box[0] - left < 1.2 * em for n in lines)
        before: Line | None = None
        for line in lines:
            if before is not None:
                out.append((_break(before, line, left, right, em, block_style), None))
            elif out:
                out.append((HARD, None))
            if line.box[0] - left > 1.2 * em and right - left > 15 * em:
                out.append((INDENT, None))
            out.extend(_spaced(line))
            before = line
    return out


def _margins(lines: list[Line]) -> tuple[float, float, float]:
    """Left and right margin of these lines and the usual letter size."""
    sizes = sorted(n.size for n in lines)
    em = sizes[len(sizes) // 2]
    lefts = sorted(n.box[0] for n in lines)
    rights = sorted(n.box[2] for n in lines)
    return lefts[len(lefts) // 10], rights[-1 - len(rights) // 20], em


def _break(a: Line, b: Line, left: float, right: float, em: float, block_style: bool) -> str:
    """What stands between two lines of a column: a full line runs on into the next."""
    if (
        b.box[1] - a.box[3] > 2.2 * em
        or max(a.size, b.size) > _OTHER_SIZE * min(a.size, b.size)
        or _has_cells(a, em)
        or _has_cells(b, em)
    ):
        return HARD
    if right - left < 15 * em:
        return SOFT
    # What begins in the right half is a signature or a number in the corner, no running text.
    if a.box[0] - left > (right - left) / 2:
        return HARD
    if b.box[0] - left > 1.2 * em or right - a.box[2] > 3.2 * em:
        return HARD
    return SOFT if block_style and a.words[-1][0].rstrip().endswith(_CLOSES) else NONE


def _has_cells(line: Line, em: float) -> bool:
    """Whether gaps part the line as they part the cells of a table's row."""
    return len(line.words) > 1 and bool(_wide_gaps(line, em))


def _wide_gaps(line: Line, em: float) -> list[int]:
    """Indexes of the words before which there is a gap of more than a letter and a half."""
    words = line.words
    return [i for i in range(1, len(words)) if words[i][1][0] - words[i - 1][1][2] > 1.5 * em]


def _spaced(line: Line) -> list[tuple[str, Box | None]]:
    """The words of a line with spaces for its gaps, and tabs where they part cells.

    Cells are three or more, or touch a number (which a mere space would let grow together);
    single letters apart are spaced lettering. Between two numbers a small gap is enough.
    """
    words = line.words
    if len(words) == 1:
        return [words[0]]
    wide = _wide_gaps(line, line.size)
    out: list[tuple[str, Box | None]] = []
    for index, (text, box) in enumerate(words):
        if index:
            before, end = words[index - 1][0], words[index - 1][1][2]
            gap = box[0] - end
            lettering = any(len(piece) == 1 and not piece.isdigit() for piece in (before, text))
            if index in wide and not lettering:
                numeric = before[-1].isdigit() or text[0].isdigit()
                out.append(("\t" if numeric or len(wide) > 1 else "    ", None))
            elif gap > 0.5 * line.size and before[-1].isdigit() and text[0].isdigit():
                out.append(("\t", None))
            elif gap > 0.2 * line.size:
                out.append((" " * max(1, min(round(2 * gap / line.size), 8)), None))
        out.append((text, box))
    return out
