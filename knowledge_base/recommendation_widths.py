"""How wide a recommended range of a penalty may be."""

from __future__ import annotations

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


def widest(main: str, months: int) -> int | None:
    """Most months between the ends of a range around `months`; None where none is set."""
    fitting = [r for r in _all() if r.main == main and r.from_months <= months]
    return max(fitting, key=lambda r: r.from_months).width if fitting else None
