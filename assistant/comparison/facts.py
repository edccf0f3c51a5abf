"""The facts of two documents: sums, dates, quantities, injuries, persons, counts.

A judgment quotes the accusation, which tells what was really prosecuted: an indictment that
differs from it shows a slip in one of the two documents. What the court itself finds
is compared next; a difference there is 诉判不一.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.casefile import ROLE_NAMES, CaseFile
from assistant.checks.place import part
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.comparison.alignment import Alignment, Difference, differences
from assistant.comparison.matching import two
from assistant.comparison.names import names_at
from ingestion.model import CaseDocument, SectionKind, Span

_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{1,8}")
_MASKING = re.compile(r"[×XxＸ＊*某]")
# What a person is called changes with the stage of the procedure.
_CALLED = re.compile(r"(?:犯罪嫌疑|被告)人?")


@dataclass(frozen=True)
class Story:
    """A telling of the facts in one document; `how` says whose it is."""

    doc: CaseDocument
    span: Span
    how: str


def _whole(doc: CaseDocument, *kinds: SectionKind) -> Span | None:
    """From the first to the last of neighbouring sections of these kinds."""
    found = [s.span for s in doc.sections_of(*kinds)]
    if not found:
        return None
    return doc.span(found[0].start, max(s.end for s in found if s.start <= found[0].end + 2))


def stories(doc: CaseDocument) -> list[Story]:
    """A judgment has two: the accusation it quotes and what the court finds."""
    if doc.role != "judgment":
        span = _whole(doc, "facts")
        return [Story(doc, span, "认定")] if span else []
    found = []
    quoted, own = _whole(doc, "accusation"), _whole(doc, "facts")
    if quoted is not None:
        found.append(Story(doc, quoted, "转述的指控"))
    if own is not None:
        found.append(Story(doc, own, "经审理查明"))
    return found


@lru_cache(maxsize=64)
def _differences(one: str, other: str) -> tuple[Difference, ...]:
    return tuple(differences(one, other))


def _told_apart(case: CaseFile, *kinds: str) -> Iterator[Hit | Undecided]:
    one, other = two(case)
    first, second = stories(one), stories(other)
    if not first or not second:
        doc = one if not first else other
        yield Undecided(f"无法判断：未能分出{ROLE_NAMES[doc.role or 'indictment']}的事实部分")
        return
    mine = first[0]
    for theirs in second:
        for found in _differences(mine.span.quote, theirs.span.quote):
            if found.one.kind in kinds:
                yield _hit(mine, theirs, found)


def _hit(mine: Story, theirs: Story, found: Difference) -> Hit:
    low, start = mine.span.start, theirs.span.start
    place = mine.doc.span(low + found.one.start, low + found.one.end)
    counterpart = theirs.doc.span(start + found.other.start, start + found.other.end)
    return hit(
        place,
        counterpart,
        severity="minor" if found.one.kind == "daytime" else None,
        values={mine.doc.role or "": place.quote, theirs.doc.role or "": counterpart.quote},
        cause=f"fact:{place.start}",
        first=place.quote,
        second=counterpart.quote,
        one=ROLE_NAMES[mine.doc.role or "indictment"],
        other=ROLE_NAMES[theirs.doc.role or "judgment"] + theirs.how,
    )


@check("CMP-008")
def times_and_places(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _told_apart(case, "date", "clock", "daytime")
    yield from _words_apart(case)


@check("CMP-009")
def sums(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _told_apart(case, "money")


@check("CMP-010")
def quantities(case: CaseFile) -> Iterator[Hit | Undecided]:
    yield from _told_apart(case, "quantity", "injury", "drug")


def _words_apart(case: CaseFile) -> Iterator[Hit]:
    """Single words changed in an otherwise verbatim passage: names, places."""
    one, other = two(case)
    first, second = stories(one), stories(other)
    if not first or not second:
        return
    for theirs in second:
        rest = [s.span.quote for s in second if s is not theirs]
        yield from _words_between(first[0], theirs, rest)


def _words_between(mine: Story, theirs: Story, rest: list[str]) -> Iterator[Hit]:
    """What one story words otherwise; not where the judgment's other story agrees."""
    text, quoted = mine.span.quote, theirs.span.quote
    alignment = Alignment(text, quoted)
    told = [d.one for d in _differences(text, quoted)]
    for a, b, c, d in alignment.changed():
        was, now = text[a:b], quoted[c:d]
        verbatim = text[max(a - 10, 0) : a] == quoted[max(c - 10, 0) : c] and (
            text[b : b + 10] == quoted[d : d + 10]
        )
        plain = _WORD.fullmatch(was) and _WORD.fullmatch(now)
        copied = alignment.verbatim and _WORD.fullmatch(was + now)
        if any(t.start < b + 1 and a < t.end + 1 for t in told):
            continue
        if names_at(text, a, b) and names_at(quoted, c, d):  # CMP-011 tells of names
            continue
        if not verbatim or not (plain or copied) or _MASKING.search(was + now) or a < 10:
            continue
        if _CALLED.fullmatch(was) and _CALLED.fullmatch(now):
            continue
        if any(text[max(a - 10, 0) : b + 10] in other for other in rest):
            continue
        start, end = _word(text, a, b)
        place = mine.doc.span(mine.span.start + start, mine.span.start + end)
        low, high = _word(quoted, c, d)
        counterpart = theirs.doc.span(theirs.span.start + low, theirs.span.start + high)
        yield hit(
            place,
            counterpart,
            severity="minor",
            confidence=0.6,
            category="fact",
            values={mine.doc.role or "": was, theirs.doc.role or "": now},
            cause=f"fact:{place.start}",
            first=place.quote,
            second=counterpart.quote,
            one=ROLE_NAMES[mine.doc.role or "indictment"],
            other=ROLE_NAMES[theirs.doc.role or "judgment"] + theirs.how,
        )


