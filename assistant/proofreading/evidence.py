"""What speaks for each proposal, as numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.proofreading.language import HISTORY, language, padded
from assistant.proofreading.lawful import no_slip
from assistant.proofreading.proposals import Kind, Proposals, proposer
from assistant.proofreading.words import around, fluency
from knowledge_base.language_data import Codes, keys

Numbers = NDArray[np.float64]

_ODD = -7.0
"""A place is odd where a character near it has a chance under e^-7: about one in 1,100."""

_LEAST = {
    Kind.SOUND: 3.0,
    Kind.NEAR_SOUND: 4.5,
    Kind.OTHER: 7.0,
    Kind.EXTRA: 3.5,
    Kind.DOUBLED: 2.0,
    Kind.MISSING: 3.0,
    Kind.SWAPPED: 3.5,
    Kind.WORD: 4.0,
    Kind.NEAR_WORD: 7.0,
    Kind.EXTRA_TWO: 9.0,
    Kind.DOUBLED_TWO: 6.0,
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
)


@dataclass(frozen=True)
class Candidate:
    """`text[start:end]` should read `right`; `features` in the order of FEATURES."""

    start: int
    end: int
    right: str
    kind: Kind
    features: tuple[float, ...]


def candidates(text: str) -> list[Candidate]:
    """Every proposal worth weighing, in the order of the text."""
    if not text:
        return []
    codes = padded(text)
    logs = language().positions(codes)
    odd = np.lib.stride_tricks.sliding_window_view(logs, HISTORY + 1).min(axis=1)
    inside = np.arange(HISTORY, len(codes) - HISTORY)
    places = inside[odd[inside] < _ODD]
    weighed: list[tuple[int, Proposals, int, float]] = []
    for made in proposer().proposals(codes, places):
        gain = proposer().gain(codes, logs, made)
        least = np.array([_LEAST[kind] for kind in Kind])[made.kind]
        weighed += [
            (int(made.at[row]), made, int(row), float(gain[row]))
            for row in np.flatnonzero(gain >= least)
            if not _lawful(text, made, int(row))
        ]
    return _described(text, codes, logs, weighed)


def _lawful(text: str, made: Proposals, row: int) -> bool:
    start = int(made.at[row]) - HISTORY
    end = start + made.length
    right = "".join(map(chr, made.instead[row].tolist()))
    return no_slip(text[start:end], right, text[end : end + 1])


def _described(
    text: str, codes: Codes, logs: Numbers, weighed: list[tuple[int, Proposals, int, float]]
) -> list[Candidate]:
    weighed.sort(key=lambda found: found[0])
    spans = [(at - HISTORY, at - HISTORY + made.length) for at, made, _, _ in weighed]
    gains = [gain for *_, gain in weighed]
    ahead = _ahead(spans, gains)
    known = [np.log1p(language().count(keys(codes, n), n)) for n in (2, 3)]
    found = []
    for n, ((at, made, row, gain), (start, end)) in enumerate(zip(weighed, spans, strict=True)):
        right = "".join(map(chr, made.instead[row].tolist()))
        kind = Kind(int(made.kind[row]))
        stretch = logs[at : at + made.length + HISTORY]
        found.append(
            Candidate(
                start,
                end,
                right,
                kind,
                (
                    *(float(kind == other) for other in Kind),
                    gain,
                    _words(text, start, end, right),
                    ahead[n],
                    float(stretch.min()),
                    float(stretch.mean()),
                    float(known[0][at - 1]),
                    float(known[0][at + made.length - 1]),
                    float(known[1][at - 1]),
                ),
            )
        )
    return found


def _words(text: str, start: int, end: int, right: str) -> float:
    """How much better the surroundings fall into words."""
    left, close = around(text, start, end)
    return fluency(text[left:start] + right + text[end:close]) - fluency(text[left:close])


_FAR_AHEAD = 5.0


def _ahead(spans: list[tuple[int, int]], gains: list[float]) -> list[float]:
    """How much more each proposal gains than the best other one for the same characters."""
    reach = max((end for _, end in spans), default=0) + 2
    best = [[-np.inf, -np.inf] for _ in range(reach)]
    found = []
    for (start, end), gain in zip(spans, gains, strict=True):
        for place in range(start, max(end, start + 1)):
            top = best[place]
            if gain > top[0]:
                top[1], top[0] = top[0], gain
            elif gain > top[1]:
                top[1] = gain
    for (start, end), gain in zip(spans, gains, strict=True):
        rivals = [
            best[place][1] if gain == best[place][0] else best[place][0]
            for place in range(start, max(end, start + 1))
        ]
        found.append(float(np.clip(gain - max(rivals), -_FAR_AHEAD, _FAR_AHEAD)))
    return found
