"""What a case came to, and how heavy circumstances and amounts make it: for comparing only.

Effects are natural logarithms of a ratio of terms, so that they add up: 0.18 is a fifth more.
The ratios are the middles of the national ranges; none of this works out a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import lru_cache

from assistant.sentencing import arithmetic, term_facts, term_tier
from assistant.sentencing.term_tier import Placement
from knowledge_base import similar_cases
from knowledge_base.casebank import StoredCase, StoredSentence, Verdict
from knowledge_base.circumstances import CircumstanceRule

FIXED: tuple[Verdict, ...] = ("imprisonment", "detention")
_LEAST_FACTOR = 0.05  # many mitigations together leave something of a term
_RANK: dict[Verdict, int] = {
    "acquitted": 0,
    "exempt": 1,
    "fine_only": 2,
    "probation": 3,
    "control": 3,
    "detention": 4,
    "imprisonment": 4,
    "life": 5,
    "death_reprieve": 6,
    "death": 7,
}


def heaviest(case: StoredCase, charge: str | None = None) -> StoredSentence | None:
    """The heaviest sentence for the charge (None: any) that the case pronounced."""
    every = [s for s in case.sentences if s.charge is not None]
    asked = [s for s in every if charge is None or s.charge == charge]
    return max(asked, key=weight, default=None)


def weight(sentence: StoredSentence) -> tuple[int, float, bool]:
    """Orders sentences from the lightest to the heaviest; probation makes one lighter."""
    return _RANK[sentence.verdict], length(sentence), sentence.probation_months is None


def length(sentence: StoredSentence) -> float:
    """Months pronounced, days as parts of one; 0 where the penalty has no term."""
    return sentence.months + sentence.days / 30


def fixed_term(case: StoredCase, charge: str) -> float | None:
    """Months of the heaviest sentence for the charge; None where that is no fixed term."""
    sentence = heaviest(case, charge)
    return length(sentence) if sentence and sentence.verdict in FIXED else None


@lru_cache(maxsize=4096)
def placed(charge: str, facts: str) -> Placement | None:
    """Where the facts stand in the ranges of the charge."""
    read = term_facts.read(facts)
    return term_tier.place(charge, read, read.last_day)


def effect(rule: CircumstanceRule) -> float:
    """What a circumstance does to a term; 0 for one that the law gives no direction."""
    if not rule.directions:
        return 0.0
    if arithmetic.has_ratio(rule):
        percent = ((rule.low or 0) + (rule.high or 0)) / 2
    else:
        kind = "unrated_discretionary" if rule.strength == "discretionary" else "unrated_statutory"
        percent = similar_cases.limit(kind) * (1 if rule.aggravating else -1)
    return math.log(1 + percent / 100)


def factor(keys: Collection[str]) -> float:
    """What all circumstances of a case together do to a term, nothing counted twice."""
    chosen = arithmetic.select(keys)
    first = math.prod(_middle(rule) for rule in chosen.layer1)
    second = 1 + sum(_middle(rule) - 1 for rule in chosen.layer2)
    return max(first * second, _LEAST_FACTOR)


def _middle(rule: CircumstanceRule) -> float:
    return 1 + ((rule.low or 0) + (rule.high or 0)) / 200
