"""Pages as their readers saw them to one SourceDocument: its text, and where all of it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np

from ingestion.glyphs import invisible_stretches
from ingestion.model import Box, HiddenText, Margin, Page, Run, SourceDocument
from ingestion.normalise import Normalised, normalise
from ingestion.readers.flow import RawText, running_heads
from ingestion.readers.layout import PageLines


def assemble(
    file: str, media_type: str, sha256: str, pages: Sequence[PageLines], hidden: list[HiddenText]
) -> SourceDocument:
    """The source document of these pages: every page is listed, read or not."""
    raw = RawText(running_heads(pages))
    for page in pages:
        raw.add(page)
    text = "".join(raw.parts)
    recognised = [
        (start, end)
        for page, (start, end) in zip(pages, raw.bounds, strict=True)
        if page.method == "ocr" and end > start
    ]
    normalised = normalise(text, ocr=recognised)
    if normalised.stripped:
        for page, (start, end) in zip(pages, raw.bounds, strict=True):
            hidden += [
                HiddenText(text=shown, reason="不可见字符", page=page.number)
                for shown in invisible_stretches(text[start:end])
            ]
    return SourceDocument.model_construct(
        file=file,
        media_type=media_type,
        sha256=sha256,
        text=normalised.text,
        pages=_listed(pages, raw, normalised),
        runs=_runs(raw, normalised),
        repairs=normalised.repairs,
        hidden=hidden,
        margins=sorted([*raw.margins, *_furniture(raw, text, normalised)], key=lambda m: m.page),
    )


def _runs(raw: RawText, normalised: Normalised) -> list[Run]:
    """The places of the words that are left after normalisation."""
    origin, length = normalised.edited.origin, len(normalised.text)
    starts = np.searchsorted(origin, np.array(raw.starts, np.int32))
    ends = np.minimum(np.searchsorted(origin, np.array(raw.ends, np.int32)), length)
    places = zip(starts.tolist(), ends.tolist(), raw.pages, raw.boxes, raw.turns, strict=True)
    if (starts < ends).all():
        return list(map(Run._make, places))
    return [Run._make(place) for place in places if place[0] < place[1]]


def _listed(pages: Sequence[PageLines], raw: RawText, normalised: Normalised) -> list[Page]:
    bounds = np.array(raw.bounds, np.int32).reshape(-1, 2)
    places = np.searchsorted(normalised.edited.origin, bounds)
    return [
        Page(
            number=page.number,
            width=round(page.width, 2),
            height=round(page.height, 2),
            start=start,
            end=end,
            method=page.method,
            error=page.error,
        )
        for page, (start, end) in zip(
            pages, np.minimum(places, len(normalised.text)).tolist(), strict=True
        )
    ]


def _furniture(raw: RawText, text: str, normalised: Normalised) -> Iterator[Margin]:
    """What the normaliser left out as page numbers and running heads, with its place."""
    for start, end in normalised.furniture:
        page = bisect_right(raw.bounds, start, key=lambda bounds: bounds[0])
        first, last = bisect_right(raw.ends, start), bisect_right(raw.starts, end - 1)
        box: Box | None = None
        if first < last:
            x0s, y0s, x1s, y1s = zip(*raw.boxes[first:last], strict=True)
            box = (min(x0s), min(y0s), max(x1s), max(y1s))
        yield Margin(text=text[start:end].strip(), page=page, box=box)
