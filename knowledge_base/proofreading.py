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
    """From which chance of being right on a proposal is put to a use."""

    use: str
    chance: float = Field(gt=0, lt=1)


@cache
def weights() -> dict[str, float]:
    return {row.feature: row.weight for row in rows("proofreading", SignWeight)}


@cache
def certainty(use: str) -> float:
    """`corrected`: in a sentence known to hold a slip; `shown`: in any document."""
    return {row.use: row.chance for row in rows("proofreading_certainty", Certainty)}[use]
