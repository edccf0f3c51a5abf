"""The labels of the defence's points and of the court's answers to them, and how to compare.

A point is right where both its ends lie within `NEAR` characters of the label's, and right by
the looser measure where the two share `OVERLAP` of the characters that either has; lead-ins
(但, 另外, 请求 …), quotation marks and punctuation at both ends are cut off first. Each point and
each label is used once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field

from eval_sets.gold.digest import digest
from eval_sets.metrics import Counts
from ingestion.model import CaseDocument, Frozen, Span

NEAR = 4
OVERLAP = 0.8
FIELDS = ("arguments", "arguments_overlap", "arguments_by", "answers", "answered")

FILE = Path(__file__).parent / "arguments.jsonl"
# How far a stretch may have moved since it was labelled, in characters, the nearest first.
_SHIFTS = sorted(range(-400, 401), key=abs)
_LEAD = re.compile(
    r"(?:但是?|且|并且?|同时|另外?|此外|故|因此|而且|还|又|其次|首先|再次|最后|综上|辩称|辩解|提出"
    r"|认为|请求|建议|希望|恳请|要求|(?:二审)?法[庭院]|合议庭|[：:，,、；;。“”\s])+"
)
_TAIL = re.compile(r"[，,。；;：:、“”\s]+$")

T = TypeVar("T")
Stretch = tuple[int, int]


class Place(Frozen):
    """Offsets into the document's normalised text and the digest of the words there."""

    start: int
    end: int
    words: str


class PointLabel(Place):
    """One point; `optional` are sentences that may be given as its answer beside `answers`."""

    by: Literal["counsel", "defendant"]
    answers: list[Place] = Field(default_factory=list)
    optional: list[Place] = Field(default_factory=list)


class ArgumentsLabel(Frozen):
    """All points of one judgment; `held_out`: unseen while the program was mended on the others."""

    id: str
    held_out: bool = False
    arguments: list[PointLabel]


@cache
def labels() -> Mapping[str, ArgumentsLabel]:
    """The labels of all judgments by document id."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = [ArgumentsLabel.model_validate_json(line) for line in lines if line.strip()]
    return {row.id: row for row in rows}


def located(text: str, identity: str, place: Place) -> Stretch | None:
    """Where the labelled words stand in `text` now; None where they are not to be found.

    Reading a file may come to keep or drop characters before them, which moves them.
    """
    length = place.end - place.start
    for shift in _SHIFTS:
        low = place.start + shift
        if low >= 0 and digest(identity, text[low : low + length]) == place.words:
            return low, low + length
    return None


def lost(doc: CaseDocument, label: ArgumentsLabel) -> int:
    """How many labelled places are no longer to be found in the text as it is read."""
    places = [p for a in label.arguments for p in (a, *a.answers, *a.optional)]
    return sum(located(doc.text, label.id, place) is None for place in places)


def _trimmed(text: str, start: int, end: int) -> Stretch:
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead and lead.end() < end else start
    tail = _TAIL.search(text[start:end])
    return start, start + tail.start() if tail else end


def _near(one: Stretch, other: Stretch) -> bool:
    return abs(one[0] - other[0]) <= NEAR and abs(one[1] - other[1]) <= NEAR


def _shared(one: Stretch, other: Stretch) -> float:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0]))


def _overlaps(one: Stretch, other: Stretch) -> bool:
    return _shared(one, other) >= OVERLAP


def _pairs(
    given: Sequence[Stretch], wanted: Sequence[Stretch], same: Callable[[Stretch, Stretch], bool]
) -> list[tuple[int, int]]:
    """Each label with the nearest of the points that are the same and not yet taken."""
    found: list[tuple[int, int]] = []
    for place, label in enumerate(wanted):
        taken = {one for one, _ in found}
        free = [i for i in range(len(given)) if i not in taken and same(given[i], label)]
        if free:
            found.append((max(free, key=lambda i: _shared(given[i], label)), place))
    return found


def _counts(pairs: int, given: int, wanted: int) -> Counts:
    return Counts(pairs, given - pairs, wanted - pairs)


def _inside(span: Span, places: Sequence[Stretch]) -> bool:
    """Whether the greater part of the span lies within one of the places."""
    return any(
        min(span.end, high) - max(span.start, low) > (span.end - span.start) / 2
        for low, high in places
    )


def _meets(place: Stretch, spans: Sequence[Span]) -> bool:
    low, high = place
    return any(min(s.end, high) - max(s.start, low) > 0 for s in spans)


class _Answers:
    """The labelled answers to one point, found again in the text."""

    def __init__(self, text: str, identity: str, label: PointLabel) -> None:
        places = [located(text, identity, p) for p in label.answers]
        others = [located(text, identity, p) for p in label.optional]
        self.needed = [p for p in places if p]
        self.allowed = self.needed + [p for p in others if p]


def _answer_counts(given: Sequence[Span], label: _Answers) -> Counts:
    """Sentences: right, given without a label (an optional one is neither), missed."""
    hits = sum(_meets(place, given) for place in label.needed)
    extra = sum(not _inside(span, label.allowed) for span in given)
    return Counts(hits, extra, len(label.needed) - hits)


def _answered(given: Sequence[Span], label: _Answers) -> Counts:
    """Whether the court answers at all: one item, none where either side says it does not."""
    if label.allowed and not label.needed:
        return Counts(0, 0, 0)
    right = bool(given) and any(_inside(s, label.allowed) for s in given)
    return Counts(int(right), int(bool(given) and not right), int(bool(label.needed) and not right))


def _sum(rows: Sequence[Counts]) -> Counts:
    return Counts(
        sum(r.hits for r in rows), sum(r.extra for r in rows), sum(r.missed for r in rows)
    )


def compare(doc: CaseDocument | None, label: ArgumentsLabel) -> Mapping[str, Counts]:
    """Right, invented and missed items of each of FIELDS; all points missed where `doc` is None.

    `arguments_by` is a point at its place with its speaker; the answers are compared for the
    points that were found at their place.
    """
    if doc is None:
        missed = Counts(0, 0, len(label.arguments))
        none = Counts(0, 0, 0)
        return dict.fromkeys(FIELDS[:3], missed) | dict.fromkeys(FIELDS[3:], none)
    text = doc.text
    places = [located(text, label.id, a) for a in label.arguments]
    known = [(a, _trimmed(text, *p)) for a, p in zip(label.arguments, places, strict=True) if p]
    wanted = [place for _, place in known]
    given = [_trimmed(text, a.span.start, a.span.end) for a in doc.arguments]
    near = _pairs(given, wanted, _near)
    loose = _pairs(given, wanted, _overlaps)
    spoken = sum(doc.arguments[i].by == known[j][0].by for i, j in near)
    lost = len(places) - len(known)
    answers = [
        (
            [a.span for a in doc.answers if a.argument == i],
            _Answers(text, label.id, known[j][0]),
        )
        for i, j in near
    ]
    return {
        "arguments": _counts(len(near), len(given), len(wanted) + lost),
        "arguments_overlap": _counts(len(loose), len(given), len(wanted) + lost),
        "arguments_by": _counts(spoken, len(given), len(wanted) + lost),
        "answers": _sum([_answer_counts(spans, one) for spans, one in answers]),
        "answered": _sum([_answered(spans, one) for spans, one in answers]),
    }
