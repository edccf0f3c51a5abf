"""What single words say of the charge: how telling each is, and for which charges it speaks.

电缆线 tells more of a case than 上午, however rare either is. The file holds numbers only, by
the words' hashes; `eval_sets.training.term_space` makes it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.retrieval.tokens import term_id, terms

FILE = Path(__file__).with_name("term_space.npz")
_UNKNOWN = 0.5  # telling, in nats, of a word that the training data did not have


@dataclass(frozen=True)
class TermSpace:
    """`telling` (words,): how far a word moves the charges' shares from the usual, in nats.

    `votes` (words, charges): what one occurrence adds for a charge, in steps of `step`.
    """

    places: Mapping[int, int]
    charges: tuple[str, ...]
    telling: NDArray[np.float32]
    votes: NDArray[np.int8]
    step: float

    def weight(self, term: int) -> float:
        """By how much a word counts more than its rarity alone: 1 and up."""
        place = self.places.get(term)
        return 1.0 + (_UNKNOWN if place is None else float(self.telling[place]))

    def shares(self, text: str) -> dict[str, float]:
        """Charges that the words of a text speak for, with their shares of 1; may be empty."""
        counted = Counter(map(term_id, terms(text)))
        known = [(self.places[t], 1 + math.log(n)) for t, n in counted.items() if t in self.places]
        if not known:
            return {}
        rows = self.votes[[place for place, _ in known]].astype(np.float32) * self.step
        sums = np.maximum(np.array([n for _, n in known], dtype=np.float32) @ rows, 0.0) ** 2
        total = float(sums.sum())
        if not total:
            return {}
        return {self.charges[at]: float(sums[at]) / total for at in np.flatnonzero(sums)}


@cache
def space() -> TermSpace:
    """The shipped one."""
    with np.load(FILE) as stored:
        places = {int(term): place for place, term in enumerate(stored["terms"])}
        return TermSpace(
            places,
            tuple(str(name) for name in stored["charges"]),
            stored["telling"].astype(np.float32),
            stored["votes"],
            float(stored["step"]),
        )
