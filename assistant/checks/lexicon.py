"""Finds the slips of legal writing that the knowledge base knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from knowledge_base import wording

_LONG = 9
"""Shorter expressions lose a character lawfully too often (证据确实充分)."""


_OPTIONAL = frozenset("的了者以应当计之其已、，。：")
"""Characters that fixed expressions lawfully do without."""


def one_apart(one: str, other: str) -> bool:
    """Whether they are of one length and differ in a single character."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


class Slip(NamedTuple):
    """`text[start:end]` should read `right`."""

    start: int
    end: int
    right: str


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def confusions(text: str) -> Iterator[Slip]:
    """Words of the confusion list."""
    for row in wording.confusions():
        for at in _occurrences(text, row.wrong):
            end = at + len(row.wrong)
            before, after = text[max(at - 1, 0) : at], text[end : end + 1]
            if not (before and before in row.not_after) and not (after and after in row.not_before):
                yield Slip(at, end, row.right)


def misspelt(text: str) -> Iterator[Slip]:
    """Words of legal writing with a character of like sound or shape in the place of another.

    Longer words first: 征人证言 is 证人证言 and not a slip in 证人.
    """
    for wrong, right in wording.misspellings().items():
        for at in _occurrences(text, wrong):
            yield Slip(at, at + len(wrong), right)


def _one_off(text: str, phrase: str) -> Iterator[int]:
    """Offsets where `text` differs from `phrase` in exactly one character.

    One of the phrase's two halves must stand there unchanged, which makes the search quick.
    """
    half = len(phrase) // 2
    starts = set(_occurrences(text, phrase[:half]))
    starts |= {at - half for at in _occurrences(text, phrase[half:]) if at >= half}
    for start in starts:
        window = text[start : start + len(phrase)]
        if one_apart(window, phrase):
            yield start


def _one_short(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Stretches of `text` that are `phrase` with one inner character left out."""
    for left_out in range(1, len(phrase) - 1):
        written = phrase[:left_out] + phrase[left_out + 1 :]
        # Of two equal neighbours either may be the one left out: count it once.
        if phrase[left_out] in _OPTIONAL or phrase[left_out] == phrase[left_out + 1]:
            continue
        if written in wording.phrase_variants():
            continue
        for start in _occurrences(text, written):
            yield start, start + len(written)


def _one_doubled(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Stretches that are `phrase` with one Chinese character written twice."""
    for at, character in enumerate(phrase):
        # Doubled at its head the phrase may follow a word that ends alike (采取取保候审).
        if at and "\u4e00" <= character <= "\u9fff":
            written = phrase[: at + 1] + phrase[at:]
            for start in _occurrences(text, written):
                yield start, start + len(written)


def near_phrases(text: str) -> Iterator[Slip]:
    """Fixed expressions with one character wrong."""
    for row in wording.fixed_phrases():
        for start in _one_off(text, row.phrase):
            end = start + len(row.phrase)
            window = text[start:end]
            at = next(i for i, c in enumerate(row.phrase) if window[i] != c)
            # At either end the neighbouring word may simply be another one.
            inside = 0 < at < len(window) - 1 and "\u4e00" <= window[at] <= "\u9fff"
            another = wording.exchangeable(row.phrase[at], window[at])
            if inside and not another and window not in wording.phrase_variants():
                yield Slip(start, end, row.phrase)
        for start, end in _one_doubled(text, row.phrase):
            yield Slip(start, end, row.phrase)
        if len(row.phrase) >= _LONG:
            for start, end in _one_short(text, row.phrase):
                yield Slip(start, end, row.phrase)
