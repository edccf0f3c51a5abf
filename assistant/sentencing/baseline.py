"""The baseline sentence (基准刑): the starting range, placed by what the facts say of the crime.

The nation sets the starting range and no increments. What is known of the case narrows it:
the size of the amount or quantity inside the tier, or the grade of the facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assistant.sentencing.facts import Facts
from assistant.sentencing.model import Interval
from knowledge_base import starting_places
from knowledge_base.crimes import CrimeRule, Tier
from knowledge_base.starting_places import StartingPlace


@dataclass(frozen=True)
class Baseline:
    """Months, and what placed them: a figure (`measured`), graded facts (`place`) or nothing.

    `unmeasured`: a figure would place them and is not told, so that the whole tier is open.
    `place_at`: document offsets of the words that decided the grade.
    """

    months: Interval
    measured: bool = False
    unmeasured: bool = False
    place: StartingPlace | None = None
    place_at: tuple[int, int] | None = None


def find(
    rule: CrimeRule, number: int, position: tuple[float, float] | None, facts: Facts
) -> Baseline | None:
    """The baseline for tier `number`; None where no starting point is known."""
    tier, story = rule.tiers[number - 1], facts.story
    if tier.start is None:
        return None
    if tier.months is not None:
        top = tier.months[1]
        if position is not None:
            return Baseline(_by_figure(tier, tier.start, top, position), measured=True)
        if _lacks_figure(rule, facts):
            return Baseline(_by_figure(tier, tier.start, top, (0.0, 1.0)), unmeasured=True)
    graded = starting_places.find(rule.charge, number, story.text)
    if graded is None:
        return Baseline(Interval.of(*tier.start))
    place, match = graded
    at = None
    if match is not None:
        begin = story.place(match.start())
        at = (begin, begin + len(match[0]))
    return Baseline(Interval.of(*place.months), place=place, place_at=at)


def _lacks_figure(rule: CrimeRule, facts: Facts) -> bool:
    if rule.basis == "amount":
        return facts.amount is None
    return rule.basis == "drugs" and facts.drug_shares is None


def _by_figure(
    tier: Tier, start: tuple[int, int], top: int, position: tuple[float, float]
) -> Interval:
    """The starting range moved up in proportion to the figure's place in the tier.

    Where the starting range takes in most of the tier, the figure moves a third of its width.
    """
    low, high = (Fraction(v) for v in start)
    least, most = (Fraction(p).limit_denominator(10000) for p in position)
    window = (high - low) / 3 if high - low > top - high else high - low
    room = top - low - window
    return Interval(low + least * room, low + window + most * room)
