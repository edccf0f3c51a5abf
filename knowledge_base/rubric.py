"""The rubric of a judgment's reasoning: what is asked, the possible answers, their scores."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from knowledge_base.loader import Row, rows


class Verdict(BaseModel):
    """One possible answer; without a score it counts neither way."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    score: int | None = Field(default=None, ge=0, le=2)


class Criterion(Row):
    """One kind of question; `items` are its numbers in the evaluation form."""

    kind: str
    name: str
    items: tuple[int, ...]
    question: str
    verdicts: tuple[Verdict, ...]

    def verdict(self, code: str) -> Verdict:
        """Raises KeyError for an answer that this kind of question does not have."""
        for verdict in self.verdicts:
            if verdict.code == code:
                return verdict
        raise KeyError(f"{self.kind}: {code}")


class Level(Row):
    """The overall level that a mean score of at least `least` (0…2) stands for."""

    name: str
    least: float = Field(ge=0, le=2)


@cache
def criteria() -> dict[str, Criterion]:
    """Every criterion by kind, in the order of the evaluation form."""
    return {row.kind: row for row in rows("reasoning_rubric", Criterion)}


def level_of(mean: float) -> str:
    """The level of a mean score, 0…2.

    >>> level_of(2.0), level_of(1.5), level_of(0.4), level_of(0.0)
    ('充分', '较充分', '不充分', '缺失')
    """
    levels = sorted(rows("reasoning_levels", Level), key=lambda row: row.least, reverse=True)
    return next(row.name for row in levels if mean >= row.least)
