"""What speaks for each proposal, as numbers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.proofreading.language import HISTORY, language, padded
from assistant.proofreading.lawful import Allowed
from assistant.proofreading.proposals import Kind, Proposals, proposer
from assistant.proofreading.words import around, fluency, in_word
from knowledge_base.language_data import Codes, keys

Numbers = NDArray[np.float64]

_ODD = -8.0
"""A place is odd where a character near it has a chance under e^-8: one in 3,000."""

_LEAST = {
    Kind.SOUND: 5.0,
    Kind.NEAR_SOUND: 8.0,
    Kind.OTHER: 12.0,
    Kind.EXTRA: 10.0,
    Kind.DOUBLED: 5.0,
    Kind.MISSING: 7.0,
    Kind.SWAPPED: 5.0,
    Kind.WORD: 8.0,
    Kind.NEAR_WORD: 14.0,
    Kind.EXTRA_TWO: 18.0,
    Kind.DOUBLED_TWO: 8.0,
}
"""Proposals that gain less than this are not looked at; it only saves time."""

FEATURES = (
    *(kind.name.lower() for kind in Kind),
    "gain",
    "words",
    "ahead",
    "oddest",
    "oddness",
    "before",
    "after",
    "middle",
    "was_word",
    "is_word",
)


@dataclass(frozen=True)
class Candidate:
    """`text[start:end]` should read `right`; `features` in the order of FEATURES."""

    start: int
    end: int
    right: str
    kind: Kind
    features: tuple[float, ...]


@dataclass(frozen=True)
class _Found:
    """A proposal that gains enough, in offsets of the text."""

    start: int
    end: int
    right: str
    kind: Kind
    gain: float


def candidates(text: str, names: Collection[str] = ()) -> list[Candidate]:
    """Every proposal worth weighing, in the order of the text; none inside `names`."""
    if not text:
        return []
    codes = padded(text)
    logs = language().positions(codes)
    odd = np.lib.stride_tricks.sliding_window_view(logs, HISTORY + 1).min(axis=1)
    inside = np.arange(HISTORY, len(codes) - HISTORY)
    places = inside[odd[inside] < _ODD]
    found = [
        one for made in proposer().proposals(codes, places) for one in _gaining(codes, logs, made)
    ]
    allowed = Allowed(text, [(one.start, one.end, one.right) for one in found], names)
    found = [one for one in found if allowed(one.start, one.end, one.right)]
    return _described(text, codes, logs, sorted(found, key=lambda one: one.start))


def _gaining(codes: Codes, logs: Numbers, made: Proposals) -> Iterator[_Found]:
    gain = proposer().gain(codes, logs, made)
    for row in np.flatnonzero(gain >= np.array([_LEAST[kind] for kind in Kind])[made.kind]):
        start = int(made.at[row]) - HISTORY
        right = "".join(map(chr, made.instead[row].tolist()))
        kind = Kind(int(made.kind[row]))
        yield _Found(start, start + made.length, right, kind, float(gain[row]))


def _described(text: str, codes: Codes, logs: Numbers, found: Sequence[_Found]) -> list[Candidate]:
    ahead = _ahead(found)
    known = [np.log1p(language().count(keys(codes, n), n)) for n in (2, 3)]
    described = []
    for n, one in enumerate(found):
        at, last = one.start + HISTORY, one.end + HISTORY
        stretch = logs[at : last + HISTORY]
        features = (
            *(float(one.kind == other) for other in Kind),
            one.gain,
            _words(text, one.start, one.end, one.right),
            ahead[n],
            float(stretch.min()),
            float(stretch.mean()),
            float(known[0][at - 1]),
            float(known[0][last - 1]),
            float(known[1][at - 1]),
            float(in_word(text, one.start, one.end)),
            float(in_word(text, one.start, one.end, one.right)),
        )
        described.append(Candidate(one.start, one.end, one.right, one.kind, features))
    return described


def _words(text: str, start: int, end: int, right: str) -> float:
    """How much better the surroundings fall into words."""
    left, close = around(text, start, end)
    return fluency(text[left:start] + right + text[end:close]) - fluency(text[left:close])


_FAR_AHEAD = 5.0


def _ahead(found: Sequence[_Found]) -> list[float]:
    """How much more each proposal gains than the best other one for the same characters."""
    best: dict[int, tuple[float, float]] = defaultdict(lambda: (-math.inf, -math.inf))
    for one in found:
        for place in _places(one):
            first, second = best[place]
            best[place] = (max(first, one.gain), max(second, min(first, one.gain)))
    ahead = []
    for one in found:
        rivals = (best[place][one.gain == best[place][0]] for place in _places(one))
        ahead.append(max(min(one.gain - max(rivals), _FAR_AHEAD), -_FAR_AHEAD))
    return ahead


def _places(one: _Found) -> range:
    return range(one.start, max(one.end, one.start + 1))
