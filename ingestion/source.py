"""Where things stand: a read file's text with its pages, and values tied to their places.

Offsets are in characters of `SourceDocument.text`; boxes in PDF points, origin top left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict
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
    """Characters `start:end` stand in `box` on `page` (one line or word of a page)."""

    start: int
    end: int
    page: int
    box: Box


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


def _advance(character: str) -> float:
    """Relative width of a character: wide (CJK, full-width) 1, narrow 0.5."""
    return 0.5 if character < "\u0300" else 1.0


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
        for run in self.runs_over(start, end):
            widths = [_advance(c) for c in self.text[run.start : run.end]]
            total = sum(widths) or 1.0
            before = sum(widths[: max(start - run.start, 0)])
            upto = sum(widths[: min(end, run.end) - run.start])
            x0, y0, x1, y1 = run.box
            places.setdefault(run.page, []).append(
                (
                    round(x0 + (x1 - x0) * before / total, 2),
                    round(y0, 2),
                    round(x0 + (x1 - x0) * upto / total, 2),
                    round(y1, 2),
                )
            )
        return {page: tuple(boxes) for page, boxes in places.items()}

    def boxes_of(self, start: int, end: int) -> tuple[int | None, tuple[Box, ...]]:
        """Page of the first character and the boxes, on that page, that cover the stretch.

        A span names one page, that on which one begins to read; `places_of` has the others.
        """
        for place in self.places_of(start, end).items():
            return place
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
