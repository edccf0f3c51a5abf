"""What a draft may say beside its sources, and how process monitoring answers a problem."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from knowledge_base.loader import Row, rows


class Words(Row):
    """Words that carry no fact; `single` ones are characters that join words, `surname` those
    among them that could begin a name.
    """

    kind: Literal["single", "surname", "link", "saying", "differing", "document"]
    words: str


class Handling(Row):
    """What follows from a problem of one weight: the form, and the days for the reply."""

    severity: Literal["minor", "moderate", "serious"]
    form: str
    notice: bool
    reported: bool
    reply_days: int


def _words(*kinds: str) -> frozenset[str]:
    read = rows("drafting_words", Words)
    return frozenset(word for row in read if row.kind in kinds for word in row.words.split())


@cache
def grammar() -> re.Pattern[str]:
    """One character that joins words, or several that cannot be a name."""
    single, surname = "".join(_words("single")), "".join(_words("surname"))
    return re.compile(f"[{single}]|(?![{surname}])[{single}]+")


@cache
def free_words() -> re.Pattern[str]:
    """Longer words that a draft may use though its sources do not; found at any place."""
    words = _words("link", "saying", "differing", "document")
    # A look-ahead finds overlapping words as well, the longest at each place.
    return re.compile(f"(?=({'|'.join(sorted(words, key=len, reverse=True))}))")


@cache
def handling() -> dict[str, Handling]:
    """The row of each severity."""
    return {row.severity: row for row in rows("monitoring_notice", Handling)}
