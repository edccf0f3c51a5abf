"""Which questions a model is asked: only those on which it has not been measured to be no help."""

from __future__ import annotations

from datetime import date
from functools import cache

from pydantic import Field, model_validator

from knowledge_base.loader import Row, rows

LEAST_PRECISION = 0.7
"""What a model proposes as findings of its own must be right so often, as with any check."""


class Measured(Row):
    """One kind of question and one model, by the first 16 digits of its weights' SHA-256.

    `rules_right` and `model_right` are the shares right, 0…1, on the same `n` questions that
    rules leave unsure; `precision`, where an answer makes a finding, is the share of these that
    are right; `measured` is the day.
    """

    question: str
    prompt: str
    model: str = Field(pattern=r"^[0-9a-f]{16}$")
    name: str
    ask: bool
    n: int = Field(ge=1)
    rules_right: float = Field(ge=0, le=1)
    model_right: float = Field(ge=0, le=1)
    precision: float | None = Field(default=None, ge=0, le=1)
    data: str
    measured: date

    @model_validator(mode="after")
    def _asked_only_where_better(self) -> Measured:
        precise = self.precision is None or self.precision >= LEAST_PRECISION
        if self.ask != (self.model_right > self.rules_right and precise):
            raise ValueError("ask must follow from the figures")
        return self


@cache
def all() -> tuple[Measured, ...]:
    """Every measurement of a question kind and a model."""
    return rows("model_questions", Measured)


def asks(question: str, model_sha256: str | None) -> bool:
    """Whether that model is asked such questions; one that nobody measured is."""
    for row in all():
        if row.question == question and model_sha256 and model_sha256.startswith(row.model):
            return row.ask
    return True
