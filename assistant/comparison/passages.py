"""Inside a pair of counts: which sentences are told otherwise, and which on one side only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.comparison.telling import Relation, covered, judge
from ingestion.model import Span

_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_TOLD = 0.9
"""Share of a sentence's words found in the other telling that makes it told there."""
_COUNTERPART = 0.45
_SHORTEST = 6  # characters; a heading or a number is no fact


@dataclass(frozen=True)
class Passage:
    """A sentence and its counterpart; one side None where the other telling lacks it."""

    one: Span | None
    other: Span | None
    relation: Relation
    sure: bool


def _sentences(span: Span) -> list[Span]:
    found = []
    for match in _SENTENCE.finditer(span.quote):
        text = match[0].strip()
        if len(text) >= _SHORTEST:
            start = span.start + match.start() + match[0].index(text)
            found.append(Span(role=span.role, start=start, end=start + len(text), quote=text))
    return found


def compared(one: Span, other: Span) -> Iterator[Passage]:
    """The sentences of two tellings of one count that are not told alike, in their order;
    none where both are one sentence, which would only say the count again."""
    mine, theirs = _sentences(one), _sentences(other)
    if len(mine) == len(theirs) == 1:
        return
    met: set[int] = set()
    for sentence in mine:
        scores = [
            max(covered(sentence.quote, t.quote), covered(t.quote, sentence.quote)) for t in theirs
        ]
        best = max(range(len(theirs)), key=scores.__getitem__, default=None)
        if best is None or scores[best] < _COUNTERPART:
            if covered(sentence.quote, other.quote) < _TOLD:
                yield Passage(sentence, None, "missing", sure=False)
            continue
        met.add(best)
        judged = judge(sentence.quote, theirs[best].quote)
        # What a sentence leaves out may stand in the one beside it.
        if judged.relation == "narrower" and covered(sentence.quote, other.quote) >= _TOLD:
            continue
        if judged.relation == "wider" and covered(theirs[best].quote, one.quote) >= _TOLD:
            continue
        if judged.relation not in ("same", "missing"):
            yield Passage(sentence, theirs[best], judged.relation, judged.sure)
    for index, sentence in enumerate(theirs):
        if index not in met and covered(sentence.quote, one.quote) < _TOLD:
            yield Passage(None, sentence, "missing", sure=False)
