"""Lines on pages to raw text: what stands between lines and words, and a place for each word.

The raw text follows the normaliser's convention: a form feed parts pages, a blank line is
a certain break, a single line feed an uncertain one; two ideographic spaces are an indent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from itertools import repeat

from ingestion.furniture import PAGE_BREAK, key_of
from ingestion.model import Box, Margin
from ingestion.readers.flat import Columns, FlatPage
from ingestion.readers.layout import Line, PageLines, regions

INDENT = "\u3000\u3000"
HARD, SOFT = "\n\n", "\n"
_PROSE, _COLUMN = 15, 8
"""Letters in a line from which lines are full ones, on a page of one column and of two."""
_OTHER_SIZE = 1.45
"""Letters larger by this are another kind of text; less is the jitter of OCR boxes."""
_CLOSES = ("。", "：", "；", "！", "？", "”")
_NUMBER = re.compile(r"[—–\-－·.\s]*\d{1,4}[—–\-－·.\s]*")
_OUTER = 0.07
"""Share of a page's height, above and below, where no line of the text stands."""


class RawText:
    """The raw text in the making; in columns the places of its words; each page's stretch."""

    def __init__(self, running: Set[str] = frozenset()) -> None:
        """`running` are the keys of running heads and feet, see `running_heads`."""
        self.running = running
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.pages: list[int] = []
        self.turns: list[int] = []
        self.boxes: list[Box] = []
        self.bounds: list[tuple[int, int]] = []
        self.margins: list[Margin] = []
        self._at = 0

    def add(self, page: PageLines) -> None:
        """Write the page's words; their boxes become those of the page as it is shown."""
        if self.bounds:
            self._gap(PAGE_BREAK)
        start, first = self._at, len(self.boxes)
        width, height = (page.width, page.height)[:: -1 if page.turns % 2 else 1]
        if isinstance(page, FlatPage) and page.words and not page.in_order():
            page.unfold()
        if isinstance(page, FlatPage) and page.words:
            self._column(page, page.columns, page.pieces, height, _PROSE)
        elif page.lines:
            parts = regions(page.lines, width)
            narrowest = _PROSE if len(parts) == 1 else _COLUMN
            goes_on = False
            for number, lines in enumerate(parts):
                boxes = [line.box for line in lines]
                x0s, y0s, x1s, y1s = map(list, zip(*boxes, strict=True))
                sizes = [line.size for line in lines]
                if number and not (goes_on and x0s[0] < min(x0s) + 1.2 * sizes[0]):
                    self._gap(HARD)
                columns = (x0s, y0s, x1s, y1s, sizes)
                goes_on = self._column(page, columns, lines, height, narrowest)
        self.bounds.append((start, self._at))
        self.pages += repeat(page.number, len(self.boxes) - first)
        self.turns += repeat(page.turns, len(self.boxes) - first)
        if page.turns or page.slant:
            self.boxes[first:] = map(page.shown, self.boxes[first:])

    def _gap(self, characters: str) -> None:
        self.parts.append(characters)
        self._at += len(characters)

    def _column(
        self,
        page: PageLines,
        columns: Columns,
        lines: Sequence[Line | str],
        height: float,
        narrowest: int,
    ) -> bool:
        """The lines of one column (as a mere text where a line is one word) with their breaks.

        Returns whether its last line is one that goes on in the next column. A full line runs
        on into the next. A number alone in the page's outer margin, printed or by hand, is
        left out.
        """
        left, right, em = _margins(*columns)
        indented, middle, short = left + 1.2 * em, (left + right) / 2, right - 3.2 * em
        wide = right - left >= narrowest * em
        top, bottom = _OUTER * height, (1 - _OUTER) * height
        block_style = max(columns[0]) < indented
        before: tuple[float, float, float, float, bool, str] | None = None
        for x0, y0, x1, y1, size, line in zip(*columns, lines, strict=True):
            if not isinstance(line, str) and len(line.words) == 1:
                line = line.words[0][0]
            if (y1 < top or y0 > bottom) and self._left_out(line, (x0, y0, x1, y1), page):
                continue
            if isinstance(line, str):
                cells, words = False, line
            else:
                cells, words = bool(_wide_gaps(line, em)), line.words[-1][0]
            if before is not None:
                begun, end, base, other, other_cells, closing = before
                if (
                    y0 - base > 2.2 * em
                    or cells
                    or other_cells
                    or size > _OTHER_SIZE * other
                    or other > _OTHER_SIZE * size
                ):
                    self._gap(HARD)
                elif not wide:
                    self._gap(SOFT)
                # What begins in the right half is a signature or a number, no running text.
                elif x0 > indented or end < short or begun > middle:
                    self._gap(HARD)
                elif block_style and closing.rstrip().endswith(_CLOSES):
                    self._gap(SOFT)
            # Anywhere else the break before it says as much.
            if before is None and wide and x0 > indented:
                self._gap(INDENT)
            if isinstance(line, str):
                at = self._at
                self.parts.append(line)
                self.starts.append(at)
                self._at = at = at + len(line)
                self.ends.append(at)
                self.boxes.append((x0, y0, x1, y1))
            else:
                self._spaced(line)
            before = x0, x1, y1, size, cells, words
        if before is None or not wide:
            return False
        return before[1] >= short and not before[5].rstrip().endswith(_CLOSES)

    def _left_out(self, line: Line | str, box: Box, page: PageLines) -> bool:
        text = _text(line)
        gone = _NUMBER.fullmatch(text) is not None or key_of(text) in self.running
        if gone:
            self.margins.append(Margin(text=text.strip(), page=page.number, box=page.shown(box)))
        return gone

    def _spaced(self, line: Line) -> None:
        """The words of a line with spaces for its gaps, and tabs where they part cells.

        Cells are three or more, or touch a number (which a mere space would let grow together);
        single letters apart are spaced lettering. Between two numbers a small gap is enough.
        """
        wide = _wide_gaps(line, line.size)
        before, end = "", 0.0
        for index, (text, box) in enumerate(line.words):
            gap = box[0] - end
            if index and gap > 0.2 * line.size:
                lettering = any(len(piece) == 1 and not piece.isdigit() for piece in (before, text))
                if index in wide and not lettering:
                    numeric = before[-1].isdigit() or text[0].isdigit()
                    self._gap("\t" if numeric or len(wide) > 1 else "    ")
                elif gap > 0.5 * line.size and before[-1].isdigit() and text[0].isdigit():
                    self._gap("\t")
                else:
                    self._gap(" " * max(1, min(round(2 * gap / line.size), 8)))
            self.parts.append(text)
            self.starts.append(self._at)
            self._at += len(text)
            self.ends.append(self._at)
            self.boxes.append(box)
            before, end = text, box[2]


