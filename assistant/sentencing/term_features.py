"""The numbers on which the estimate's weights were fitted. None of them names the charge."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.sentencing.term_facts import TermFacts
from assistant.sentencing.term_tier import Placement
from knowledge_base import term_tables

_UNKNOWN_POSITION = 0.25  # courts that state no figure stay in the lower part of a range


def point(placement: Placement) -> float:
    """Months inside the chosen range at the position of the figures, on a log scale."""
    share = _UNKNOWN_POSITION if placement.position is None else placement.position
    low, high = math.log1p(placement.range.low), math.log1p(placement.range.high)
    return math.exp(low + (high - low) * share)


def heaviest(placements: Sequence[Placement]) -> Placement:
    """The charge that decides: the one with the heaviest range, then the heaviest point."""
    return max(placements, key=lambda p: (p.range.low, point(p)))


def features(facts: TermFacts, placements: Sequence[Placement]) -> dict[str, float]:
    """Feature name to value; those of the range are left out where no range is known."""
    found: dict[str, float] = {}
    if placements:
        main = heaviest(placements)
        ranges = main.ranges
        found = {
            "range_low": main.range.low,
            "range_high": main.range.high,
            "range_point": math.log(point(main)),
            "all_points": math.log(sum(point(p) for p in placements)),
            "position": -1.0 if main.position is None else main.position,
            "highest_term": ranges[-1].high,
            "first_high": ranges[0].high,
            "tier": main.tier,
            "above_basic": main.tier - main.basic,
            "fine_alone": main.range.fine_alone,
            "life_open": main.range.life,
        }
    found |= {
        "charges": len(placements),
        "minor_injuries": facts.minor_injuries,
        "light_injuries": facts.light_injuries,
        "serious_injuries": facts.serious_injuries,
        "deaths": facts.deaths,
        "acts": facts.acts,
        "days": facts.days,
        "victims": facts.victims,
        "money": math.log10(max((f.value for f in facts.money), default=1.0)),
        "figures": len(facts.money),
        "drugs": math.log10(facts.drug_share) if facts.drug_share else -9.0,
        "alcohol": facts.alcohol or 0.0,
        "advised": math.log1p(sum(facts.advised) / 2) if facts.advised else -1.0,
    }
    found |= {key: float(key in facts.cues) for key in term_tables.cues()}
    return {name: float(value) for name, value in found.items()}
