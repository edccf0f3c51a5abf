"""How wide a recommended range of a penalty may be."""

from __future__ import annotations

from datetime import date
from functools import cache

from knowledge_base.loader import Row, rows


class Width(Row):
    """Ranges of `main` that begin at `from_months` or above span at most `width` months."""

    main: str
    from_months: int
    width: int


@cache
def _all() -> tuple[Width, ...]:
    return rows("recommendation_widths", Width)


def widest(main: str, months: int, on: date | None) -> int | None:
    """Most months between the ends of a range around `months` on a day; None where none is set.

    An unknown day is one of today's rules.
    """
    held = [r for r in _all() if r.in_force(on)]
    fitting = [r for r in held if r.main == main and r.from_months <= months]
    return max(fitting, key=lambda r: r.from_months).width if fitting else None
