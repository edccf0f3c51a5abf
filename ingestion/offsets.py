"""Edits of a text that never lose the way back to the original.

Every edit replaces a stretch by at most as many characters, so each character of the
edited text has its own character in the original: the map is strictly increasing, and
`from_raw(to_raw(i)) == i` holds for every offset.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Edit = tuple[int, int, str]
Offsets = NDArray[np.int32]


@dataclass(frozen=True)
class Edited:
    """A text and, for each of its offsets (the end included), the offset in the original.

    >>> e = Edited.of("2017 年").apply([(4, 5, "")])
    >>> e.text, int(e.origin[4])
    ('2017年', 5)
    """

    text: str
    origin: Offsets = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Edited:
        return cls(text, np.arange(len(text) + 1, dtype=np.int32))

    def apply(self, edits: Iterable[Edit]) -> Edited:
        """The text with `edits` made: disjoint, in order of their start.

        Raises ValueError where an edit overlaps the one before or makes the text longer.
        """
        pieces: list[str] = []
        origins: list[Offsets] = []
        text, origin, done = self.text, self.origin, 0
        for start, end, replacement in edits:
            kept = start + len(replacement)
            if start < done or kept > end:
                raise ValueError(f"edit {start}:{end} -> {replacement!r} after {done}")
            pieces.append(text[done:start])
            pieces.append(replacement)
            origins.append(origin[done:kept])
            done = end
        if not pieces:
            return self
        pieces.append(text[done:])
        origins.append(origin[done:])
        return Edited("".join(pieces), np.concatenate(origins))

    def replaced(self, text: str) -> Edited:
        """The same places under other characters, one for one."""
        if len(text) != len(self.text):
            raise ValueError("not the same length")
        return Edited(text, self.origin)

    def from_original(self, offset: int) -> int:
        """The first offset here that stands at or after `offset` of the original."""
        # A plain number would have the whole array widened to its size.
        return int(np.searchsorted(self.origin, np.int32(offset)))
