"""The words of a document that a person points at: found by their text, or by a box on a page."""

from __future__ import annotations

import re

from assistant.review.errors import NotInDocument
from ingestion.model import Box, CaseDocument, Role, Span

MOST = 1000
"""Characters that one quote may have."""


def locate(document: CaseDocument | None, role: Role, quote: str, near: int | None = None) -> Span:
    """The span of these words, blanks and line ends aside; of several the one nearest to `near`.

    Raises NotInDocument.
    """
    letters = "".join(quote.split())[:MOST]
    if document is None:
        raise NotInDocument("原件没有保存在本系统中，无法核对原文；可以不指明原文，写在问题中。")
    pattern = r"\s*".join(re.escape(letter) for letter in letters)
    found = [m.span() for m in re.finditer(pattern, document.text)] if letters else []
    if not found:
        raise NotInDocument("文书中没有这些文字，请从原文中选取或者照原文填写。")
    start, end = min(found, key=lambda span: abs(span[0] - (near or 0)))
    return document.source.span(start, end, role)


def words_in(document: CaseDocument, role: Role, page: int, box: Box) -> Span | None:
    """The words on a page from the first to the last letter whose middle lies in the box.

    `box`: points of the page, as in `Span.boxes`. None where there is no letter.
    """
    x0, y0, x1, y1 = box
    source, inside = document.source, []
    for run in source.runs:
        left, top, right, bottom = run.box
        if run.page != page or right < x0 or left > x1 or bottom < y0 or top > y1:
            continue
        for at in range(run.start, run.end):
            for a, b, c, d in source.boxes_of(at, at + 1)[1]:
                if x0 <= (a + c) / 2 <= x1 and y0 <= (b + d) / 2 <= y1:
                    inside.append(at)
    if not inside:
        return None
    start, end = min(inside), max(inside) + 1
    return source.span(start, min(end, start + MOST), role)
