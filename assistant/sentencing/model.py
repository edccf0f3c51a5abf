"""What a sentencing opinion consists of: numbered steps, intervals, and what is unsure.

Units: months as exact fractions inside, whole months outward in JSON; fines in fen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ingestion.model import Span

if TYPE_CHECKING:
    from assistant.sentencing.advice import Advice, Departure
    from assistant.sentencing.distribution import Distribution


@dataclass(frozen=True)
class Interval:
    """A closed range of months."""

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, low: int | Fraction, high: int | Fraction) -> Interval:
        return cls(Fraction(low), Fraction(high))

    def clip(self, floor: Fraction, ceiling: Fraction) -> Interval:
        """Both ends moved into floor…ceiling."""
        return Interval(
            min(max(self.low, floor), ceiling), max(min(self.high, ceiling), min(floor, ceiling))
        )

    def hull(self, other: Interval) -> Interval:
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def scaled(self, low: Fraction, high: Fraction) -> Interval:
        return Interval(self.low * low, self.high * high)

    @property
    def outward(self) -> tuple[int, int]:
        """Whole months, rounded so that nothing inside is lost."""
        return math.floor(self.low), math.ceil(self.high)


@dataclass(frozen=True)
class Step:
    """One numbered step; `low` and `high` in months, None where the step gives no range."""

    number: int
    title: str
    text: str
    rule_source: str
    low: int | None = None
    high: int | None = None
    spans: tuple[Span, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "title": self.title,
            "text": self.text,
            "rule_source": self.rule_source,
            "range_low": self.low,
            "range_high": self.high,
            "spans": [s.model_dump(mode="json") for s in self.spans],
        }


@dataclass(frozen=True)
class VerdictCheck:
    """A sentence held against the opinion; None where the question does not arise.

    `within_discretion`: inside the guideline's range or no further from it than the share by
    which a judge or panel may move the result.
    """

    text: str
    lawful: bool | None
    in_guideline: bool | None
    reason: str
    within_discretion: bool | None = None
    months: float | None = None


@dataclass
class SentencingOpinion:
    """The sentence of one person for one charge, worked out step by step.

    `supported` False: the charge's tiers are not in the tables. `decided` False: more than
    one tier is possible, `missing` says what would decide; ranges then cover all of them.
    `guided_low` … `guided_high`: the guideline's own result inside the law, None where the
    nation sets no starting point; `low` … `high`: what may be pronounced, with the discretion
    to move the result. `alternatives`: tiers that the province's own amounts may lead to
    instead. `tier_low` … `tier_high`: the chosen tiers themselves. All in months.
    `lawful_low` … `lawful_high`: the same with what mitigation opens. `advice`: the
    recommendation held against these ranges, `departure`: the verdict against it.
    `distribution`: what courts did in such cases, set apart from all ranges.
    """

    person: str
    charge: str
    canonical: str | None
    law_on: date | None
    supported: bool = True
    decided: bool = True
    tiers: tuple[int, ...] = ()
    alternatives: tuple[int, ...] = ()
    steps: list[Step] = field(default_factory=list)
    low: int | None = None
    high: int | None = None
    guided_low: int | None = None
    guided_high: int | None = None
    tier_low: int | None = None
    tier_high: int | None = None
    lawful_low: int | None = None
    lawful_high: int | None = None
    probation: str = "unknown"
    fine_low_fen: int | None = None
    fine_high_fen: int | None = None
    assumptions: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    verdict: VerdictCheck | None = None
    distribution: Distribution | None = None
    advice: Advice | None = None
    departure: Departure | None = None

    def to_text(self) -> str:
        """The opinion as plain lines for the terminal (Chinese)."""
        lines = [f"{self.person}  {self.charge}"]
        lines += [f"  {s.number}. {s.title}：{s.text}（{s.rule_source}）" for s in self.steps]
        if self.assumptions:
            lines.append("  前提：" + "；".join(self.assumptions) + "。")
        if self.missing:
            lines.append("  缺少：" + "；".join(self.missing) + "。")
        if self.verdict is not None:
            lines.append(f"  判决：{self.verdict.text}，{self.verdict.reason}。")
        if self.advice is not None:
            lines.append(f"  量刑建议：{self.advice.text}，{self.advice.reason}。")
        if self.departure is not None:
            lines.append(f"  建议与判决：{self.departure.text}。")
        if self.distribution is not None:
            lines.append(f"  同类案件（只供参照，不影响测算）：{self.distribution.to_text()}。")
        return "\n".join(lines) + "\n"

    def to_json(self) -> dict[str, Any]:
        """The form of the contract's key `sentencing`."""
        verdict = self.verdict
        return {
            "person": self.person,
            "charge": self.charge,
            "canonical_charge": self.canonical,
            "law_on": self.law_on.isoformat() if self.law_on else None,
            "supported": self.supported,
            "decided": self.decided,
            "tiers": list(self.tiers),
            "alternative_tiers": list(self.alternatives),
            "range_low": self.low,
            "range_high": self.high,
            "guideline_low": self.guided_low,
            "guideline_high": self.guided_high,
            "tier_low": self.tier_low,
            "tier_high": self.tier_high,
            "lawful_low": self.lawful_low,
            "lawful_high": self.lawful_high,
            "probation": self.probation,
            "fine_low_fen": self.fine_low_fen,
            "fine_high_fen": self.fine_high_fen,
            "steps": [s.to_json() for s in self.steps],
            "assumptions": self.assumptions,
            "missing": self.missing,
            "recommendation": self.advice.to_json() if self.advice else None,
            "departure": self.departure.to_json() if self.departure else None,
            "distribution": self.distribution.to_json() if self.distribution else None,
            "verdict": None
            if verdict is None
            else {
                "text": verdict.text,
                "lawful": verdict.lawful,
                "in_guideline": verdict.in_guideline,
                "within_discretion": verdict.within_discretion,
                "months": verdict.months,
                "reason": verdict.reason,
            },
        }
