"""The counts of two documents: which is which, and how their tellings differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from assistant.comparison.alignment import differences
from assistant.comparison.meaning import Meaning
from assistant.comparison.passages import Passage, compared
from assistant.comparison.telling import Relation, extent, judge, values
from ingestion.model import CaseDocument, FactCount, Span

DecidedBy = Literal["rule", "embedding"]
_FORM = re.compile(r"[\s，。、；：,.;:（）()“”\"'\d]|被告人|犯罪嫌疑人|被害人|人民币")
_LEAST_LIKE = 0.4
_SHARED_WEIGHT = 0.5
"""How much the share of common sums, dates and quantities counts beside the words."""


@dataclass(frozen=True)
class AlignedCount:
    """A count of the first document with its counterpart; one side None where it is missing.

    `relation` is said of the second: narrower tells less than the first, wider tells more.
    `sure` False: rules only guess the relation. `paired_by` says what found the counterpart.
    `passages` are the sentences that are not told alike.
    """

    one: FactCount | None
    other: FactCount | None
    relation: Relation
    differences: tuple[tuple[Span, Span], ...] = ()
    sure: bool = True
    paired_by: DecidedBy = "rule"
    passages: tuple[Passage, ...] = ()


def told_counts(doc: CaseDocument) -> list[FactCount]:
    """The counts the document itself stands for: a judgment's finding, else what it adopts."""
    if doc.role != "judgment":
        return [f for f in doc.facts if f.speaker in ("prosecution", "police")]
    return [f for f in doc.facts if f.speaker == "court"] or list(doc.facts)


@dataclass(frozen=True)
class _Told:
    """What a count is matched by: its words without their form, its values."""

    words: str
    values: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, count: FactCount) -> _Told:
        return cls(_FORM.sub("", count.span.quote), frozenset(values(count.span.quote)))


def _like(one: _Told, other: _Told) -> float:
    words = Indel.normalized_similarity(one.words, other.words)
    if not one.values or not other.values:
        return words
    shared = len(one.values & other.values) / min(len(one.values), len(other.values))
    return (words + _SHARED_WEIGHT * shared) / (1 + _SHARED_WEIGHT)


def _matched(one: Sequence[FactCount], other: Sequence[FactCount]) -> dict[int, int]:
    """Positions of counts that tell the same, the likest first; a single pair is one story."""
    if len(one) == len(other) == 1:
        return {0: 0}
    mine, theirs = [_Told.of(c) for c in one], [_Told.of(c) for c in other]
    scored = sorted(
        ((_like(a, b), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs)),
        key=lambda s: (-s[0], abs(s[1] - s[2])),
    )
    found: dict[int, int] = {}
    for score, i, j in scored:
        if score < _LEAST_LIKE:
            break
        if i not in found and j not in found.values():
            found[i] = j
    return found


def _held(one: FactCount, other: FactCount, paired_by: DecidedBy) -> AlignedCount:
    first, second = one.span.quote, other.span.quote
    found = tuple(differences(first, second))
    judged = judge(first, second, found)
    places = tuple(
        (_place(one.span, d.one.start, d.one.end), _place(other.span, d.other.start, d.other.end))
        for d in found
    )
    # Counterparts are one story: other days and sums contradict, other words may say the same.
    relation: Relation = judged.relation
    if relation == "missing":
        relation = "contradictory" if judged.sure else extent(first, second).relation
    sure = judged.sure and judged.relation != "missing"
    rows = () if relation == "same" else tuple(compared(one.span, other.span))
    return AlignedCount(one, other, relation, places, sure, paired_by, rows)


def _place(span: Span, start: int, end: int) -> Span:
    return Span(
        role=span.role,
        start=span.start + start,
        end=span.start + end,
        quote=span.quote[start:end],
    )


def aligned(
    one: CaseDocument, other: CaseDocument, meaning: Meaning | None = None
) -> list[AlignedCount]:
    """Counts of the first in its order with their counterparts, then those only the second has.

    `meaning` is asked for counts that rules leave alone on both sides.
    """
    mine, theirs = told_counts(one), told_counts(other)
    if not mine or not theirs:
        return []
    matched: dict[int, tuple[int, DecidedBy]] = {
        i: (j, "rule") for i, j in _matched(mine, theirs).items()
    }
    if meaning is not None:
        left = [i for i in range(len(mine)) if i not in matched]
        taken = {j for j, _ in matched.values()}
        right = [j for j in range(len(theirs)) if j not in taken]
        near = meaning.pairs(
            [mine[i].span.quote for i in left], [theirs[j].span.quote for j in right]
        )
        matched |= {left[i]: (right[j], "embedding") for i, j in near.items()}
    rows = [
        _held(count, theirs[matched[i][0]], matched[i][1])
        if i in matched
        else AlignedCount(count, None, "missing")
        for i, count in enumerate(mine)
    ]
    told = {j for j, _ in matched.values()}
    rows += [
        AlignedCount(None, count, "missing") for j, count in enumerate(theirs) if j not in told
    ]
    return rows
