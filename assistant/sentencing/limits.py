"""What the statute allows for a tier: its floor and ceiling, and how far mitigation goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assistant.sentencing.model import Interval
from knowledge_base import penalties
from knowledge_base.circumstances import CircumstanceRule
from knowledge_base.crimes import CrimeRule, OwnMitigation, Tier


def floor_of(tier: Tier, on: date | None = None) -> int:
    """Least months of a tier; criminal detention and control count from their first month."""
    lighter = {"detention", "control", "deprivation"} & set(tier.also)
    if tier.months is not None and not lighter:
        return tier.months[0]
    # Only life or death: counted as the longest fixed term, which mitigation may come down from.
    key = "detention_min" if lighter else "imprisonment_max"
    return penalties.limit(key, on)


def ceiling_of(tier: Tier, on: date | None = None) -> int:
    """Most months of a tier of fixed terms (life and death lie above and are said apart)."""
    if tier.months:
        return tier.months[1]
    key = "detention_max" if "detention" in tier.also else "imprisonment_max"
    return penalties.limit(key, on)


def own_mitigation(
    rule: CrimeRule, number: int, counted: Iterable[CircumstanceRule]
) -> list[OwnMitigation]:
    """What the article on the crime itself says of these circumstances."""
    keys = {r.key for r in counted}
    return [
        m for m in rule.mitigation if keys.issuperset(m.keys) and (not m.tiers or number in m.tiers)
    ]


def may_mitigate(rule: CrimeRule, number: int, counted: Iterable[CircumstanceRule]) -> list[str]:
    """Names of the circumstances that let a court go below the tier; none means it may not."""
    present = list(counted)
    own = own_mitigation(rule, number, present)
    return [r.name for r in present if r.allows_mitigation] + [
        f"{m.when}（{m.statute.label}）" for m in own if "mitigated" in m.directions
    ]


@dataclass(frozen=True)
class Bounds:
    """Lawful months for one tier given the circumstances; `reason` in Chinese."""

    floor: int
    ceiling: int
    reason: str

    def clip(self, value: Interval) -> Interval:
        return value.clip(Fraction(self.floor), Fraction(self.ceiling))


def bounds(
    rule: CrimeRule, number: int, counted: Iterable[CircumstanceRule], on: date | None = None
) -> Bounds:
    """Floor and ceiling for tier `number` (from 1).

    With a circumstance that allows 减轻 the floor is that of the next lower tier and no
    further; one that requires it also moves the ceiling to the tier's own minimum.
    """
    tier = rule.tiers[number - 1]
    own_floor, ceiling = floor_of(tier, on), ceiling_of(tier, on)
    present = list(counted)
    exempt = next((r for r in present if r.requires_exemption), None)
    if exempt is not None:
        return Bounds(0, 0, f"具有{exempt.name}情节，应当免除处罚")
    mitigating = may_mitigate(rule, number, present)
    if not mitigating:
        return Bounds(own_floor, ceiling, "无减轻处罚情节，从轻、从重均限于本档法定刑以内")
    names = "、".join(mitigating)
    if number > 1:
        lower = floor_of(rule.tiers[number - 2], on)
        reason = f"具有{names}情节，可以减轻处罚，只能降至下一个量刑幅度"
    elif tier.months and own_floor == tier.months[0]:
        # The lightest tier without detention: below it there is no further tier to stop at.
        lower = penalties.limit("imprisonment_min", on)
        reason = f"具有{names}情节，可以在法定最低刑以下判处"
    else:
        lower = own_floor
        reason = f"具有{names}情节，但本档已含最轻主刑，减轻后仍在本档最低刑种以上或者免除处罚"
    if any(r.requires_mitigation for r in present) and lower < own_floor:
        return Bounds(lower, own_floor, reason + "；其中有应当减轻情节，须在本档法定最低刑以下")
    return Bounds(lower, ceiling, reason)
