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


Block = Paragraph | Subheading | Table | Card


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
