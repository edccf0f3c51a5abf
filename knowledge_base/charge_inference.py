"""Which charge do facts without a charge speak of: cues written from the statutory elements.

For evaluation and for estimates where no charge is given. A document's own charge is never
overruled by this.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from knowledge_base import charges
from knowledge_base.loader import Row, rows

_STRONG, _WEAK, _AGAINST, _NAMED = 3.0, 1.0, 3.0, 6.0
_SPECIAL = 0.6  # share of the general charge's score from which the special one holds
_NEXT = 0.5  # a further charge must score as much as this share of the best one
_NEXT_LEAST = 7.0
_NEXT_STRONG = 2
_MOST = 3
_ACCUSED = re.compile(r"(?:以|构成|涉嫌|犯|分别以|应当以|应以)([^，。；××]{2,40}?罪)")
_EARLIER = re.compile(
    r"(?:曾|前|因犯)[^。；]{0,80}?(?:判处|判刑|处罚|拘留|劳动教养|刑满释放)[^。；，]*"
)


class ChargeCues(Row):
    """Expressions by which facts speak for a charge.

    All of `need` must occur; each of `strong` and `weak` that occurs counts for it, each of
    `unless` against it. `over`: the general charges to which this one is the special rule.
    """

    charge: str
    need: tuple[str, ...] = ()
    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    over: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Compiled:
    charge: str
    need: tuple[re.Pattern[str], ...]
    weighted: tuple[tuple[float, re.Pattern[str]], ...]
    over: tuple[str, ...]


@dataclass(frozen=True)
class Guess:
    """A charge and how much speaks for it; `named`: the facts name it as the
    accusation; `strong`: where the strong cues stand."""

    charge: str
    score: float
    named: bool
    strong: tuple[tuple[int, int], ...]
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
                row.over,
            )
        )
    return tuple(made)


def _accused(facts: str) -> set[str]:
    """Charges that the facts name as the accusation."""
    found = set()
    for match in _ACCUSED.finditer(facts):
        for name in charges.split(match[1]):
            known = charges.match(name)
            if known is not None:
                found.add(known.name)
    return found


def cues_in(facts: str) -> frozenset[tuple[str, int]]:
    """Charge and number (within that charge) of every cue for a charge that facts tell."""
    return frozenset(
        (cues.charge, number)
        for cues in _compiled()
        for number, (weight, told) in enumerate(cues.weighted)
        if weight > 0 and told.search(facts)
    )


def rank(facts: str) -> list[Guess]:
    """The likeliest charge first: those with a strong cue, or failing these, with any cue."""
    facts = _EARLIER.sub("", facts)
    accused = _accused(facts)
    guesses = []
    for cues in _compiled():
        named = cues.charge in accused
        if not named and not all(p.search(facts) for p in cues.need):
            continue
        hits = [(w, m) for w, p in cues.weighted if (m := p.search(facts)) is not None]
        because = tuple(m[0] for w, m in hits if w > 0)
        if named or because:
            score = _NAMED * named + sum(w for w, _ in hits)
            strong = tuple(m.span() for w, m in hits if w == _STRONG)
            guesses.append(Guess(cues.charge, score, named, strong, because))
    ranked = sorted(guesses, key=lambda g: (-g.score, g.charge))
    firm = [g for g in ranked if g.score > 0 and (g.strong or g.named)] or ranked
    return _special_first(firm)


def _special_first(ranked: list[Guess]) -> list[Guess]:
    """特别法优于一般法: a special charge that is well supported takes its general one's place."""
    over = {cues.charge: cues.over for cues in _compiled() if cues.over}
    score = {g.charge: g.score for g in ranked}
    beaten = {
        general
        for g in ranked
        if g.strong
        for general in over.get(g.charge, ())
        if g.score >= _SPECIAL * score.get(general, math.inf)
    }
    return [g for g in ranked if g.charge not in beaten] + [g for g in ranked if g.charge in beaten]


def _apart(guess: Guess, chosen: list[Guess]) -> int:
    """How many of the guess's strong cues stand on words that no chosen charge rests on."""
    taken = [span for other in chosen for span in other.strong]
    return sum(all(end <= a or b <= start for a, b in taken) for start, end in guess.strong)


def infer(facts: str) -> list[Guess]:
    """The likeliest charge, and others that stand on words of their own; empty where none does.

    Two readings of the same words are one crime: the likelier reading holds.
    """
    ranked = rank(facts)
    chosen = ranked[:1]
    for guess in ranked[1:]:
        near = guess.score >= max(_NEXT_LEAST, ranked[0].score * _NEXT)
        if near and len(chosen) < _MOST and _apart(guess, chosen) >= _NEXT_STRONG:
            chosen.append(guess)
    return chosen
