"""Tables with which a term is estimated from facts alone: cues, measures, the fitted weights."""

from __future__ import annotations

import re
from functools import cache

from pydantic import Field

from knowledge_base import charges
from knowledge_base.loader import Row, rows

_MONEY = "元"


class Cue(Row):
    """A circumstance as facts tell it: any of `patterns`, expressions, affirms it."""

    key: str
    name: str
    patterns: tuple[str, ...]


class Measure(Row):
    """What makes a charge's case large or small.

    `steps`: from which figure each tier begins, lightest first, None where none is set; in
    yuan, or in the units that the expression `unit` names. Figures count only after one of
    the words `near`, if there are any; with `sum`, single figures are added up.
    """

    charge: str
    steps: tuple[float | None, ...]
    unit: str = _MONEY
    near: tuple[str, ...] = ()
    sum: bool = False

    @property
    def money(self) -> bool:
        return self.unit == _MONEY


class TierCue(Row):
    """Facts that bring a charge into its tier of that number (from 1, lightest first)."""

    charge: str
    tier: int = Field(ge=1)
    patterns: tuple[str, ...]


@cache
def cues() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Key to Chinese name and the one expression that stands for all patterns."""
    return {
        c.key: (c.name, re.compile("|".join(f"(?:{p})" for p in c.patterns)))
        for c in rows("term_cues", Cue)
    }


def _canonical(charge: str) -> str:
    known = charges.match(charge)
    return known.name if known else charge


@cache
def measures() -> dict[str, Measure]:
    return {_canonical(m.charge): m for m in rows("term_measures", Measure)}


@cache
def tier_cues() -> dict[str, tuple[tuple[int, re.Pattern[str]], ...]]:
    """Charge to (tier, expression), heaviest tier first."""
    found: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
    for row in rows("term_tier_cues", TierCue):
        joined = re.compile("|".join(f"(?:{p})" for p in row.patterns))
        found.setdefault(_canonical(row.charge), []).append((row.tier, joined))
    return {c: tuple(sorted(t, key=lambda x: -x[0])) for c, t in found.items()}


class Weight(Row):
    """One feature's part of the estimate, in log months (see `assistant.sentencing.estimate`).

    Step i holds for values above `cuts[i-1]` and up to `cuts[i]`. `sign`: whether the
    feature may only raise (1) or only lower (-1) the estimate. `intercept` is the feature
    of no cuts; `spread` holds the two residuals between which four of five cases lie.
    """

    feature: str
    name: str
    cuts: tuple[float, ...] = ()
    values: tuple[float, ...]
    sign: int = 0


@cache
def weights() -> dict[str, Weight]:
    return {w.feature: w for w in rows("term_model", Weight)}
