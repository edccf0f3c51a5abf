"""Which version of the law applies: that of the act, unless the later one is lighter (从旧兼从轻).

Lighter is what the case at hand would get: the range that its facts lead to under each law.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistant.sentencing import limits, tiers
from assistant.sentencing.facts import Facts
from assistant.sentencing.steps import tier_text
from assistant.sentencing.tiers import Choice
from knowledge_base import crimes, penalties
from knowledge_base.crimes import CrimeRule


@dataclass(frozen=True)
class Applied:
    """The rule that applies, the facts read for it, the tier chosen, and why this law (Chinese)."""

    rule: CrimeRule
    facts: Facts
    choice: Choice
    why: str


def choose(
    charge: str, offence: date | None, decided: date | None, read: Callable[[CrimeRule], Facts]
) -> Applied | None:
    """Weigh the law of the act against that of the trial; None where neither is known."""
    later = crimes.crime(charge, decided)
    then = crimes.crime(charge, offence) if offence is not None else None
    rules = [rule for rule in (then, later) if rule is not None]
    if not rules:
        return None
    first = _applied(rules[0], read)
    if len(rules) == 1 or then == later:
        return first
    second = _applied(rules[1], read)
    both = f"行为时{_range(first)}；审判时{_range(second)}"
    if _weight(second) < _weight(first):
        ground = penalties.cited("milder_law")
        why = f"{both}；后法处刑较轻，依从旧兼从轻原则（{ground}）适用新的规定"
        return Applied(second.rule, second.facts, second.choice, why)
    same = _weight(second) == _weight(first)
    why = f"{both}；{'两者轻重相同' if same else '后法处刑较重'}，适用行为时的法律"
    return Applied(first.rule, first.facts, first.choice, why)


def _range(applied: Applied) -> str:
    """The ranges that the case may fall into under one law, in words."""
    ranges = [(n, applied.rule.tiers[n - 1]) for n in applied.choice.tiers]
    told = "或者".join(f"第{n}档，处{tier_text(tier)}" for n, tier in ranges)
    return f"（自{applied.rule.effective_from}施行的规定）为{told}"


def _applied(rule: CrimeRule, read: Callable[[CrimeRule], Facts]) -> Applied:
    facts = read(rule)
    return Applied(rule, facts, tiers.choose(rule, facts), "")


def _weight(applied: Applied) -> tuple[bool, bool, int, int]:
    """Death, life, most and least months of the heaviest tier the case may fall into."""
    tier = applied.rule.tiers[applied.choice.tiers[-1] - 1]
    return (
        "death" in tier.also,
        "life" in tier.also,
        limits.ceiling_of(tier),
        limits.floor_of(tier),
    )
