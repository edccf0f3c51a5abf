"""How well a stretch of text falls into words of general writing."""

from __future__ import annotations

import math
from functools import cache, lru_cache

from knowledge_base.language_data import language_data

_LONGEST = 4
_AROUND = 7


@cache
def _frequencies() -> dict[str, float]:
    """Log chance of each word; under "" that of a character which is no word."""
    keys, counts = language_data().words
    total = math.log(counts.sum())
    found = {"": -total - 1}
    for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
        codes = ((key >> shift) & 0xFFFF for shift in (48, 32, 16, 0))
        found["".join(chr(code) for code in codes if code)] = math.log(count) - total
    return found


@lru_cache(maxsize=65_536)
def fluency(stretch: str) -> float:
    """Log chance of the best division of `stretch` into words."""
    frequencies = _frequencies()
    best = [0.0] + [-math.inf] * len(stretch)
    for start in range(len(stretch)):
        best[start + 1] = max(best[start + 1], best[start] + frequencies[""])
        for end in range(start + 1, min(len(stretch), start + _LONGEST) + 1):
            value = frequencies.get(stretch[start:end])
            if value is not None and best[start] + value > best[end]:
                best[end] = best[start] + value
    return best[-1]


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """The Chinese characters around `text[start:end]`, `_AROUND` at most on either side."""
    left, right = start, end
    while left > 0 and start - left < _AROUND and "\u4e00" <= text[left - 1] <= "\u9fff":
        left -= 1
    while right < len(text) and right - end < _AROUND and "\u4e00" <= text[right] <= "\u9fff":
        right += 1
    return left, right


def in_word(text: str, start: int, end: int, right: str | None = None) -> bool:
    """Whether a word of two characters or more takes in all of `text[start:end]`.

    With `right` in its place, if given. Of a gap, the word must reach over it.

    >>> in_word("犯罪事实", 1, 2), in_word("犯罪事实", 2, 2), in_word("犯最事实", 1, 2, "罪")
    (True, False, True)
    """
    before, after = text[max(start - _LONGEST + 1, 0) : start], text[end : end + _LONGEST - 1]
    inside = text[start:end] if right is None else right
    stretch = before + inside + after
    first, last = len(before), len(before) + len(inside)
    gap = int(not inside)
    return any(
        stretch[left:close] in _frequencies()
        for left in range(first - gap + 1)
        for close in range(last + gap, len(stretch) + 1)
        if close - left > 1
    )


def is_word(written: str) -> bool:
    return written in _frequencies()