def running_heads(pages: Sequence[PageLines]) -> Set[str]:
    """Keys of what stands in the outer margins of most pages, of two at least."""
    found: Counter[str] = Counter()
    written = 0
    for page in pages:
        height = page.width if page.turns % 2 else page.height
        top, bottom = _OUTER * height, (1 - _OUTER) * height
        if isinstance(page, FlatPage) and page.words:
            _, y0s, _, y1s, _ = page.columns
            lines: Sequence[Line | str] = page.pieces if min(y1s) < top or max(y0s) > bottom else ()
        else:
            y0s, y1s = [n.box[1] for n in page.lines], [n.box[3] for n in page.lines]
            lines = page.lines
        written += bool(y0s)
        outer = zip(y0s, y1s, lines, strict=False)
        found.update({key_of(_text(n)) for y0, y1, n in outer if y1 < top or y0 > bottom})
    return {key for key, n in found.items() if key and n >= 2 and n > written / 2}


def _text(line: Line | str) -> str:
    return line if isinstance(line, str) else line.text


def _margins(
    x0s: list[float], _y0s: list[float], x1s: list[float], _y1s: list[float], sizes: list[float]
) -> tuple[float, float, float]:
    """Left and right margin of lines and the usual letter size."""
    lefts, rights = sorted(x0s), sorted(x1s)
    return (
        lefts[len(lefts) // 10],
        rights[-1 - len(rights) // 20],
        sorted(sizes)[len(sizes) // 2],
    )


def _wide_gaps(line: Line, em: float) -> list[int]:
    """Indexes of the words before which there is a gap of more than a letter and a half.

    Three gaps of a letter part cells, too: where a cell is full, only its padding is left.
    """
    words = line.words
    gaps = [(i, words[i][1][0] - words[i - 1][1][2]) for i in range(1, len(words))]
    near = [i for i, gap in gaps if gap > em and len(words[i][0]) > 1 < len(words[i - 1][0])]
    wide = [i for i, gap in gaps if gap > 1.5 * em]
    return sorted({*near, *wide}) if len(near) >= 3 else wide
