"""A page as it comes from the PDF worker: its lines in columns of numbers.

Most pages have one column of full lines. Their text is written from the numbers as they
stand, which is several times as fast as an object for each line and word.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingestion.readers.layout import Line, PageLines

Columns = tuple[list[float], list[float], list[float], list[float], list[float]]
"""x0, y0, x1, y1 and letter size of the lines of a column."""


@dataclass(slots=True)
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

    def pieces(self) -> list[Line | str]:
        """The lines: a mere text where a line is one word, as an object where it has several."""
        if not self.counts:
            return list(self.words)
        return [line if len(line.words) > 1 else line.text for line in self._lines()]

    def in_order(self) -> bool:
        """Whether each line stands below the one before: one column, no rows of cells."""
        _, tops, _, bottoms, _ = self.columns()
        below = zip(bottoms, tops[1:], bottoms[1:], strict=False)
        return all(end <= top + 0.5 * (bottom - top) for end, top, bottom in below)

    def unfold(self) -> None:
        """Give the page its lines as objects."""
        self.lines = self._lines()
        self.words, self.counts, self.numbers = [], {}, []

    def _lines(self) -> list[Line]:
        found: list[Line] = []
        x0s, y0s, x1s, y1s, sizes = self.columns()
        word, place = 0, 5 * len(sizes)
        places = zip(x0s, y0s, x1s, y1s, strict=True)
        for index, (box, size) in enumerate(zip(places, sizes, strict=True)):
            several = self.counts.get(index)
            if several is None:
                found.append(Line(box, [(self.words[word], box)], size))
                word += 1
                continue
            flat = self.numbers[place : place + 4 * several]
            boxes = zip(flat[0::4], flat[1::4], flat[2::4], flat[3::4], strict=True)
            words = list(zip(self.words[word : word + several], boxes, strict=True))
            found.append(Line(box, words, size))
            word += several
            place += 4 * several
        return found
