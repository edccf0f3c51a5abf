"""Measures that several suites share. All values lie in 0…1."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

RESAMPLES = 1000
_SEED = 20240301


@dataclass(frozen=True)
class Counts:
    """Right, wrongly given and missed items of one document."""

    hits: int
    extra: int
    missed: int


def counts(given: Collection[object], expected: Collection[object]) -> Counts:
    """Compare two sets of items."""
    given, expected = set(given), set(expected)
    return Counts(len(given & expected), len(given - expected), len(expected - given))


def share(part: float, whole: float) -> float:
    """`part / whole`; 0 where there is nothing to have a share of."""
    return part / whole if whole else 0.0


def micro_precision(rows: Sequence[Counts]) -> float:
    hits = sum(r.hits for r in rows)
    return share(hits, hits + sum(r.extra for r in rows))


def micro_recall(rows: Sequence[Counts]) -> float:
    hits = sum(r.hits for r in rows)
    return share(hits, hits + sum(r.missed for r in rows))


def micro_f1(rows: Sequence[Counts]) -> float:
    """F1 over the pooled items of all documents.

    >>> micro_f1([counts({1, 2}, {2, 3}), counts({5}, {5})])
    0.6666666666666666
    """
    hits = sum(r.hits for r in rows)
    wrong = sum(r.extra + r.missed for r in rows)
    return share(2 * hits, 2 * hits + wrong)


def bootstrap_interval(
    rows: Sequence[T], metric: Callable[[Sequence[T]], float], resamples: int = RESAMPLES
) -> tuple[float, float]:
    """95 % interval of `metric` by drawing whole documents (`rows`) with replacement.

    The seed is fixed, so that the same results give the same interval. No rows give (0, 0).
    """
    if not rows:
        return 0.0, 0.0
    draw = random.Random(_SEED)
    values = sorted(metric(draw.choices(rows, k=len(rows))) for _ in range(resamples))
    cut = int(resamples * 0.025)
    return values[cut], values[-cut - 1]


def set_f1(given: Collection[object], expected: Collection[object]) -> float:
    """F1 of one item's set; 0 where either is empty.

    >>> set_f1({1, 2}, {2})
    0.6666666666666666
    """
    return micro_f1([counts(given, expected)]) if given and expected else 0.0
