"""Long facts as passages: counts stay apart, sentences stay whole, pieces are of like length.

A vector of a text about many acts resembles none of them; one of half a sentence, nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LIMIT = 400
"""Characters: about 300 tokens, well below the 512 that small models take."""

_COUNT = re.compile(
    r"(?:^|(?<=[\n。；：]))[ \u3000]*(?:第[一二三四五六七八九十\d]{1,3}[起节笔次部分]|"
    r"[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[、．.](?!\d))"
)
_STOPS = (
    re.compile(r"(?<=[。！？\n])(?![”’」）)])"),
    re.compile(r"(?<=[；;])"),
    re.compile(r"(?<=[，,])"),
)


def split_passages(text: str, limit: int = LIMIT) -> list[tuple[int, int]]:
    """Offsets (start, end) of the passages of `text`, in order, none longer than `limit`.

    Together they are the whole text but for blanks at their ends; a text without words has
    none. A new count (第二起、（三）、2．) always begins a passage; within a count, sentences are
    gathered up to the limit, and a sentence over the limit is cut at a smaller stop.

    >>> split_passages("一、盗窃手机一部。二、盗窃电动车一辆。")
    [(0, 9), (9, 19)]
    """
    starts = sorted({0, *(m.start() for m in _COUNT.finditer(text))})
    found = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        found += list(_gather(text, start, end, limit))
    return [(s, e) for s, e in (_trim(text, s, e) for s, e in found) if s < e]


def _gather(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    """Pieces joined while they fit."""
    begin = last = start
    for piece_start, piece_end in _pieces(text, start, end, limit, 0):
        if piece_end - begin > limit:
            yield begin, last
            begin = piece_start
        last = piece_end
    if last > begin:
        yield begin, last


def _pieces(text: str, start: int, end: int, limit: int, stop: int) -> Iterator[tuple[int, int]]:
    """The parts between stops of that rank; one that is too long is cut at the next rank."""
    if stop == len(_STOPS):
        for at in range(start, end, limit):
            yield at, min(at + limit, end)
        return
    cuts = [m.start() for m in _STOPS[stop].finditer(text, start, end) if start < m.start() < end]
    for s, e in zip([start, *cuts], [*cuts, end], strict=True):
        if e - s > limit:
            yield from _pieces(text, s, e, limit, stop + 1)
        else:
            yield s, e


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
