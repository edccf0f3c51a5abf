"""The second planter: kinds of defects listed without the first, one in a pair at a time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from importlib import import_module

from eval_sets.planting.second_core import KINDS, Kinds, Spoiled, Texts, enriched

for _module in ("second_persons", "second_facts"):
    import_module(f"eval_sets.planting.{_module}")

__all__ = ["KINDS", "Spoiled", "Texts", "enriched", "spoiled"]


def spoiled(
    pairs: list[Texts], kind: str, most: int, seed: int = 7, kinds: Kinds = KINDS
) -> Iterator[Spoiled]:
    """The kind planted in up to `most` of the pairs, taken in an order of the seed's."""
    category, document, mutate = kinds[kind]
    chance = random.Random(f"{seed}-{kind}")
    order = list(pairs)
    chance.shuffle(order)
    done = 0
    for texts in order:
        if done == most:
            return
        text = texts.indictment if document == "indictment" else texts.judgment
        edit = mutate(text, texts, chance)
        if edit is None or edit[1] not in edit[0]:
            continue
        done += 1
        yield Spoiled(texts.put(document, edit[0]), kind, category, document, edit[1], edit[2])
