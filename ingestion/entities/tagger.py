"""Ten kinds of entities in the sentences of a theft case: who, what, worth, where, when, how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from ingestion.entities.features import features, hashed
from ingestion.entities.weights import layers

Kind = Literal[
    "suspect", "victim", "cash", "value", "gain", "goods", "tool", "time", "place", "organisation"
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Entity:
    """An entity at `start:end` of the sentence. Goods and places may contain other kinds."""

    kind: Kind
    start: int
    end: int


def spans_of(labels: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of each run of one B-kind and its I-kind labels."""
    start = 0
    while start < len(labels):
        mark, _, kind = labels[start].partition("-")
        end = start + 1
        while mark == "B" and end < len(labels) and labels[end] == f"I-{kind}":
            end += 1
        if mark == "B":
            yield kind, start, end
        start = end


def find_entities(sentence: str) -> list[Entity]:
    """Every entity of one sentence, in its order.

    Trained on theft cases; on other matter it is a guess. Every mention counts, so a person
    named twice is found twice.
    """
    rows = hashed(features(sentence))
    found = [
        Entity(kind, start, end)
        for layer in layers()
        for name, start, end in spans_of(layer.best(rows))
        for kind in KINDS
        if kind == name
    ]
    return sorted(found, key=lambda e: (e.start, e.end))
