"""What courts did in cases like this one: a scatter of terms beside the opinion, never in it.

A small additive table (fitted on decided cases, see docs/decisions/0003) says which term
the facts and circumstances lead one to expect; the scatter of the cases of the same charge
and tier around what was expected of them gives the range. It knows neither the
recommendation nor the verdict of the document.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.sentencing import term_facts, term_tier
from assistant.sentencing.facts import tale
from assistant.sentencing.model import SentencingOpinion
from assistant.sentencing.term_facts import TermFacts
from assistant.sentencing.term_features import features
from assistant.sentencing.term_tier import Placement
from ingestion.model import CaseDocument
from knowledge_base import crimes, term_distribution
from knowledge_base.term_distribution import LEVELS, Scatter

_INTERCEPT = "intercept"
ADVICE = ("advised", "lenient_advice", "heavier_advice")
"""Features left out: a range that follows the recommendation cannot be held against it."""


@dataclass(frozen=True)
class Distribution:
    """Months at which so many percent of such cases lie below; `n` cases.

    `own`: they are cases of the same charge and tier; else of other rare ones with a like
    term, because only `same` cases of this charge and tier are known. `without`: share of the
    same cases that got no fixed term. `percentile`: where the sentence lies, None without one.
    """

    tier: int
    n: int
    own: bool
    same: int
    without: float | None
    months: Mapping[int, float]
    percentile: int | None = None

    @property
    def note(self) -> str:
        """Whose cases these are, in Chinese."""
        if self.own:
            return f"依据同罪名、同幅度的{self.n}件公开裁判"
        kind = "同罪名、同幅度的公开裁判"
        few = f"{kind}只有{self.same}件" if self.same else f"没有{kind}"
        return f"{few}，不足以说明；改用刑期相近的其他少见案件{self.n}件，只作大致参照"

    def to_text(self) -> str:
        low, middle, high = (round(self.months[level]) for level in (10, 50, 90))
        told = f"{self.note}：中位{middle}个月，五分之四在{low}至{high}个月之间"
        if self.percentile is None:
            return told
        return f"{told}；{percentile_text(self.percentile)}"

    def to_json(self) -> dict[str, Any]:
        return {
            "tier": self.tier,
            "n": self.n,
            "same_charge_and_tier": self.own,
            "known_of_same": self.same,
            "without_fixed_term": self.without,
            "months": {str(level): round(value, 2) for level, value in self.months.items()},
            "percentile": self.percentile,
            "note": self.note,
        }


def percentile_text(percentile: int) -> str:
    """本案判决高于其中约65%的案件, with the ends left open."""
    if percentile <= LEVELS[0]:
        return f"本案判决低于其中{100 - LEVELS[0]}%以上的案件"
    if percentile >= LEVELS[-1]:
        return f"本案判决高于其中{LEVELS[-1]}%以上的案件"
    return f"本案判决高于其中约{percentile}%的案件"


def beside(doc: CaseDocument, opinions: Iterable[SentencingOpinion]) -> None:
    """Set the distribution of each opinion that is about one charge of known tiers."""
    asked = [o for o in opinions if o.canonical and o.tiers]
    if not asked:
        return
    facts = term_facts.read(tale(doc).text)
    for opinion in asked:
        placement = placed(opinion, facts)
        if placement is not None:
            told = opinion.verdict.months if opinion.verdict else None
            opinion.distribution = of(facts, placement, told)


def placed(opinion: SentencingOpinion, facts: TermFacts) -> Placement | None:
    """Where the facts stand in the charge's ranges; the opinion's own tier where it is sure."""
    charge = opinion.canonical or opinion.charge
    found = term_tier.place(charge, facts, opinion.law_on)
    rule = crimes.crime(charge, opinion.law_on)
    if found is None or rule is None or len(opinion.tiers) != 1:
        return found
    tier = opinion.tiers[0] - 1
    if tier == found.tier or len(found.ranges) != len(rule.tiers):
        return found
    return replace(found, tier=tier, position=None, ground="量刑测算所定的幅度")


def of(facts: TermFacts, placement: Placement, months: float | None = None) -> Distribution:
    """The scatter for such facts; `months`: the sentence whose percentile is asked."""
    center = _expected(features(facts, [placement]))
    tier = placement.tier + 1
    same = term_distribution.of_charge(placement.charge, tier)
    own = same is not None and bool(same.residuals)
    scatter: Scatter = same if same and own else term_distribution.of_term(math.expm1(center))
    without = same.without / (same.n + same.without) if same and own else None
    return Distribution(
        tier=tier,
        n=scatter.n,
        own=own,
        same=same.n if same else 0,
        without=without,
        months={
            level: max(math.expm1(center + r), 0.0)
            for level, r in zip(LEVELS, scatter.residuals, strict=True)
        },
        percentile=None if not months else _percentile(math.log1p(months) - center, scatter),
    )


def _expected(values: Mapping[str, float]) -> float:
    """Log months expected; a feature that is not known adds nothing."""
    table = term_distribution.weights()
    parts = (
        weight.values[bisect_left(weight.cuts, values[name])]
        for name, weight in table.items()
        if name in values and name not in ADVICE
    )
    return table[_INTERCEPT].values[0] + sum(parts)


def _percentile(residual: float, scatter: Scatter) -> int:
    """Between two levels by where it lies between them; the ends stand for all beyond."""
    at = bisect_right(scatter.residuals, residual)
    if at == 0 or at == len(LEVELS):
        return LEVELS[0] if at == 0 else LEVELS[-1]
    below, above = scatter.residuals[at - 1], scatter.residuals[at]
    share = (residual - below) / (above - below)
    return round(LEVELS[at - 1] + share * (LEVELS[at] - LEVELS[at - 1]))
