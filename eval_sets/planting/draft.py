"""A pair under work: the two texts and the small edits that plant a defect in them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from eval_sets.planting.source import Source


class Planted(NamedTuple):
    """A defect: `quote` are the changed words as they stand now, `was` what they were."""

    category: str
    document: str
    quote: str
    was: str
    kind: str


@dataclass
class Draft:
    """The pair as it grows; `touched` are words a later defect must leave alone."""

    source: Source
    indictment: str
    judgment: str
    touched: list[str] = field(default_factory=list)

    def text(self, document: str) -> str:
        return self.indictment if document == "indictment" else self.judgment

    def put(self, document: str, text: str) -> None:
        if document == "indictment":
            self.indictment = text
        else:
            self.judgment = text


Plant = Callable[[Draft, random.Random], Planted | None]
_DEFECTS: dict[str, Plant] = {}


def defect(kind: str) -> Callable[[Plant], Plant]:
    """Registers a kind of defect under its name."""

    def register(function: Plant) -> Plant:
        _DEFECTS[kind] = function
        return function

    return register


def kinds() -> dict[str, Plant]:
    """Every kind of defect, by its name."""
    return dict(_DEFECTS)


def swap(
    draft: Draft,
    document: str,
    category: str,
    kind: str,
    start: int,
    was: str,
    now: str,
    quote: str,
) -> Planted | None:
    """Puts `now` in the place of `was` at `start`; `quote` is what a reader would point at."""
    text = draft.text(document)
    changed = text[:start] + now + text[start + len(was) :]
    if quote not in changed or was == now:
        return None
    draft.put(document, changed)
    return Planted(category, document, quote, was, kind)


def reasoning_at(text: str) -> int:
    """Where the reasoning of either document begins."""
    return max(text.rfind("本院认为"), 0)


def facts_range(draft: Draft) -> tuple[int, int]:
    """Where the facts of the indictment stand."""
    start = draft.indictment.find(draft.source.facts[:20])
    return start, draft.indictment.find("认定上述事实", start)


def found_facts_at(draft: Draft) -> tuple[int, int] | None:
    """Where the court's own finding of facts stands in the judgment."""
    found = re.search(r"经(?:[^，。：]{0,6})审理查明", draft.judgment[: draft.source.operative_at])
    if found is None:
        return None
    end = draft.judgment.find("本院认为", found.end())
    return (found.end(), end) if end > found.end() else None


def pick(chance: random.Random, found: list[re.Match[str]]) -> re.Match[str] | None:
    return chance.choice(found) if found else None
