"""What makes two cases alike, as numbers between 0 and 1: what the order rests on.

`words` and `vector` are the nearness of the texts, `charge` that of the charges, `modes` the
agreement in how the acts were done. Where one side is silent an agreement is 0, and a
disagreement is no less: what a document does not say is unknown. What cases have in common in
sentencing is told in the reason and orders nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base import case_ranking
from knowledge_base.casebank import StoredCase
from knowledge_base.retrieval.candidates import Nearness
from knowledge_base.retrieval.charge_space import nearness

FEATURES = ("words", "vector", "charge", "modes")


@dataclass(frozen=True)
class Compared:
    """Values that both cases have, and those that only one has."""

    same: tuple[str, ...]
    only_query: tuple[str, ...]
    only_case: tuple[str, ...]

    @classmethod
    def of(cls, query: frozenset[str], case: frozenset[str]) -> Compared:
        return cls(
            tuple(sorted(query & case)), tuple(sorted(query - case)), tuple(sorted(case - query))
        )

    @property
    def share(self) -> float:
        """Share of the common ones in all; 0 where there are none."""
        every = len(self.same) + len(self.only_query) + len(self.only_case)
        return len(self.same) / every if every else 0.0


@lru_cache(maxsize=65536)
def _modes(hash_: str, facts: str) -> frozenset[str]:
    return case_ranking.modes_of(facts)


def modes(query: StoredCase, case: StoredCase) -> Compared:
    """How the acts were done, by whom and to whom."""
    return Compared.of(_modes(query.hash, query.facts), _modes(case.hash, case.facts))


def circumstances(query: StoredCase, case: StoredCase) -> Compared:
    """Circumstances of sentencing, by their keys."""
    return Compared.of(frozenset(query.circumstances), frozenset(case.circumstances))


def tiers(query: StoredCase, case: StoredCase) -> dict[str, tuple[int, int]]:
    """Ranges of punishment of the charges that both have, the query's first."""
    return {
        charge: (tier, case.tiers[charge])
        for charge, tier in query.tiers.items()
        if charge in case.tiers
    }


def features(
    query: StoredCase, case: StoredCase, near: Nearness, wanted: Mapping[str, float]
) -> dict[str, float]:
    """The likeness of two cases by each of `FEATURES`."""
    return {
        "words": near.words,
        "vector": near.vector,
        "charge": nearness(wanted, case.charges),
        "modes": modes(query, case).share,
    }
