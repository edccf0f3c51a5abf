"""Edits that only say the same in another way, or touch what must not be touched."""

from __future__ import annotations

from knowledge_base import wording

_MASKS = frozenset("某×＊*")


def no_slip(written: str, right: str, beside: str) -> bool:
    """Whether `written` may stand where `right` is proposed; `beside` is the next character.

    >>> no_slip("均", "", "起"), no_slip("均", "", "均"), no_slip("与", "以", "采")
    (True, False, False)
    """
    if _MASKS & {*written, *right}:
        return True
    if len(written) == len(right) == 1:
        return wording.exchangeable(written, right)
    if len(written) + len(right) == 1:
        # A character written twice in a row is one too many, whatever it is.
        return (written or right) in wording.optional_characters() and written != beside
    return False
