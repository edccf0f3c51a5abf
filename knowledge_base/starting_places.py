"""Where inside the national starting range a case begins: graded by the facts of the crime.

The nation sets a range and names the facts that count; how they divide it is the province's
rule. Rows that are not the nation's own division are `verified: false` and only stand in for
the local rule; an opinion that uses one says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from knowledge_base.loader import Row, rows


class StartingPlace(Row):
    """Baseline `months` of a charge's tier (from 1) where the facts match.

    Any of `patterns`, expressions, must occur in the facts (none given: always) and none of
    `unless`. Of several rows the first that matches holds.
    """

    charge: str
    tier: int
    when: str
    months: tuple[int, int]
    patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Compiled:
    row: StartingPlace
    wanted: re.Pattern[str] | None
    unwanted: re.Pattern[str] | None


@cache
def all() -> tuple[StartingPlace, ...]:
    return rows("starting_places", StartingPlace)


@cache
def _by_tier() -> dict[tuple[str, int], tuple[_Compiled, ...]]:
    found: dict[tuple[str, int], tuple[_Compiled, ...]] = {}
    for row in all():
        key = (row.charge, row.tier)
        entry = _Compiled(row, _joined(row.patterns), _joined(row.unless))
        found[key] = (*found.get(key, ()), entry)
    return found


def _joined(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None


def find(charge: str, tier: int, text: str) -> tuple[StartingPlace, re.Match[str] | None] | None:
    """The place for the facts in `text` and the words that decided; None where none is set."""
    for entry in _by_tier().get((charge, tier), ()):
        match = entry.wanted.search(text) if entry.wanted else None
        if entry.wanted is not None and match is None:
            continue
        if entry.unwanted is None or not entry.unwanted.search(text):
            return entry.row, match
    return None
