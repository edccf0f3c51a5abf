"""Which proposals are certain enough, and the text with them carried out."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.proofreading.evidence import FEATURES, Candidate, candidates
from assistant.proofreading.proposals import Kind
from knowledge_base import proofreading

Use = Literal["shown", "corrected"]

_HARDLY = 0.05
"""Less likely proposals are not even in the way of others."""


@dataclass(frozen=True)
class Correction:
    """`text[start:end]` should read `right`; `chance` is the chance that it should, 0…1."""

    start: int
    end: int
    right: str
    kind: Kind
    chance: float


def chance(candidate: Candidate) -> float:
    weights = proofreading.weights()
    odds = weights["bias"] + sum(
        weights[feature] * value
        for feature, value in zip(FEATURES, candidate.features, strict=True)
    )
    return 1 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))


def chosen(
    found: Sequence[tuple[float, Candidate]], least: Callable[[Kind], float]
) -> list[Correction]:
    """The likeliest proposals that do not touch each other, in the order of the text.

    `least` is the chance that each kind must have. A likelier proposal that does not reach its
    own is in the way of others all the same: the place is unclear.
    """
    taken: list[Correction] = []
    for likely, c in sorted(found, key=lambda pair: (-pair[0], pair[1].start)):
        if likely < _HARDLY:
            break
        if not any(c.start <= other.end and other.start <= c.end for other in taken):
            taken.append(Correction(c.start, c.end, c.right, c.kind, likely))
    sure = [correction for correction in taken if correction.chance >= least(correction.kind)]
    return sorted(sure, key=lambda correction: correction.start)


def corrections(text: str, use: Use = "shown", names: Collection[str] = ()) -> list[Correction]:
    """What should read otherwise in `text`, as certain as the `use` asks for.

    `shown`: in any document; `corrected`: in a sentence known to hold a slip. The `names` given
    are left alone wherever they stand.
    """
    found = [(chance(candidate), candidate) for candidate in candidates(text, names)]
    return chosen(found, lambda kind: proofreading.certainty(use, kind.name.lower()))


def carried_out(text: str, found: Sequence[Correction]) -> str:
    """`text` with every correction made."""
    for correction in reversed(found):
        text = text[: correction.start] + correction.right + text[correction.end :]
    return text
