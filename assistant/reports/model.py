"""A report as a list of sections of plain blocks: what is said, not how it looks.

DOCX, HTML and PDF are drawn from the same blocks, so that none says more than another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["plain", "note", "warning"]


@dataclass(frozen=True)
class Paragraph:
    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Subheading:
    text: str


@dataclass(frozen=True)
class Table:
    """`widths` are shares of the line; without `headers` the first column is the label."""

    rows: list[list[str]]
    widths: list[int]
    headers: list[str] | None = None


@dataclass(frozen=True)
class Bar:
    """One step of a chart: a range in months and the same in words."""

    label: str
    low: float
    high: float
    text: str
    kind: Literal["law", "step", "result"] = "step"


@dataclass(frozen=True)
class Chart:
    """A waterfall of ranges; `mark`: the months pronounced, drawn as a line through all."""

    title: str
    bars: list[Bar]
    mark: float | None = None
    mark_text: str = ""

    @property
    def alternative(self) -> str:
        """The chart in one sentence, for those who cannot see it."""
        told = "；".join(f"{bar.label}{bar.text}" for bar in self.bars)
        return f"{self.title}：{told}" + (f"；{self.mark_text}" if self.mark_text else "")


@dataclass(frozen=True)
class Quote:
    """Words of a document and where they stand (起诉书第2页)."""

    place: str
    text: str


@dataclass(frozen=True)
class Card:
    """One finding. `label` says its standing; `state` is its status of the contract."""

    number: int
    title: str
    severity: str
    severity_name: str
    state: str
    label: str
    facts: str
    message: str
    quotes: list[Quote]
    basis: list[Quote]
    suggestion: str
    decision: str
    earlier: list[str] = field(default_factory=list)


Block = Paragraph | Subheading | Table | Chart | Card


@dataclass(frozen=True)
class Section:
    title: str
    blocks: list[Block]


@dataclass(frozen=True)
class Report:
    """`marks` are the lines that identify the report: version, signature, audit head."""

    title: str
    subtitle: str
    draft: bool
    sections: list[Section]
    marks: list[str]
