"""Which characters and words sound alike, tones aside."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge_base.language_data import Codes, LanguageData, language_data

SAME: Final = 2
NEAR: Final = 1
_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "l": "n"}


def blurred(syllable: str) -> str:
    """The syllable as those hear it who do not tell zh from z, l from n, -ng from -n.

    >>> blurred("zheng"), blurred("lan"), blurred("shi")
    ('zen', 'nan', 'si')
    """
    for initial, other in _INITIALS.items():
        if syllable.startswith(initial):
            syllable = other + syllable[len(initial) :]
            break
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable


class Sounds:
    """Readings by character code. `-1` fills the columns of characters with fewer readings."""

    def __init__(self, data: LanguageData) -> None:
        characters, readings, syllables = data.characters, data.readings, data.syllables
        names = sorted({blurred(syllable) for syllable in syllables})
        blur = np.array([names.index(blurred(syllable)) for syllable in syllables], np.int16)
        order = np.argsort(characters, kind="stable")
        characters, readings = characters[order], readings[order]
        starts = np.searchsorted(characters, characters)
        column = np.arange(len(characters)) - starts
        shape = (0x10000, int(column.max()) + 1)
        self.exact = np.full(shape, -1, np.int16)
        self.exact[characters, column] = readings
        self.near = np.full(shape, -1, np.int16)
        self.near[characters, column] = blur[readings]
        self.kinds = len(names)

    def likeness(self, some: Codes, others: Codes) -> NDArray[np.int8]:
        """SAME, NEAR or 0 for each pair of characters."""

        def shared(table: NDArray[np.int16]) -> NDArray[np.bool_]:
            one, other = table[some][:, :, None], table[others][:, None, :]
            found: NDArray[np.bool_] = ((one == other) & (one >= 0)).any(axis=(1, 2))
            return found

        return np.where(shared(self.exact), SAME, np.where(shared(self.near), NEAR, 0)).astype(
            np.int8
        )


@cache
def sounds() -> Sounds:
    return Sounds(language_data())
