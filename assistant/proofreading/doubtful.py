"""Sentences in which an edit is likely, but not likely enough to be shown by rules alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from assistant.proofreading.choice import Correction, chance, chosen
from assistant.proofreading.evidence import Candidate, candidates
from assistant.proofreading.proposals import Kind
from knowledge_base import proofreading

MOST_EDITS = 4
_LEAST = 0.1
"""Less likely edits are nearly all wrong, and each costs the model's time."""
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_LONGEST = 120
"""Characters of a sentence; of a longer one that many around the likeliest edit."""


@dataclass(frozen=True)
class Doubt:
    """`text[start:end]` is a sentence; `edits`, likeliest first, are what it may have meant.

    All edits come from the same proposals as the corrections: one or two characters, none in a
    name, number, date or quotation, and the sentence reads better by the counts of legal
    writing with each.
    """

    start: int
    end: int
    edits: tuple[Correction, ...]


def doubts(text: str, names: Collection[str] = ()) -> list[Doubt]:
    """The doubtful sentences of `text`, the most suspicious first; `names` are left alone."""
    scored = [(chance(candidate), candidate) for candidate in candidates(text, names)]
    return among(text, scored, lambda kind: proofreading.certainty("shown", kind.name.lower()))


def among(
    text: str, scored: Sequence[tuple[float, Candidate]], least: Callable[[Kind], float]
) -> list[Doubt]:
    """As `doubts`, of proposals with their chance; `least` is from which chance each kind is
    shown without being asked about.
    """
    shown = chosen(scored, least)
    open_edits = [
        Correction(c.start, c.end, c.right, c.kind, likely)
        for likely, c in sorted(scored, key=lambda pair: (-pair[0], pair[1].start))
        if likely >= _LEAST and not any(c.start <= s.end and s.start <= c.end for s in shown)
    ]
    found = []
    for sentence in _SENTENCE.finditer(text):
        inside = [e for e in open_edits if sentence.start() <= e.start and e.end <= sentence.end()]
        if inside:
            start, end = _window(sentence.start(), sentence.end(), inside[0])
            edits = [e for e in inside if start <= e.start and e.end <= end][:MOST_EDITS]
            found.append(Doubt(start, end, tuple(edits)))
    return sorted(found, key=lambda doubt: -doubt.edits[0].chance)


def _window(start: int, end: int, edit: Correction) -> tuple[int, int]:
    if end - start <= _LONGEST:
        return start, end
    left = min(max(edit.start - _LONGEST // 2, start), end - _LONGEST)
    return left, left + _LONGEST
