"""Aggravating words of the reasoning and what the facts must then tell."""

from __future__ import annotations

from functools import cache

from knowledge_base.charges import same_charge
from knowledge_base.crime_elements import pattern
from knowledge_base.loader import Row, rows


class AggravatingFact(Row):
    """`word` as the reasoning has it; `cues` (a regular expression) as the facts show it.

    Without charges it holds for all.
    """

    word: str
    cues: str
    charges: tuple[str, ...] = ()

    def concerns(self, charge: str) -> bool:
        return not self.charges or any(same_charge(charge, name) for name in self.charges)

    def told(self, story: str) -> bool:
        return pattern(self.cues).search(story) is not None


@cache
def all() -> tuple[AggravatingFact, ...]:
    return rows("aggravating_facts", AggravatingFact)
