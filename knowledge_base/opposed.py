"""Words that cannot both be true of one act or person, as data."""

from __future__ import annotations

import re
from functools import cache

from pydantic import Field

from knowledge_base.loader import Row, rows


class Opposed(Row):
    """A matter and its alternatives, each a regular expression; at most one holds."""

    matter: str
    alternatives: tuple[str, ...] = Field(min_length=2)


@cache
def opposed() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    """Each matter with its alternatives ready to search."""
    return tuple(
        (row.matter, tuple(re.compile(a) for a in row.alternatives))
        for row in rows("opposed_words", Opposed)
    )
