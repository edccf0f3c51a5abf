"""How the terms of decided cases scatter: fitted numbers of `term_scatter` and its weights.

Written by `python -m eval_sets.training.term_distribution`; no row tells of a single case.
"""

from __future__ import annotations

from functools import cache

from pydantic import Field, model_validator

from knowledge_base.loader import Row, rows
from knowledge_base.term_tables import Weight

LEVELS = tuple(range(5, 100, 5))
"""Percent of the cases that lie below each of a row's `residuals`."""


class Scatter(Row):
    """Decided cases of one charge and tier (from 1), or of all those charges and tiers with too
    few cases of their own, where the expected term lies in `months_from` … `months_to`.

    `n`: cases with a fixed term; `without`: those of the same charge and tier that got none
    (fine, control, exemption). `residuals`: quantiles at LEVELS of the log months pronounced
    less those expected; empty where there are too few cases to say.
    """

    charge: str | None = None
    tier: int | None = Field(default=None, ge=1)
    months_from: float | None = None
    months_to: float | None = None
    n: int = Field(ge=1)
    without: int = 0
    residuals: tuple[float, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Scatter:
        if (self.charge is None) != (self.tier is None):
            raise ValueError("charge and tier belong together")
        if self.residuals and len(self.residuals) != len(LEVELS):
            raise ValueError("one residual a level")
        if list(self.residuals) != sorted(self.residuals):
            raise ValueError("residuals must rise")
        return self


@cache
def weights() -> dict[str, Weight]:
    """Feature to its steps, in log months."""
    return {w.feature: w for w in rows("term_scatter_weights", Weight)}


@cache
def _own() -> dict[tuple[str, int], Scatter]:
    found = rows("term_scatter", Scatter)
    return {(r.charge, r.tier): r for r in found if r.charge is not None and r.tier is not None}


def of_charge(charge: str, tier: int) -> Scatter | None:
    """The cases of that charge and tier (from 1); None where there was not one."""
    return _own().get((charge, tier))


def of_term(months: float) -> Scatter:
    """The cases of rare charges for which about such a term was to be expected."""
    return next(
        r
        for r in rows("term_scatter", Scatter)
        if r.charge is None
        and (r.months_from or 0.0) <= months
        and (r.months_to is None or months < r.months_to)
    )
