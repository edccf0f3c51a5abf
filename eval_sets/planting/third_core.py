"""What the mutators of the third planter share."""

from __future__ import annotations

import re
from collections.abc import Callable

from eval_sets.planting.second_core import Document, Edit, Kinds, Mutator, kind, operative

CLERK: Kinds = {}


def slip(name: str, category: str, document: Document) -> Callable[[Mutator], Mutator]:
    """Registers a kind of the third planter."""
    return kind(name, category, document, CLERK)


def put(text: str, start: int, end: int, now: str, quote: str | None = None) -> Edit | None:
    """The text with `now` in place of a range; quotes `now` unless told other words."""
    was = text[start:end]
    if was == now:
        return None
    return text[:start] + now + text[end:], now if quote is None else quote, was


def body(text: str) -> str:
    """A judgment without the statutes appended to it."""
    return re.split(r"附[：:]|本案适用的?法律|相关法律条文", text)[0]


def charged(text: str) -> str:
    """The part of a judgment in which the accusation and the facts stand."""
    end = text.find("本院认为")
    return text[: end if end > 0 else operative(text)]


def swapped(digits: str) -> str | None:
    """Two neighbouring, different digits changed over; None where all are alike."""
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1] and not (at == 0 and digits[1] == "0"):
            return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    return None
