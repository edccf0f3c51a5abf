"""One document of a case as a person looks at it: a page's picture, or the text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from assistant.casefile import ROLE_NAMES
from assistant.places import Place, find, places
from assistant.readings import Readings
from assistant.storage import StoreError
from ingestion.model import Box, CaseDocument, Role

Result = dict[str, Any]


@dataclass(frozen=True)
class Mark:
    """What is looked at: a finding by its number, or a stretch of the text."""

    finding: int | None = None
    start: int | None = None
    end: int | None = None

    @property
    def query(self) -> str:
        given = {k: v for k, v in vars(self).items() if v is not None}
        return urlencode(given)

    def spans(self, result: Result, role: str) -> list[Place]:
        """The places of this document that are marked."""
        if self.start is not None and self.end is not None:
            found = find(result, role, self.start, self.end)
            return [found] if found else []
        return [span for number, span in places(result, role) if number == self.finding]


@dataclass(frozen=True)
class Spot:
    """A box on the page (points) that leads to a finding."""

    number: int
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True)
class Piece:
    """A piece of the text; `number` leads to a finding, `chosen` is what is looked at."""

    text: str
    number: int | None = None
    chosen: bool = False
    first: bool = False


@dataclass
class View:
    """A picture (`page`, `width`, `height`, `marked`, `spots`), or `text`, or `trouble` (Chinese).

    Lengths in points; `marked` are the boxes drawn as what is looked at.
    """

    role: str
    name: str
    mark: Mark
    tabs: list[tuple[str, str, bool]]
    page: int | None = None
    pages: int = 0
    width: float = 0.0
    height: float = 0.0
    marked: list[Box] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    text: list[Piece] = field(default_factory=list)
    trouble: str = ""


def row_of(result: Result, role: str) -> dict[str, Any] | None:
    return next((d for d in result["documents"] if d["role"] == role), None)


def first_look(result: Result, mark: Mark) -> Role | None:
    """The document to open first: that of the finding's first evidence, else the first."""
    for finding in result["findings"]:
        if finding.get("number") == mark.finding:
            for span in finding["evidence"][:1]:
                role: Role = span["role"]
                return role if row_of(result, role) else None
    return next((d["role"] for d in result["documents"]), None)


def view(
    readings: Readings, case_id: str, result: Result, role: str, mark: Mark, page: int | None = None
) -> View | None:
    """The document `role` of a result with what `mark` names; None where it has no such one.

    `page`: the page to show; None for that on which the mark begins.
    """
    row = row_of(result, role)
    if row is None:
        return None
    marked = mark.spans(result, role)
    shown = View(role, _name(role), mark, _tabs(result, role))
    if not row["pages"]:
        try:
            document = readings.of(case_id, row)
        except StoreError as error:
            # The findings can be worked on all the same.
            shown.trouble = str(error)
        else:
            _text(document, result, marked, shown)
        return shown
    sizes = row.get("sizes") or []
    start = marked[0]["page"] if marked else None
    shown.pages, shown.page = row["pages"], page or start or 1
    if not 1 <= shown.page <= shown.pages:
        return None
    if len(sizes) < shown.page or not all(sizes[shown.page - 1]):
        shown.trouble = "这一页不能显示：读取失败，或者案件由较早的版本检查，重新检查后可以看到。"
        return shown
    shown.width, shown.height = sizes[shown.page - 1]
    shown.marked = boxes(result, role, mark, shown.page)
    shown.spots = [
        Spot(number, x0, y0, x1 - x0, y1 - y0, _title(result, number))
        for number, span in places(result, role)
        if span["page"] == shown.page
        for x0, y0, x1, y1 in span["boxes"]
    ]
    return shown


def boxes(result: Result, role: str, mark: Mark, page: int) -> list[Box]:
    """The boxes that are marked on one page."""
    found = [s for s in mark.spans(result, role) if s["page"] == page]
    return [(x0, y0, x1, y1) for span in found for x0, y0, x1, y1 in span["boxes"]]


def _name(role: str) -> str:
    return next((name for key, name in ROLE_NAMES.items() if key == role), role)


def _tabs(result: Result, role: str) -> list[tuple[str, str, bool]]:
    return [(d["role"], _name(d["role"]), d["role"] == role) for d in result["documents"]]


def _title(result: Result, number: int) -> str:
    found = next((f for f in result["findings"] if f.get("number") == number), None)
    return f"{number}. {found['title']}" if found else ""


def _text(document: CaseDocument | None, result: Result, marked: list[Place], shown: View) -> None:
    if document is None:
        shown.trouble = "原件没有保存在本系统中，或者已按期限删除，不能显示原文。"
        return
    told = [(span["start"], span["end"], number) for number, span in places(result, shown.role)]
    chosen = [(span["start"], span["end"]) for span in marked]
    shown.text = pieces(document.text, told, chosen)


def pieces(
    text: str, told: list[tuple[int, int, int]], chosen: list[tuple[int, int]]
) -> list[Piece]:
    """The text cut where a mark begins or ends. Marks may overlap: the shortest is followed.

    `told`: start, end and number of findings' places; `chosen`: the places looked at.
    """
    limits = {0, len(text)}
    for start, end, *_ in [*told, *chosen]:
        limits |= {min(start, len(text)), min(end, len(text))}
    cuts = sorted(limits)
    over: list[list[tuple[int, int]]] = [[] for _ in cuts]
    for start, end, number in told:
        for at in range(bisect_right(cuts, start) - 1, len(cuts)):
            if cuts[at] >= end:
                break
            over[at].append((end - start, number))
    found: list[Piece] = []
    for at, (start, end) in enumerate(pairwise(cuts)):
        looked = any(a <= start and end <= b for a, b in chosen)
        leads = min(over[at])[1] if over[at] else None
        # The first evidence is the one to open at, wherever in the text it stands.
        first = looked and start == chosen[0][0]
        found.append(Piece(text[start:end], leads, looked, first))
    return found
