"""How like cases of the bank were sentenced, and where this case lies among them.

Like are cases with the same charge in the same range of punishment. Of several persons the
heaviest term for the charge counts, one a case. Nothing here works out a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.similar.table import sentence_text
from assistant.similar.weighing import factor, fixed_term, heaviest
from knowledge_base import similar_cases
from knowledge_base.casebank import StoredAdvice, StoredCase

LEVELS = (5, 10, 25, 50, 75, 90, 95)
ALL_TIERS = "本案或者案例的量刑幅度未能确定，未按幅度区分"


@dataclass(frozen=True)
class Place:
    """A term of this case among the like ones: percent of them below it (half of the equal).

    `adjusted`: the same where each case's term is first brought to this case's circumstances.
    """

    what: str
    low: float
    high: float
    text: str
    percentile: int | None = None
    adjusted: int | None = None


@dataclass(frozen=True)
class Distribution:
    """Terms in months of `n` like cases, ascending; `quantiles` None where they are too few.

    `without`: like cases that got no fixed term. `probation`: those of the `n` on probation.
    """

    charge: str
    tier: int | None
    terms: tuple[float, ...]
    quantiles: dict[int, float] | None
    without: int
    probation: int
    years: tuple[int, int] | None
    regions: tuple[str, ...]
    places: tuple[Place, ...]
    notes: tuple[str, ...]

    @property
    def n(self) -> int:
        return len(self.terms)

    def to_json(self) -> dict[str, Any]:
        return {
            "charge": self.charge,
            "tier": self.tier,
            "n": self.n,
            "terms": [round(term, 2) for term in self.terms],
            "months": {str(k): round(v, 2) for k, v in self.quantiles.items()}
            if self.quantiles
            else None,
            "without_fixed_term": self.without,
            "probation": self.probation,
            "years": list(self.years) if self.years else None,
            "regions": list(self.regions),
            "places": [vars(place) for place in self.places],
            "notes": list(self.notes),
        }


def like_cases(
    query: StoredCase, cases: Sequence[StoredCase], charge: str
) -> tuple[list[StoredCase], bool]:
    """Those with the charge in the query's range; whether ranges could be told apart at all."""
    same = [case for case in cases if charge in case.charges]
    tier = query.tiers.get(charge)
    if tier is None:
        return same, False
    return [case for case in same if case.tiers.get(charge) == tier], True


def of(query: StoredCase, cases: Sequence[StoredCase], charge: str) -> Distribution:
    """The distribution over `cases`, the most similar first; no more than the pool are taken."""
    found, by_tier = like_cases(query, cases, charge)
    found = found[: similar_cases.limit("pool")]
    sentenced = [case for case in found if heaviest(case, charge) is not None]
    fixed = [(case, term) for case in sentenced if (term := fixed_term(case, charge)) is not None]
    terms = sorted(term for _, term in fixed)
    own = factor(query.circumstances)
    levelled = sorted(term * own / factor(case.circumstances) for case, term in fixed)
    few = len(terms) < similar_cases.limit("least_shown")
    heavy = [s for case, _ in fixed if (s := heaviest(case, charge)) is not None]
    years = [case.year for case, _ in fixed if case.year is not None]
    return Distribution(
        charge=charge,
        tier=query.tiers.get(charge) if by_tier else None,
        terms=tuple(terms),
        quantiles=None if few else {level: quantile(terms, level) for level in LEVELS},
        without=len(sentenced) - len(fixed),
        probation=sum(s.probation_months is not None for s in heavy),
        years=(min(years), max(years)) if years else None,
        regions=tuple(sorted({case.regions[0] for case, _ in fixed if case.regions})),
        places=tuple(_places(query, charge, [] if few else terms, levelled)),
        notes=() if by_tier else (ALL_TIERS,),
    )


def _places(
    query: StoredCase, charge: str, terms: Sequence[float], levelled: Sequence[float]
) -> list[Place]:
    places = []
    advice = _heaviest_advice(query, charge)
    if advice is not None and advice.low is not None and advice.high is not None:
        places.append(_place("量刑建议", advice.low, advice.high, advice.text, terms, levelled))
    term = fixed_term(query, charge)
    sentence = heaviest(query, charge)
    if term is not None and sentence is not None:
        places.append(_place("判决", term, term, sentence_text(sentence), terms, levelled))
    return places


def _place(
    what: str,
    low: float,
    high: float,
    text: str,
    terms: Sequence[float],
    levelled: Sequence[float],
) -> Place:
    if not terms:
        return Place(what, low, high, text)
    middle = (low + high) / 2
    return Place(what, low, high, text, percentile(terms, middle), percentile(levelled, middle))


def _heaviest_advice(query: StoredCase, charge: str) -> StoredAdvice | None:
    """The heaviest recommendation of a term for the charge, or for a case of that charge alone."""
    fitting = [
        advice
        for advice in query.advice
        if advice.low is not None
        and (advice.charge == charge or (advice.charge is None and len(query.charges) == 1))
    ]
    return max(fitting, key=lambda a: (a.high or 0.0, a.low or 0.0), default=None)


def quantile(ordered: Sequence[float], percent: int) -> float:
    """Linear between the two nearest values.

    >>> quantile([6, 8, 10, 12], 50)
    9.0
    """
    at = percent / 100 * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def percentile(ordered: Sequence[float], value: float) -> int:
    """Percent of the values that lie below, and half of those that are equal.

    >>> percentile([6, 8, 8, 12], 8)
    50
    """
    below = sum(v < value for v in ordered)
    equal = sum(v == value for v in ordered)
    return round(100 * (below + equal / 2) / len(ordered))
