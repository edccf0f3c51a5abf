"""A page as it comes from the PDF worker: its lines in columns of numbers.

Most pages have one column of full lines. Their text is written from the numbers as they
stand, which is several times as fast as an object for each line and word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ingestion.readers.layout import Line, PageLines

Columns = tuple[list[float], list[float], list[float], list[float], list[float]]
"""x0, y0, x1, y1 and letter size of the lines of a column."""


@dataclass
class FlatPage(PageLines):
    """A page whose lines are not yet objects.

    `numbers` has five for each line (x0, y0, x1, y1, letter size), then four for each word of
    the lines that `counts` says have several; `words` has all words in order.
    """

    words: list[str] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)
    numbers: list[float] = field(default_factory=list)

    @property
    def length(self) -> int:
        """The number of lines."""
        return len(self.words) - sum(self.counts.values()) + len(self.counts)

    @cached_property
    def columns(self) -> Columns:
        """x0, y0, x1, y1 and letter size of the lines."""
        end, numbers = 5 * self.length, self.numbers
        return (
            numbers[0:end:5],
            numbers[1:end:5],
            numbers[2:end:5],
            numbers[3:end:5],
            numbers[4:end:5],
        )

    @cached_property
    def pieces(self) -> list[Line | str]:
        """The lines: a mere text where a line is one word, as an object where it has several."""
        found: list[Line | str] = []
        done = word = 0
        for index, line in self._several():
            found += self.words[word : word + index - done]
            found.append(line)
            word += index - done + len(line.words)
            done = index + 1
        found += self.words[word:]
        return found

    def in_order(self) -> bool:
        """Whether each line stands below the one before: one column, no rows of cells."""
        _, tops, _, bottoms, _ = self.columns
        below = zip(bottoms, tops[1:], bottoms[1:], strict=False)
        return all(end <= top + 0.5 * (bottom - top) for end, top, bottom in below)

    def unfold(self) -> None:
        """Give the page its lines as objects, where that has not been done."""
        if not self.words:
            return
        self.lines = self._lines()
        self.words, self.counts, self.numbers = [], {}, []

    def _lines(self) -> list[Line]:
        x0s, y0s, x1s, y1s, sizes = self.columns
        places = zip(x0s, y0s, x1s, y1s, strict=True)
        return [
            Line(box, [(piece, box)], size) if isinstance(piece, str) else piece
            for piece, box, size in zip(self.pieces, places, sizes, strict=True)
        ]

    def _several(self) -> Iterator[tuple[int, Line]]:
        """The lines of several words, with their indexes."""
        numbers = self.numbers
        place = 5 * self.length
        word = done = 0
        for index, count in self.counts.items():
            word += index - done
            flat = numbers[place : place + 4 * count]
            boxes = zip(flat[0::4], flat[1::4], flat[2::4], flat[3::4], strict=True)
            words = list(zip(self.words[word : word + count], boxes, strict=True))
            x0, y0, x1, y1, size = numbers[5 * index : 5 * index + 5]
            yield index, Line((x0, y0, x1, y1), words, size)
            word += count
            done = index + 1
            place += 4 * count
