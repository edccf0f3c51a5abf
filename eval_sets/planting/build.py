"""Pairs of an indictment and a judgment: half as they should be, half with known defects."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from eval_sets.planting.draft import Draft, Planted, kinds
from eval_sets.planting.layouts import LAYOUTS
from eval_sets.planting.source import read

for _module in ("in_indictment", "in_form", "in_judgment"):
    import_module(f"eval_sets.planting.{_module}")


@dataclass(frozen=True)
class Pair:
    """One pair in the form of the suite `planted`."""

    id: str
    indictment: str
    judgment: str
    planted: tuple[Planted, ...]

    def row(self) -> dict[str, Any]:
        """The pair as a JSON row."""
        return {
            "id": self.id,
            "indictment": self.indictment,
            "judgment": self.judgment,
            "planted": [planted._asdict() for planted in self.planted],
        }


def _survive(draft: Draft, planted: list[Planted]) -> bool:
    """Every planted quote still stands in its document."""
    return all(p.quote in draft.text(p.document) for p in planted)


def _plant(draft: Draft, chance: random.Random) -> tuple[Planted, ...]:
    """One to three defects of different kinds; a kind that does not fit the case is passed over."""
    wanted = chance.randint(1, 3)
    names = list(kinds())
    chance.shuffle(names)
    planted: list[Planted] = []
    for name in names:
        if len(planted) == wanted:
            break
        before = draft.indictment, draft.judgment
        new = kinds()[name](draft, chance)
        clash = new is not None and any(
            new.category == p.category or new.quote in p.quote or p.quote in new.quote
            for p in planted
        )
        # A wrong title keeps the whole document from being read: it is planted alone.
        alone = new is not None and "wrong_title" in {new.kind, *(p.kind for p in planted)}
        if new is None or clash or (alone and planted) or not _survive(draft, [*planted, new]):
            draft.indictment, draft.judgment = before
        else:
            planted.append(new)
    return tuple(planted)


def build(rows: Iterable[dict[str, str]], seed: int) -> Iterator[Pair]:
    """A pair for each judgment row (`text_id`, `fd`, `text`) that tells enough to rebuild.

    The same rows and seed give the same pairs.
    """
    for index, row in enumerate(rows):
        source = read(row)
        if source is None:
            continue
        chance = random.Random(f"{seed}-{row['text_id']}")
        layout = LAYOUTS[index % len(LAYOUTS)]
        draft = Draft(source, layout(source, chance), source.judgment)
        planted = _plant(draft, chance) if chance.random() < 0.5 else ()
        yield Pair(source.id, draft.indictment, draft.judgment, planted)
