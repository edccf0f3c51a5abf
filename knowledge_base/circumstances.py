"""Circumstances of sentencing (量刑情节): what the law attaches to each of them."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge_base.loader import Row, rows
from knowledge_base.numerals import article_label

Strength = Literal["must", "may", "discretionary"]
Direction = Literal["lighter", "mitigated", "exempt", "heavier"]

_STRENGTH_NAMES: dict[Strength, str] = {"must": "应当", "may": "可以", "discretionary": "酌情"}
_DIRECTION_NAMES: dict[Direction, str] = {
    "lighter": "从轻",
    "mitigated": "减轻",
    "exempt": "免除",
    "heavier": "从重",
}


class StatuteRef(BaseModel):
    """The provision a circumstance stands in (Criminal Law unless `law` says otherwise)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    law: str = "中华人民共和国刑法"
    article: int
    sub: int | None = None
    paragraph: int | None = None

    @property
    def label(self) -> str:
        return article_label(self.article, self.sub, self.paragraph)


class CircumstanceRule(Row):
    """One circumstance.

    `low` and `high` are percent of the baseline sentence (negative: less), None where the
    national guideline gives no figure; `lesser_*` hold where the offence is a light one;
    `min_months` is the least increase. `layer` 1 is multiplied first, 2 added after, None
    does not count. `package`: inside the single ratio of a guilty-plea case; `plus`: raises
    that ratio's ceiling. `excludes`: keys never counted beside this one.
    `ages`: it follows from an age at the offence of at least the first and below the second.
    """

    key: str
    name: str
    statute: tuple[StatuteRef, ...]
    strength: Strength
    directions: tuple[Direction, ...]
    low: int | None = None
    high: int | None = None
    lesser_low: int | None = None
    lesser_high: int | None = None
    min_months: int | None = None
    layer: Literal[1, 2] | None
    package: bool = False
    plus: bool = False
    excludes: tuple[str, ...] = ()
    ages: tuple[int, int] | None = None
    notes: str = ""

    @property
    def aggravating(self) -> bool:
        return self.directions == ("heavier",)

    @property
    def allows_mitigation(self) -> bool:
        """Whether it lets a court go below the statutory minimum (减轻)."""
        return "mitigated" in self.directions

    @property
    def requires_mitigation(self) -> bool:
        """Whether the court must go below the minimum: 应当减轻, without the choice of 从轻."""
        return (
            self.strength == "must"
            and "mitigated" in self.directions
            and "lighter" not in self.directions
        )

    @property
    def requires_exemption(self) -> bool:
        """Whether nothing but exemption is left: 应当免除."""
        return self.strength == "must" and self.directions == ("exempt",)

    @property
    def effect(self) -> str:
        """应当从轻或者减轻处罚, as a judgment would write it; "" where it has none."""
        if not self.directions:
            return ""
        words = [_DIRECTION_NAMES[d] for d in self.directions]
        listed = "、".join(words[:-1]) + "或者" + words[-1] if len(words) > 1 else words[0]
        return f"{_STRENGTH_NAMES[self.strength]}{listed}处罚"


@cache
def all() -> dict[str, CircumstanceRule]:
    """Every circumstance by key."""
    return {row.key: row for row in rows("circumstances", CircumstanceRule)}


def rule(key: str) -> CircumstanceRule | None:
    """The rule of that key, or None."""
    return all().get(key)


def for_age(age: int) -> tuple[str, ...]:
    """Keys that follow from the age at the offence alone (minors; 75 is for the facts)."""
    return tuple(r.key for r in all().values() if r.ages and r.ages[0] <= age < r.ages[1])
