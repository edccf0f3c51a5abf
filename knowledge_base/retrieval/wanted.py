"""Which charges a query asks for: those it states, and those its facts speak of.

What the facts speak of is told by the cues of the statutory elements, by what single words
say, and by a vote of the nearest cases. It counts beside stated charges too: cases that tell
the same story under another charge are similar, and often the ones to be told apart from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from knowledge_base import charge_inference
from knowledge_base.retrieval import term_space

_BY_CUES = 0.4  # the rules' part in what the facts speak of
_BY_WORDS = 0.7  # the words' part in the rest; the neighbours have what is left
_STATED = 0.7  # the part of stated charges in what is asked for
_LEAST = 0.05  # shares below this are noise

Shares = Mapping[str, float]


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()} if total else {}


def by_cues(facts: str) -> dict[str, float]:
    """Shares by the cues for each charge; they add up to 1, or there are none."""
    return _shares({g.charge: g.score for g in charge_inference.rank(facts) if g.score > 0})


def by_vote(neighbours: Sequence[tuple[float, Sequence[str]]]) -> dict[str, float]:
    """Shares by a vote of (nearness, charges); a case's voice is split among its charges.

    Squared, so that what few vote for does not blur the picture.
    """
    votes: dict[str, float] = defaultdict(float)
    for near, charges in neighbours:
        for charge in charges:
            votes[charge] += near / len(charges) ** 0.5
    return _shares({name: vote**2 for name, vote in votes.items()})


def mixed(one: Shares, other: Shares, part: float) -> dict[str, float]:
    """`part` of the one and the rest of the other; all of the one where the other is empty."""
    if not one or not other:
        return dict(one or other)
    names = one.keys() | other.keys()
    return {n: part * one.get(n, 0.0) + (1 - part) * other.get(n, 0.0) for n in names}


def wanted(
    facts: str, stated: Sequence[str], neighbours: Sequence[tuple[float, Sequence[str]]]
) -> dict[str, float]:
    """Charges asked for with their shares, the largest first; they add up to 1.

    `stated` are the query's own charges, empty where it names none.
    """
    read = mixed(term_space.space().shares(facts), by_vote(neighbours), _BY_WORDS)
    told = mixed(by_cues(facts), read, _BY_CUES)
    given = _shares(dict.fromkeys(stated, 1.0))
    both = mixed(given, told, _STATED)
    kept = _shares({name: share for name, share in both.items() if share >= _LEAST})
    return dict(sorted(kept.items(), key=lambda item: (-item[1], item[0])))
