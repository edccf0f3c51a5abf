"""Where things stand: a read file's text with its pages, and values tied to their places.

Offsets are in characters of `SourceDocument.text`; boxes in PDF points, origin top left.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, PrivateAttr
from pydantic import Field as PydanticField

Role = Literal[
    "opinion",
    "indictment",
    "recommendation",
    "judgment",
    "non_prosecution",
    "plea",
    "report",
    "ruling",
    "indictment_change",
    "civil_indictment",
    "card",
]
Box = tuple[float, float, float, float]

T = TypeVar("T")


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mutable(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Span(Frozen):
    """A stretch of a document's normalised text: `quote == text[start:end]`, always."""

    start: int
    end: int
    quote: str
    role: Role | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()


class Run(NamedTuple):
    """Characters `start:end` stand in `box` on `page` (one line or word of a page).

    `turns` quarter turns counter-clockwise would set the page upright: 0 runs to the right,
    1 down the page as it is shown, 2 to the left, 3 up.
    """

    start: int
    end: int
    page: int
    box: Box
    turns: int = 0

    @property
    def length(self) -> float:
        """Points along the writing."""
        return self.box[3] - self.box[1] if self.turns % 2 else self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Points across the writing, to a tenth."""
        return round(self.box[2] - self.box[0] if self.turns % 2 else self.box[3] - self.box[1], 1)

    def cut(self, begin: float, end: float) -> Box:
        """The part of the box from one share of its length to another (0…1)."""
        x0, y0, x1, y1 = self.box
        if self.turns >= 2:
            begin, end = 1 - end, 1 - begin
        if self.turns % 2:
            y0, y1 = y0 + (y1 - y0) * begin, y0 + (y1 - y0) * end
        else:
            x0, x1 = x0 + (x1 - x0) * begin, x0 + (x1 - x0) * end
        return round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)


class Page(Frozen):
    """One page: `method` says how its text was obtained, `error` why it could not be."""

    number: int
    width: float
    height: float
    start: int
    end: int
    method: Literal["text", "ocr", "empty", "failed"]
    error: str | None = None


class Repair(Frozen):
    """A certain correction of the raw text, kept visible: `was` became `text[start:end]`."""

    start: int
    end: int
    was: str
    reason: str


class HiddenText(Frozen):
    """Text a reader of the page would not see (white, tiny, off-page, comment, zero-width)."""

    text: str
    reason: str
    page: int | None = None


class Margin(Frozen):
    """A page number, running head or foot: left out of the text, but seen on the page."""

    text: str
    page: int
    box: Box | None = None


_NARROWEST, _WIDEST = 0.2, 1.2
_FEWEST_RUNS = 4
_EVEN = 0.01
_NARROW_BELOW = "\u0300"
"""Characters from here on are wide (ideographs, full-width marks), those below narrow."""


def _is_narrow(character: str) -> bool:
    return character < _NARROW_BELOW


class SourceDocument(Mutable):
    """A file's text with its places: what the readers give to the extractors.

    `pages` is None where the format has none (DOCX, TXT, HTML). Pages in equals pages
    listed, always: a page that could not be read stands here with method "failed".
    """

    file: str
    media_type: str
    sha256: str
    text: str
    pages: list[Page] | None = None
    runs: list[Run] = PydanticField(default_factory=list)
    repairs: list[Repair] = PydanticField(default_factory=list)
    hidden: list[HiddenText] = PydanticField(default_factory=list)
    margins: list[Margin] = PydanticField(default_factory=list)
    _advances: dict[tuple[int, float], float] = PrivateAttr(default_factory=dict)
    _edges: dict[Run, list[float]] = PrivateAttr(default_factory=dict)

    @property
    def pages_failed(self) -> list[int]:
        return [p.number for p in self.pages or [] if p.method == "failed"]

    def page_at(self, offset: int) -> int | None:
        """The number of the page on which the character at `offset` stands."""
        if not self.pages:
            return None
        index = bisect_right(self.pages, offset, key=lambda p: p.start) - 1
        return self.pages[max(index, 0)].number

    def runs_over(self, start: int, end: int) -> Iterator[Run]:
        index = max(bisect_right(self.runs, start, key=lambda r: r.start) - 1, 0)
        for run in self.runs[index:]:
            if run.start >= end:
                return
            if run.end > start:
                yield run

    def places_of(self, start: int, end: int) -> dict[int, tuple[Box, ...]]:
        """The boxes that cover a stretch, by page in order; one page where it does not cross.

        A run's box is cut to the characters asked for by their relative widths.
        """
        places: dict[int, list[Box]] = {}
        for page, box in self._boxes(start, end):
            places.setdefault(page, []).append(box)
        return {page: tuple(boxes) for page, boxes in places.items()}

    def _boxes(self, start: int, end: int) -> Iterator[tuple[int, Box]]:
        for run in self.runs_over(start, end):
            edges = self._edges_of(run)
            begin, close = edges[max(start - run.start, 0)], edges[min(end, run.end) - run.start]
            yield run.page, run.cut(begin, close)

    def _edges_of(self, run: Run) -> list[float]:
        """Shares of the run's length (0…1) at which its characters begin, and its end.

        Kept: of one line many fields and findings are asked.
        """
        edges = self._edges.get(run)
        if edges is None:
            narrow = self._narrow_advance(run)
            text = self.text[run.start : run.end]
            ends = list(accumulate(narrow if _is_narrow(c) else 1.0 for c in text))
            total = ends[-1] if ends and ends[-1] else 1.0
            edges = self._edges[run] = [0.0, *(end / total for end in ends)]
        return edges

    def _narrow_advance(self, run: Run) -> float:
        """Width of the run's narrow characters, in widths of a wide one.

        Half, unless the page's lines of wide characters alone, in letters as high, agree on
        their width: what the wide ones of this run leave is then the narrow ones'.
        """
        text = self.text[run.start : run.end]
        narrow = sum(map(_is_narrow, text))
        wide = self._wide_advance(run.page, run.height) if 0 < narrow < len(text) else 0.0
        if wide:
            left = (run.length / wide - (len(text) - narrow)) / narrow
            if _NARROWEST <= left <= _WIDEST:
                return left
        return 0.5

    def _wide_advance(self, page: int, height: float) -> float:
        """Points; 0 where the lines of wide letters so high are too few or differ in width.

        Those of the page are asked, where they are too few those of the whole document.
        """
        key = (page, height)
        if key not in self._advances:
            found = self._advance_of(self._runs_on(page), height)
            if found is None and page:
                found = self._wide_advance(0, height)
            elif found is None:
                found = self._advance_of(self.runs, height)
            self._advances[key] = found or 0.0
        return self._advances[key]

    def _advance_of(self, runs: list[Run], height: float) -> float | None:
        """Points a letter in those of the runs that have wide ones only; 0 where they differ."""
        found = sorted(
            run.length / (run.end - run.start)
            for run in runs
            if run.height == height and not any(map(_is_narrow, self.text[run.start : run.end]))
        )
        if len(found) < _FEWEST_RUNS:
            return None
        return found[len(found) // 2] if found[-2] - found[1] <= _EVEN * found[1] else 0.0

    def _runs_on(self, page: int) -> list[Run]:
        first = bisect_left(self.runs, page, key=lambda r: r.page)
        return self.runs[first : bisect_right(self.runs, page, key=lambda r: r.page)]

    def boxes_of(self, start: int, end: int) -> tuple[int | None, tuple[Box, ...]]:
        """Page of the first character and the boxes, on that page, that cover the stretch.

        A span names one page, that on which one begins to read; `places_of` has the others.
        """
        for page, boxes in groupby(self._boxes(start, end), key=itemgetter(0)):
            return page, tuple(box for _, box in boxes)
        return self.page_at(start), ()

    def span(self, start: int, end: int, role: Role | None = None) -> Span:
        """The span `start:end` with its quote, page and boxes.

        Raises ValueError where the stretch is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such stretch: {start}:{end} of {len(self.text)}")
        page, boxes = self.boxes_of(start, end) if self.runs else (self.page_at(start), ())
        return Span(
            start=start, end=end, quote=self.text[start:end], role=role, page=page, boxes=boxes
        )


class Field(Frozen, Generic[T]):
    """A value and where it was read. `source` "derived" means computed, not written there."""

    value: T
    span: Span
    source: Literal["text", "ocr", "derived"] = "text"
    confidence: float = 1.0
