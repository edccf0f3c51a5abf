"""How likely a character is after the three before it, from the counts of legal writing.

Absolute discounting with interpolation over n-grams of up to four characters. Everything is
vectorised over positions: a document is scored in a few milliseconds.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from knowledge_base.language_data import ORDER, Codes, Keys, Numbers, encode, language_data

_DISCOUNT = 0.9
_UNSEEN = 0.05
_CHARACTERS = 20_000
HISTORY = ORDER - 1
_EDGE = encode("\n" * HISTORY)


class Language:
    """`grams` as in `LanguageData`: sorted keys and counts by length, shortest first."""

    def __init__(self, grams: tuple[tuple[Keys, Numbers], ...]) -> None:
        self._keys = [keys for keys, _ in grams]
        self._counts = [counts for _, counts in grams]
        self._all = float(self._counts[0].sum())
        self._totals: list[Numbers] = []
        self._left_over: list[Numbers] = []
        for length in range(1, len(grams)):
            self._add_contexts(length)

    def _add_contexts(self, length: int) -> None:
        """What follows each n-gram of `length`: how often anything, and the mass left over."""
        longer, counts = self._keys[length], self._counts[length]
        context = longer >> np.uint64(16)
        starts = np.flatnonzero(np.r_[True, context[1:] != context[:-1]])
        kept = np.add.reduceat(np.maximum(counts - _DISCOUNT, 0), starts)
        at, known = self._find(length, context[starts])
        totals = np.maximum(self._counts[length - 1], 1.0)
        np.maximum.at(totals, at[known], np.add.reduceat(counts, starts)[known])
        used = np.zeros(len(totals))
        used[at[known]] = kept[known]
        self._totals.append(totals)
        self._left_over.append(np.maximum(1 - used / totals, 1e-4))

    def _find(self, length: int, keys: Keys) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        stored = self._keys[length - 1]
        if length == 1:
            at = np.searchsorted(stored, keys)
        else:
            # In a long table, keys in order are found in a third of the time: near ones share
            # what the processor has at hand.
            order = np.argsort(keys)
            at = np.empty(len(keys), np.intp)
            at[order] = np.searchsorted(stored, keys[order])
        at = np.minimum(at, len(stored) - 1)
        return at, stored[at] == keys

    def grams(self, length: int) -> tuple[Keys, Numbers]:
        return self._keys[length - 1], self._counts[length - 1]

    def count(self, keys: Keys, length: int) -> Numbers:
        """How often each n-gram occurs; 0 where it was not kept."""
        at, known = self._find(length, keys)
        return np.where(known, self._counts[length - 1][at], 0.0)

    def _log(self, history: Codes, codes: Codes) -> Numbers:
        """Natural logarithm of P(code | history row of HISTORY codes)."""
        code = codes.astype(np.uint64)
        chance = (self.count(code, 1) + _UNSEEN) / (self._all + _UNSEEN * _CHARACTERS)
        context = np.zeros(len(codes), np.uint64)
        for length in range(1, ORDER):
            back = history[:, HISTORY - length].astype(np.uint64)
            context |= back << np.uint64(16 * (length - 1))
            at, known = self._find(length, context)
            seen = self.count((context << np.uint64(16)) | code, length + 1)
            found = np.maximum(seen - _DISCOUNT, 0) / self._totals[length - 1][at]
            chance = np.where(known, found + self._left_over[length - 1][at] * chance, chance)
        logs: Numbers = np.log(chance)
        return logs

    def windows(self, rows: Codes) -> Numbers:
        """Log chance of each row of codes, given its first HISTORY codes; one number a row."""
        count, width = rows.shape
        history = np.lib.stride_tricks.sliding_window_view(rows[:, :-1], HISTORY, axis=1)
        logs = self._log(history.reshape(-1, HISTORY), rows[:, HISTORY:].reshape(-1))
        total: Numbers = logs.reshape(count, width - HISTORY).sum(axis=1)
        return total

    def positions(self, codes: Codes) -> Numbers:
        """Log chance of every code of a text that `padded` has put edges to; 0 for the edge."""
        history = np.lib.stride_tricks.sliding_window_view(codes[:-1], HISTORY)
        logs: Numbers = np.r_[np.zeros(HISTORY), self._log(history, codes[HISTORY:])]
        return logs


def padded(text: str) -> Codes:
    """Codes of `text` with HISTORY edge codes on either side: offset n stands at n + HISTORY."""
    return np.concatenate([_EDGE, encode(text), _EDGE])


@cache
def language() -> Language:
    return Language(language_data().grams)
