"""Circumstances of drunk driving (drunk_driving.yaml): what aggravates, what bars probation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Literal

from knowledge_base.loader import Row, rows


class DrunkFact(Row):
    """One circumstance; any of `patterns`, expressions, tells it."""

    kind: Literal["heavier", "no_probation"]
    name: str
    patterns: tuple[str, ...]


@cache
def all() -> tuple[tuple[DrunkFact, re.Pattern[str]], ...]:
    return tuple(
        (row, re.compile("|".join(f"(?:{p})" for p in row.patterns)))
        for row in rows("drunk_driving", DrunkFact)
    )


def told(text: str, on: date | None) -> Iterator[tuple[DrunkFact, re.Match[str]]]:
    """Each circumstance in force on that day that the facts tell, with the words."""
    for row, pattern in all():
        match = pattern.search(text) if row.in_force(on) else None
        if match is not None:
            yield row, match
