"""Character edits between two wordings of one sentence, for LawBench 2-1."""

from __future__ import annotations

from typing import NamedTuple


class Edit(NamedTuple):
    """`source[start:end]` reads `right` in the other wording."""

    start: int
    end: int
    right: str


def edits(source: str, target: str) -> frozenset[Edit]:
    """The fewest edits that lead from `source` to `target`; edits that touch are one.

    A step puts in, leaves out or exchanges one character, or swaps two neighbours.

    >>> sorted(edits("予与采纳墙翻", "予以采纳翻墙"))
    [Edit(start=1, end=2, right='以'), Edit(start=4, end=6, right='翻墙')]
    """
    before = _alike(source, target)
    after = _alike(source[before:][::-1], target[before:][::-1])
    written, meant = source[before : len(source) - after], target[before : len(target) - after]
    found: list[Edit] = []
    for start, end, left, right in _steps(written, meant):
        wording = meant[left:right]
        if found and found[-1].end == before + start:
            last = found.pop()
            found.append(Edit(last.start, before + end, last.right + wording))
        else:
            found.append(Edit(before + start, before + end, wording))
    return frozenset(found)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _steps(written: str, meant: str) -> list[tuple[int, int, int, int]]:
    """(start, end, start in `meant`, end in `meant`) of each step, in order."""
    costs = _costs(written, meant)
    steps: list[tuple[int, int, int, int]] = []
    i, j = len(written), len(meant)
    while i or j:
        if _swapped(written, meant, i, j) and costs[i][j] == costs[i - 2][j - 2] + 1:
            steps.append((i - 2, i, j - 2, j))
            i, j = i - 2, j - 2
        elif i and j and costs[i][j] == costs[i - 1][j - 1] + (written[i - 1] != meant[j - 1]):
            if written[i - 1] != meant[j - 1]:
                steps.append((i - 1, i, j - 1, j))
            i, j = i - 1, j - 1
        elif i and costs[i][j] == costs[i - 1][j] + 1:
            steps.append((i - 1, i, j, j))
            i -= 1
        else:
            steps.append((i, i, j - 1, j))
            j -= 1
    return steps[::-1]


def _swapped(written: str, meant: str, i: int, j: int) -> bool:
    return (
        i > 1
        and j > 1
        and written[i - 2] != written[i - 1]
        and written[i - 2 : i] == meant[j - 1] + meant[j - 2]
    )


def _costs(written: str, meant: str) -> list[list[int]]:
    costs = [list(range(len(meant) + 1))]
    for i in range(1, len(written) + 1):
        row = [i]
        for j in range(1, len(meant) + 1):
            least = min(
                costs[i - 1][j - 1] + (written[i - 1] != meant[j - 1]),
                costs[i - 1][j] + 1,
                row[j - 1] + 1,
            )
            if _swapped(written, meant, i, j):
                least = min(least, costs[i - 2][j - 2] + 1)
            row.append(least)
        costs.append(row)
    return costs
