"""Similar cases in order: found by words and vectors, ordered by what makes cases alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge_base import case_ranking
from knowledge_base.casebank import Bank, Filters, StoredCase
from knowledge_base.retrieval.candidates import WORDS_ONLY, Nearness, gather, query_vector
from knowledge_base.retrieval.cross import Reranker, reranked
from knowledge_base.retrieval.features import features
from knowledge_base.retrieval.reasons import reason
from knowledge_base.retrieval.wanted import wanted
from knowledge_base.vectors import Vector

_DEPTH = 200  # passages looked at each way: 98 of 100 of the first ten cases are among them
_VOTERS = 40  # cases nearest by words, whose charges tell what the facts speak of


@dataclass(frozen=True)
class Found:
    """A similar case: its score (comparable within one search), the likenesses it adds up
    from, the nearest passage's number, and one line that says why.
    """

    case: StoredCase
    score: float
    features: Mapping[str, float]
    passage: int
    reason: str


@dataclass(frozen=True)
class Similar:
    """Cases found, the most similar first.

    `charges`: the charges that were looked for, with their shares. `inferred`: the query
    named none, the facts told them. `notes`: what the reader has to know (Chinese sentences).
    """

    found: tuple[Found, ...]
    charges: Mapping[str, float]
    inferred: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """A case with its likenesses to the query."""

    case: StoredCase
    near: Nearness
    features: Mapping[str, float]


def candidates(
    bank: Bank,
    query: StoredCase,
    vector: Vector | None,
    depth: int,
    filters: Filters | None = None,
) -> tuple[list[Candidate], dict[str, float], bool]:
    """What can be found for the query, unordered; the charges looked for; whether by vectors.

    `vector` is the query's `query_vector`, made once however often the query is asked.
    """
    gathered = gather(bank, query, vector, depth, filters)
    nearest = sorted(gathered.near, key=lambda pair: -pair[1].words)[:_VOTERS]
    votes = [(max(near.words, 0.0), case.charges) for case, near in nearest]
    charges = wanted(query.facts, query.charges, votes)
    found = [
        Candidate(case, near, features(query, case, near, charges)) for case, near in gathered.near
    ]
    return found, charges, gathered.vectors


def search(
    bank: Bank,
    query: StoredCase,
    k: int = 10,
    filters: Filters | None = None,
    *,
    vector: Vector | None = None,
    weights: Mapping[str, float] | None = None,
    reranker: Reranker | None = None,
) -> Similar:
    """The k cases of the bank most similar to the query, under the filters.

    `query` is a case as `assistant.similar.stored` reads it, whether it is in the bank or not
    (it never finds itself). Without vectors, words alone find cases, and the notes say so.
    `vector` is the query's where the caller has made it already. `weights` by feature replace
    the shipped ones. `reranker` reads the first cases again. Raises VectorError.
    """
    vector = query_vector(bank, query) if vector is None else vector
    found, charges, by_vectors = candidates(bank, query, vector, max(_DEPTH, 2 * k), filters)
    scored = ordered(found, weights or case_ranking.shipped())
    if reranker is not None:
        scored = reranked(query, scored, reranker)
    return Similar(
        tuple(
            Found(one.case, value, one.features, one.near.passage, reason(query, one.case))
            for value, one in scored[:k]
        ),
        charges,
        not query.charges,
        () if by_vectors else (WORDS_ONLY,),
    )


def ordered(
    found: Sequence[Candidate], weights: Mapping[str, float]
) -> list[tuple[float, Candidate]]:
    """Candidates with their scores, the most similar first."""
    scored = [(score(one.features, weights), one) for one in found]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].case.id))


def score(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum of likenesses."""
    return sum(weight * values.get(name, 0.0) for name, weight in weights.items())
