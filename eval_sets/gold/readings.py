"""Judgments read from the first word to the last: what the program said, and what it missed.

`readings.jsonl`, one row a judgment, without a sentence of it:
`{"id", "first": [[code, severity, place, right]], "slips": [{"code", "start", "end", "words"}]}`.
`first` are the program's findings at its first look, before anything was mended on these texts
(`place` as in `hits.py`); `slips` are defects that stand in the text and that it did not report
then: the check they belong to, where they stand in the normalised text, the digest of the words.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from assistant.findings import Finding
from eval_sets.gold.digest import digest
from eval_sets.gold.hits import key, verdicts
from ingestion.model import CaseDocument

READINGS = Path(__file__).parent / "readings.jsonl"


class Said(NamedTuple):
    """A finding as it was judged."""

    code: str
    severity: str
    place: str
    right: bool


class Slip(NamedTuple):
    """A defect of the text that the first look passed over."""

    code: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Reading:
    """One judgment that was read."""

    id: str
    first: tuple[Said, ...]
    slips: tuple[Slip, ...]


@dataclass
class Tally:
    """Findings of moderate or worse and how many are right; all right ones; slips and found."""

    grave: int = 0
    grave_right: int = 0
    right: int = 0
    unread: int = 0
    slips: int = 0
    found: int = 0
    open: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.grave_right / self.grave if self.grave else 1.0


def readings(path: Path = READINGS) -> list[Reading]:
    """Every judgment read, in the order of the file."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    return [
        Reading(
            row["id"],
            tuple(Said(*one) for one in row["first"]),
            tuple(Slip(**one) for one in row["slips"]),
        )
        for row in rows
    ]


def at_first(read: list[Reading]) -> Tally:
    """The first look: its findings as judged; every slip listed was missed."""
    total = Tally(slips=sum(len(one.slips) for one in read))
    for one in read:
        for said in one.first:
            total.grave += said.severity != "minor"
            total.grave_right += said.severity != "minor" and said.right
            total.right += said.right
    return total


def now(read: list[Reading], look: Callable[[str], tuple[CaseDocument, list[Finding]]]) -> Tally:
    """The program of today on the same texts; `look` gives a judgment and its findings."""
    judged, total = verdicts(), Tally()
    for one in read:
        document, findings = look(one.id)
        for finding in findings:
            verdict = judged.get(key(one.id, finding))
            total.unread += verdict is None
            total.right += verdict is True
            total.grave += finding.severity != "minor"
            total.grave_right += finding.severity != "minor" and verdict is True
        for slip in one.slips:
            total.slips += 1
            if digest(one.id, document.text[slip.start : slip.end]) != slip.words:
                raise ValueError(f"{one.id}: the text has changed at {slip.start}")
            if any(_at(slip, finding) for finding in findings):
                total.found += 1
            else:
                total.open.append(f"{one.id[:8]} {slip.code}")
    return total


def _at(slip: Slip, finding: Finding) -> bool:
    """Whether the finding is of that check and points there."""
    return finding.code == slip.code and any(
        span.start < slip.end and slip.start < span.end for span in finding.evidence
    )
