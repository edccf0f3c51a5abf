"""What may have been meant where the text reads oddly: one small edit at a time.

Every rule works on all odd places of a text at once; ragged lists are laid out flat, as
(place, element) pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assistant.proofreading.language import HISTORY, Language, language
from assistant.proofreading.sounds import SAME, Sounds, sounds
from knowledge_base.language_data import Codes, Keys, language_data

_LEAST_PAIR = 2.5
"""Two characters met three times may be a word; counts are stored with an error of 5 %."""

Indices = NDArray[np.intp]


class Kind(IntEnum):
    """What was done wrong, from the likeliest to the least."""

    SOUND = 0  # one character for another of the same sound
    NEAR_SOUND = 1
    OTHER = 2  # one character for an unlike one
    EXTRA = 3
    DOUBLED = 4
    MISSING = 5
    SWAPPED = 6
    WORD = 7  # a word of two characters for another of the same sound
    NEAR_WORD = 8
    EXTRA_TWO = 9
    DOUBLED_TWO = 10


@dataclass(frozen=True)
class Proposals:
    """Edits of one shape: `codes[at:at + length]` should read `instead` (a row each)."""

    at: Indices
    length: int
    instead: Codes
    kind: NDArray[np.int8]


@dataclass(frozen=True)
class _Index:
    """Members sorted by key: those of key k are `members[starts(k):ends(k)]`."""

    keys: Keys
    members: Codes

    def pairs(self, wanted: Keys) -> tuple[Indices, Indices]:
        """(index into `wanted`, index into `members`) of every match."""
        first = np.searchsorted(self.keys, wanted, "left")
        sizes = np.searchsorted(self.keys, wanted, "right") - first
        owner = np.repeat(np.arange(len(wanted)), sizes)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return owner, np.repeat(first, sizes) + within


def _index(keys: Keys, members: Codes) -> _Index:
    order = np.argsort(keys, kind="stable")
    return _Index(keys[order], members[order])


def chinese(codes: Codes) -> NDArray[np.bool_]:
    return (codes >= 0x4E00) & (codes <= 0x9FFF)


def _gram(*codes: Codes) -> Keys:
    found = np.zeros(len(codes[0]), np.uint64)
    for code in codes:
        found = (found << np.uint64(16)) | code
    return found


def _distinct(some: Indices, others: NDArray[np.int64]) -> tuple[Indices, NDArray[np.int64]]:
    """Each pair once, in order. Both stay under 2^31."""
    pairs = np.unique((some.astype(np.int64) << 32) | others)
    return pairs >> 32, pairs & 0xFFFF_FFFF


class Proposer:
    """Finds proposals with the characters, pairs and triples that the counts hold."""

    def __init__(self, model: Language, heard: Sounds, words: Keys) -> None:
        self._model = model
        self._heard = heard
        characters = model.grams(1)[0].astype(np.uint16)
        characters = characters[chinese(characters)]
        self._by_sound = self._sounding(characters[:, None])
        pairs, counts = model.grams(2)
        pairs = np.union1d(pairs[counts >= _LEAST_PAIR], words[(words >> np.uint64(32)) == 0])
        two = np.stack([pairs >> np.uint64(16), pairs & np.uint64(0xFFFF)], 1).astype(np.uint16)
        self._words = self._sounding(two[chinese(two).all(axis=1)])
        self._between = self._middles(model.grams(3)[0])

    def _ways(self, words: Codes) -> tuple[Indices, Keys]:
        """(row, key) of every way each row of characters may sound."""
        row, key = np.arange(len(words)), np.zeros(len(words), np.int64)
        for place in range(words.shape[1]):
            heard = self._heard.near[words[row, place]].astype(np.int64)
            way, column = np.nonzero(heard >= 0)
            row, key = row[way], key[way] * self._heard.kinds + heard[way, column]
        row, key = _distinct(row, key)
        return row, key.astype(np.uint64)

    def _sounding(self, words: Codes) -> _Index:
        """Rows of characters under every way they may sound."""
        row, key = self._ways(words)
        return _index(key, words[row])

    def _middles(self, triples: Keys) -> _Index:
        """The middle characters of known triples under the pair around them."""
        middle = ((triples >> np.uint64(16)) & np.uint64(0xFFFF)).astype(np.uint16)
        outer = ((triples >> np.uint64(32)) << np.uint64(16)) | (triples & np.uint64(0xFFFF))
        return _index(outer[chinese(middle)], middle[chinese(middle)])

    def proposals(self, codes: Codes, places: Indices) -> list[Proposals]:
        """Edits at `places` of padded `codes`; each place is the first code that is changed."""
        one = places[chinese(codes[places])]
        two = one[chinese(codes[one + 1])]
        return [
            self._exchanged(codes, one),
            self._exchanged_word(codes, two),
            self._left_out(codes, one, 1),
            self._left_out(codes, two, 2),
            self._swapped(codes, two),
            self._inserted(codes, places),
        ]

    def _met(self, some: Codes, others: Codes) -> NDArray[np.bool_]:
        """Whether one character was ever seen right before the other."""
        return self._model.count(_gram(some, others), 2) > 0

    def _exchanged(self, codes: Codes, places: Indices) -> Proposals:
        row, key = self._ways(codes[places][:, None])
        owner, member = self._by_sound.pairs(key)
        at, other = places[row[owner]], self._by_sound.members[member, 0]
        known = self._met(codes[at - 1], other) | self._met(other, codes[at + 1])
        at, other = at[known], other[known]
        owner, member = self._between.pairs(_gram(codes[places - 1], codes[places + 1]))
        at, code = _distinct(
            np.r_[at, places[owner]],
            np.r_[other, self._between.members[member]].astype(np.int64),
        )
        other = code.astype(np.uint16)
        at, other = at[other != codes[at]], other[other != codes[at]]
        alike = self._heard.likeness(codes[at], other)
        kind = np.where(alike == SAME, Kind.SOUND, np.where(alike, Kind.NEAR_SOUND, Kind.OTHER))
        return Proposals(at, 1, other[:, None], kind.astype(np.int8))

    def _exchanged_word(self, codes: Codes, places: Indices) -> Proposals:
        written = np.stack([codes[places], codes[places + 1]], 1)
        row, key = self._ways(written)
        owner, member = self._words.pairs(key)
        at, member = _distinct(places[row[owner]], member)
        word = self._words.members[member]
        changed = (word[:, 0] != codes[at]) & (word[:, 1] != codes[at + 1])
        at, word = at[changed], word[changed]
        changed = self._met(codes[at - 1], word[:, 0]) | self._met(word[:, 1], codes[at + 2])
        at, word = at[changed], word[changed]
        same = self._heard.likeness(codes[at], word[:, 0]) == SAME
        same &= self._heard.likeness(codes[at + 1], word[:, 1]) == SAME
        kind = np.where(same, Kind.WORD, Kind.NEAR_WORD).astype(np.int8)
        return Proposals(at, 2, word, kind)

    def _left_out(self, codes: Codes, places: Indices, length: int) -> Proposals:
        places = places[self._met(codes[places - 1], codes[places + length])]
        doubled = np.ones(len(places), bool)
        for offset in range(length):
            doubled &= codes[places + offset] == codes[places + offset + length]
        kinds = (Kind.DOUBLED, Kind.EXTRA) if length == 1 else (Kind.DOUBLED_TWO, Kind.EXTRA_TWO)
        nothing = np.zeros((len(places), 0), np.uint16)
        return Proposals(places, length, nothing, np.where(doubled, *kinds).astype(np.int8))

    def _swapped(self, codes: Codes, places: Indices) -> Proposals:
        first, second = codes[places], codes[places + 1]
        places = places[(first != second) & self._met(second, first)]
        turned = np.stack([codes[places + 1], codes[places]], 1)
        return Proposals(places, 2, turned, np.full(len(places), Kind.SWAPPED, np.int8))

    def _inserted(self, codes: Codes, places: Indices) -> Proposals:
        """A character between the place and the code before it."""
        owner, member = self._between.pairs(_gram(codes[places - 1], codes[places]))
        kind = np.full(len(owner), Kind.MISSING, np.int8)
        return Proposals(places[owner], 0, self._between.members[member][:, None], kind)

    def gain(self, codes: Codes, logs: NDArray[np.float64], made: Proposals) -> NDArray[np.float64]:
        """By how much each proposal makes the text likelier (natural logarithm).

        `logs` are the log chances of every code as written.
        """
        at = made.at[:, None]
        left = codes[at + np.arange(-HISTORY, 0)]
        right = codes[at + made.length + np.arange(HISTORY)]
        rows = np.concatenate([left, made.instead, right], axis=1)
        total = np.r_[0.0, np.cumsum(logs)]
        before = total[made.at + made.length + HISTORY] - total[made.at]
        gain: NDArray[np.float64] = self._model.windows(rows) - before
        return gain


@cache
def proposer() -> Proposer:
    return Proposer(language(), sounds(), language_data().words[0])
