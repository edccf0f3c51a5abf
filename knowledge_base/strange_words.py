"""Texts that no court document holds and that seem written for a program, as data."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from knowledge_base.loader import Row, rows

Kind = Literal["order", "code", "filler"]


class StrangeWords(Row):
    """`pattern` is a regular expression; case does not matter."""

    kind: Kind
    pattern: str


@cache
def strange_words() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """Every pattern with its kind, in the order of the table."""
    return tuple(
        (row.kind, re.compile(row.pattern, re.IGNORECASE))
        for row in rows("strange_words", StrangeWords)
    )