def _word(text: str, start: int, end: int) -> tuple[int, int]:
    """The changed characters with two neighbours on each side, for a reader to recognise."""
    return max(start - 2, 0), min(end + 2, len(text))


@check("CMP-007")
def number_of_counts(case: CaseFile) -> Iterator[Hit | Undecided]:
    one, other = two(case)
    speaker = "court" if other.role == "judgment" else "police"
    mine = [f for f in one.facts if f.speaker == "prosecution"]
    theirs = [f for f in other.facts if f.speaker == speaker] or [
        f for f in other.facts if f.speaker == "prosecution"
    ]
    if not mine or not theirs:
        yield Undecided("无法判断：未能分出各起事实")
        return
    if min(len(mine), len(theirs)) < 2 or len(mine) == len(theirs):
        return
    longer = mine if len(mine) > len(theirs) else theirs
    yield hit(
        one.span(mine[-1].span.start, min(mine[-1].span.start + 12, mine[-1].span.end)),
        other.span(theirs[-1].span.start, min(theirs[-1].span.start + 12, theirs[-1].span.end)),
        severity="moderate" if len(longer) - min(len(mine), len(theirs)) > 1 else "minor",
        confidence=0.5,
        values={one.role or "": len(mine), other.role or "": len(theirs)},
        first=len(mine),
        second=len(theirs),
        one=ROLE_NAMES[one.role or "indictment"],
        other=ROLE_NAMES[other.role or "judgment"],
    )


@check("CMP-030")
def accusation_adopted(case: CaseFile) -> Iterator[Hit | Undecided]:
    _, judgment = two(case)
    if judgment.section("facts") is not None:
        return
    reasoning = part(judgment, "evidence", "reasoning")
    if reasoning is None or re.search(r"无异议|没有异议|供认不讳|不持异议", judgment.text):
        return
    head = reasoning.quote[:16].rstrip()
    yield hit(
        judgment.span(reasoning.start, reasoning.start + max(len(head), 1)),
        values={"judgment": "采信指控"},
    )
