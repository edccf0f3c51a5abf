"""Edits that only say the same in another way, or touch what must not be touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from assistant.proofreading.untouched import untouched
from assistant.proofreading.words import is_word
from knowledge_base import wording

_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")
_MASK = "某"
_OFTEN = 3


def no_slip(written: str, right: str, beside: str) -> bool:
    """Whether `written` may stand where `right` is proposed; `beside` is the next character.

    >>> no_slip("均", "", "起"), no_slip("均", "", "均"), no_slip("与", "以", "采")
    (True, False, False)
    """
    if _MASK in right:
        return True
    if len(written) == len(right) == 1:
        return wording.exchangeable(written, right)
    if len(written) + len(right) == 1:
        # A character written twice in a row is one too many, whatever it is.
        optional = wording.optional_characters() | _NUMERALS
        return (written or right) in optional and written != beside
    return len(written) == 2 and right == written[::-1] and is_word(written)


class Allowed:
    """Which of the proposals (start, end, right) for `text` may be made at all."""

    def __init__(
        self, text: str, proposals: Sequence[tuple[int, int, str]], names: Collection[str] = ()
    ) -> None:
        self._text = text
        self._kept = bytearray(len(text) + 1)
        for start, end in untouched(text, names):
            self._kept[start:end] = b"\1" * (end - start)
        self._times = Counter((text[start:end], right) for start, end, right in proposals)

    def __call__(self, start: int, end: int, right: str) -> bool:
        text = self._text
        # A gap lies within a stretch if the characters on both its sides do.
        inside = self._kept[start:end] or self._kept[start : start + 1]
        if any(inside) and (start < end or (start and self._kept[start - 1])):
            return False
        if no_slip(text[start:end], right, text[end : end + 1]):
            return False
        # What a document writes again and again is its word, not its slip.
        if self._times[text[start:end], right] >= _OFTEN:
            return False
        beside = 2 if start == end else 1
        around = text[max(start - beside, 0) : end + beside]
        return text.count(around) == 1
