"""One text for extractors: typography taken out, every offset kept.

The order is: characters folded one for one; invisible ones and carriage returns out; page
furniture out; blanks that mean nothing out; soft line breaks joined; for OCRed stretches
certain look-alikes repaired, each on record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingestion import spaces
from ingestion.furniture import furniture
from ingestion.glyphs import INVISIBLE, fold, kinds
from ingestion.lines import outer_blanks, paragraphs
from ingestion.lookalikes import as_repair, lookalikes
from ingestion.model import Repair
from ingestion.offsets import Edit, Edited

_RETURN = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_TO_STRIP = re.compile(f"{_RETURN.pattern}|{INVISIBLE.pattern}+")
_SENTENCE_BLANKS = tuple(mark + blank for mark in "。；：" for blank in " \u3000")


@dataclass(frozen=True)
class Normalised:
    """The normalised text with the way back to the raw one."""

    edited: Edited = field(repr=False)
    repairs: list[Repair]
    furniture: list[tuple[int, int]] = field(default_factory=list)
    """Stretches of the raw text left out as page numbers and running heads."""
    stripped: bool = False
    """Whether characters that show nothing, or odd line ends, were taken out."""

    @property
    def text(self) -> str:
        return self.edited.text

    def to_raw(self, offset: int) -> int:
        """Where in the raw text the character at `offset` stands (the end maps to the end)."""
        return int(self.edited.origin[offset])

    def from_raw(self, offset: int) -> int:
        """The first normalised offset at or after the raw `offset`."""
        return self.edited.from_original(offset)


def normalise(raw: str, *, ocr: bool | Sequence[tuple[int, int]] = False) -> Normalised:
    """Normalise `raw`; a form feed parts pages, a blank line ends a paragraph for certain.

    `ocr` says that all of it, or the given stretches of raw offsets, was read by OCR: there
    every blank between characters goes and certain look-alikes are repaired.

    >>> normalise("于 2017 年 5 月\\n\\n— 2 —\\n\\n起 诉 书").text
    '于2017年5月\\n起诉书'
    """
    stretches: Sequence[tuple[int, int]]
    stretches = ocr if not isinstance(ocr, bool) else [(0, len(raw))] if ocr else []
    seen = kinds(raw)
    edited = Edited.of(raw).replaced(fold(raw, seen))
    stripped = _TO_STRIP.search(seen) is not None
    if stripped:
        edited = edited.apply(_stripped(edited.text))
    left_out = list(furniture(edited.text))
    places = [(int(edited.origin[a]), int(edited.origin[b - 1]) + 1) for a, b, _ in left_out]
    edited = edited.apply(left_out)
    edited = _without_blanks(edited, stretches)
    edited = edited.apply(paragraphs(edited.text))
    edited = edited.apply(outer_blanks(edited.text))
    edited = edited.apply(spaces.collapse(edited.text))
    repairs: list[Repair] = []
    for start, end in stretches:
        a, b = edited.from_original(start), edited.from_original(end)
        edits = list(lookalikes(edited.text, a, b))
        repairs += [as_repair(e, edited.text[e[0] : e[1]], reason) for e, reason in edits]
        edited = edited.apply(e for e, _ in edits)
    return Normalised(edited, repairs, places, stripped)


def _stripped(text: str) -> Iterator[Edit]:
    for m in _TO_STRIP.finditer(text):
        yield m.start(), m.end(), "\n" if _RETURN.fullmatch(m.group()) else ""


def _without_blanks(edited: Edited, stretches: Sequence[tuple[int, int]]) -> Edited:
    text = edited.text
    if not spaces.within_lines(text):
        return edited
    by_blanks = sum(map(text.count, _SENTENCE_BLANKS)) > text.count("\n")
    edited = edited.apply(spaces.lettering(edited.text))
    edited = edited.apply(spaces.numbers(edited.text))
    if not by_blanks:
        edited = edited.apply(spaces.loose(edited.text))
    for start, end in stretches:
        a, b = edited.from_original(start), edited.from_original(end)
        edited = edited.apply(spaces.recognised(edited.text, a, b))
    return edited
