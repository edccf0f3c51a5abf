"""Which charge do facts without a charge speak of: cues written from the statutory elements.

For evaluation and for estimates where no charge is given. A document's own charge is never
overruled by this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from knowledge_base import charges
from knowledge_base.loader import Row, rows

_STRONG, _WEAK, _AGAINST, _NAMED = 3.0, 1.0, 3.0, 6.0
_NEXT = 0.95  # a further charge must score as much as this share of the best one
_NEXT_LEAST = 9.0
_ACCUSED = re.compile(r"(?:以|构成|涉嫌|犯|分别以|应当以|应以)([^，。；××]{2,40}?罪)")
_EARLIER = re.compile(r"(?:曾|前|因)[^。；]{0,12}$")


class ChargeCues(Row):
    """Expressions by which facts speak for a charge.

    All of `need` must occur; each of `strong` and `weak` that occurs counts for it, each of
    `unless` against it.
    """

    charge: str
    need: tuple[str, ...] = ()
    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Compiled:
    charge: str
    need: tuple[re.Pattern[str], ...]
    weighted: tuple[tuple[float, re.Pattern[str]], ...]


@dataclass(frozen=True)
class Guess:
    """A charge and how much speaks for it; `because`: the words that did."""

    charge: str
    score: float
    because: tuple[str, ...]


@cache
def _compiled() -> tuple[_Compiled, ...]:
    made = []
    for row in rows("charge_cues", ChargeCues):
        weighted = [
            *((_STRONG, p) for p in row.strong),
            *((_WEAK, p) for p in row.weak),
            *((-_AGAINST, p) for p in row.unless),
        ]
        made.append(
            _Compiled(
                row.charge,
                tuple(re.compile(p) for p in row.need),
                tuple((w, re.compile(p)) for w, p in weighted),
            )
        )
    return tuple(made)


def _accused(facts: str) -> set[str]:
    """Charges that the facts name as the accusation, not as an earlier conviction."""
    found = set()
    for match in _ACCUSED.finditer(facts):
        if _EARLIER.search(facts[max(0, match.start() - 16) : match.start()]):
            continue
        for name in charges.split(match[1]):
            known = charges.match(name)
            if known is not None:
                found.add(known.name)
    return found


def rank(facts: str) -> list[Guess]:
    """Every charge that anything speaks for, the likeliest first."""
    accused = _accused(facts)
    guesses = []
    for cues in _compiled():
        named = _NAMED if cues.charge in accused else 0.0
        if not named and not all(p.search(facts) for p in cues.need):
            continue
        hits = [(w, m[0]) for w, p in cues.weighted if (m := p.search(facts)) is not None]
        score = named + sum(w for w, _ in hits)
        if score > 0:
            because = tuple(text for w, text in hits if w > 0)
            guesses.append(Guess(cues.charge, score, because))
    return sorted(guesses, key=lambda g: (-g.score, g.charge))


def infer(facts: str) -> list[Guess]:
    """The likeliest charge, and others that are about as likely; empty where nothing speaks."""
    ranked = rank(facts)
    if not ranked:
        return []
    best = ranked[0].score
    return [
        g
        for i, g in enumerate(ranked)
        if i == 0 or (g.score >= _NEXT_LEAST and g.score >= best * _NEXT)
    ][:2]
