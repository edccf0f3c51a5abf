"""How alike two charges are, and which charges facts speak of that name none.

Two charges are alike where cases of both show the same cues of the table charge_cues: 盗窃罪 is
nearer to 掩饰、隐瞒犯罪所得罪 than to 放火罪. The file holds numbers only;
`eval_sets.training.charge_space` makes it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("charge_space.npz")
_MEAN = 0.15  # the part of the mean likeness in the nearness of charges


@dataclass(frozen=True)
class ChargeSpace:
    """`likeness` is (charges, charges), 0…1, of the charges `names`, 1 on the diagonal."""

    names: tuple[str, ...]
    likeness: NDArray[np.float32]
    places: Mapping[str, int]

    def alike(self, one: str, other: str) -> float:
        """0…1; charges that no case of the training data had are like themselves alone."""
        if one == other:
            return 1.0
        first, second = self.places.get(one), self.places.get(other)
        return 0.0 if first is None or second is None else float(self.likeness[first, second])


@cache
def space() -> ChargeSpace:
    """The shipped one."""
    with np.load(FILE) as stored:
        names = tuple(str(name) for name in stored["names"])
        likeness = stored["likeness"].astype(np.float32)
    return ChargeSpace(names, likeness, {name: place for place, name in enumerate(names)})


def nearness(wanted: Mapping[str, float], charges: Collection[str]) -> float:
    """How near charges come to those wanted, each with its share.

    Mostly by the best likeness, a little by the mean one: a case of further, unlike charges is
    less alike.
    """
    if not charges:
        return 0.0
    known, total = space(), 0.0
    for name, share in wanted.items():
        alike = [known.alike(name, charge) for charge in charges]
        total += share * ((1 - _MEAN) * max(alike) + _MEAN * sum(alike) / len(alike))
    return total
