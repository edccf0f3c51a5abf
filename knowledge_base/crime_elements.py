"""What a charge makes a document say: its elements and the words by which they are known."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from knowledge_base import charges
from knowledge_base.loader import Row, rows

Part = Literal["fact", "result", "reasoning", "evidence", "electronic", "act", "complaint"]


class Element(Row):
    """One element of some charges; `cues`, `when` and `unless` are regular expressions.

    `part` says where in the document the cues belong (see the head of the table). An element
    of part "act" is named by the word of the selective charge that it stands for.
    """

    charges: tuple[str, ...]
    part: Part
    name: str
    cues: str
    when: str | None = None
    unless: str | None = None

    def applies(self, story: str) -> bool:
        """Whether a story of this kind has to show it."""
        if self.when is not None and not pattern(self.when).search(story):
            return False
        return self.unless is None or not pattern(self.unless).search(story)

    def told(self, text: str) -> bool:
        return pattern(self.cues).search(text) is not None


@cache
def pattern(cues: str) -> re.Pattern[str]:
    return re.compile(cues)


@cache
def all() -> tuple[Element, ...]:
    return rows("crime_elements", Element)


@cache
def of(charge: str, part: Part) -> tuple[Element, ...]:
    """The elements of a charge, however it is written, that belong in that part."""
    found = charges.match(charge)
    name = found.name if found else charge
    return tuple(e for e in all() if e.part == part and name in e.charges)


def lacking(charge: str, part: Part, story: str, text: str) -> list[Element]:
    """The elements that a story of that charge has to show and `text` does not."""
    return [e for e in of(charge, part) if e.applies(story) and not e.told(text)]
