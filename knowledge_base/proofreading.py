"""The fitted weights of proofreading: how much each sign says for a proposed correction."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from knowledge_base.loader import Row, rows


class SignWeight(Row):
    """Log odds that one unit of the sign adds; `feature` "bias" is added once."""

    feature: str
    name: str
    weight: float


class Certainty(Row):
    """From which chance of being right on a proposal is put to a use.

    A row without `kind` speaks for every kind of slip that has no row of its own; it
    also says which share of what comes through was right when read by people (`precision`).
    """

    use: str
    kind: str = ""
    chance: float = Field(gt=0, lt=1)
    precision: float | None = Field(default=None, gt=0, le=1)


@cache
def weights() -> dict[str, float]:
    return {row.feature: row.weight for row in rows("proofreading", SignWeight)}


@cache
def certainty(use: str, kind: str) -> float:
    """`corrected`: in a sentence known to hold a slip; `shown`: in any document."""
    asked = {
        row.kind: row.chance for row in rows("proofreading_certainty", Certainty) if row.use == use
    }
    return asked.get(kind, asked[""])


@cache
def measured_precision(use: str) -> float | None:
    """Which share of what is put to that use was right; None where nobody has counted."""
    found = rows("proofreading_certainty", Certainty)
    return next((r.precision for r in found if r.use == use and not r.kind), None)
