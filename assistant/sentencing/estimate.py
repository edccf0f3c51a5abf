"""An estimate of the term from the facts alone: where courts land, not what the law demands.

The law gives the ranges (entered tiers, else the article's own words); the figures of the
facts give the place in them; a small additive table (`term_model.yaml`, fitted on features
that do not name the charge) says how courts move from there. Never mixed into the legal
range of `opine`: an estimate stands beside it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.sentencing import term_facts, term_tier
from assistant.sentencing.term_features import features, heaviest
from assistant.sentencing.term_tier import Placement
from knowledge_base import penalties, term_tables

_INTERCEPT = "intercept"
_SPREAD = "spread"
_SHOWN = 0.02  # a factor nearer to 1 than this is not worth a line


@dataclass(frozen=True)
class TermEstimate:
    """Months: `months` the median expected, `low` and `high` hold four of five such cases.

    `basis`: Chinese steps from the range to the figure. `placements`: the range chosen for
    each charge, empty where no law was found for any.
    """

    months: float
    low: float
    high: float
    basis: tuple[str, ...]
    placements: tuple[Placement, ...]


def estimate(
    facts: str,
    charges: Sequence[str],
    articles: Sequence[int],
    article_text: str | None = None,
    on: date | None = None,
) -> TermEstimate:
    """Estimate the term for one person.

    `articles` (numbers of the Criminal Law) serve where a charge is not known by name,
    `article_text` where the number is not known either. `on`: the day whose law holds;
    without it the last day that the facts name.
    """
    read = term_facts.read(facts)
    found = term_tier.place_all(charges, articles, read, on or read.last_day, article_text)
    values = features(read, found)
    parts = _parts(values)
    center = term_tables.weights()[_INTERCEPT].values[0] + sum(parts.values())
    below, above = term_tables.weights()[_SPREAD].values
    return TermEstimate(
        months=_months(center),
        low=_months(center + below),
        high=_months(center + above),
        basis=tuple(_basis(values, found, parts)),
        placements=tuple(found),
    )


def _months(value: float) -> float:
    longest = penalties.limit("imprisonment_combined_max_long")
    return min(max(math.expm1(value), 0.0), float(longest))


def _parts(values: Mapping[str, float]) -> dict[str, float]:
    return {
        name: weight.values[bisect_left(weight.cuts, values[name])]
        for name, weight in term_tables.weights().items()
        if name in values
    }


def _basis(
    values: Mapping[str, float], placements: Sequence[Placement], parts: Mapping[str, float]
) -> list[str]:
    lines = [
        f"{p.charge}：可能的幅度为{p.range.low}至{p.range.high}个月"
        f"（第{p.tier + 1}档，共{len(p.ranges)}档）；{p.ground}"
        for p in placements
    ]
    if not placements:
        lines.append("罪名和条文均未能对应到法定刑，只按事实中的情节估计")
    elif len(placements) > 1:
        lines.append(f"数罪，以{heaviest(placements).charge}为主估计，再计入其他各罪")
    names = term_tables.weights()
    for name, value in sorted(parts.items(), key=lambda item: -abs(item[1])):
        # What the facts do not show (0, or a mark below 0) is in the sum, but is no reason.
        if abs(value) >= _SHOWN and values[name] > 0:
            lines.append(f"{names[name].name}：乘以{math.exp(value):.2f}")
    return lines
