"""Cases worth a closer look: those that share words with the query or lie near its vector."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge_base.casebank import Bank, Filters, PassageHit, StoredCase
from knowledge_base.retrieval import term_space, usual
from knowledge_base.retrieval.neighbours import smoothed
from knowledge_base.retrieval.tokens import passage_weights, query_weights, term_id, terms
from knowledge_base.retrieval.wanted import wanted
from knowledge_base.vectors import Vector

WORDS_ONLY = "没有向量模型或者案例库没有向量，只按词语检索。"
_LIKELY = 3  # charges whose cases are looked for apart
_HIGH, _LOW = 5, 100  # places whose scores are 1 and 0 on the scale of one query


@dataclass(frozen=True)
class Nearness:
    """How near a case is by the words of its facts and by vector, on the scale of the query:
    about 1 for the fifth best case, 0 for the hundredth. `passage` is the nearest one's number.
    """

    words: float
    vector: float
    passage: int


@dataclass(frozen=True)
class Candidates:
    """Cases with their nearness; `vectors` tells whether vectors were searched at all."""

    near: Sequence[tuple[StoredCase, Nearness]]
    vectors: bool


def query_vector(bank: Bank, query: StoredCase) -> Vector | None:
    """One unit vector for the facts of a query: what sets them apart from the usual ones.

    None where the bank cannot be searched by vector, or the query has no facts.
    """
    embedder = bank.embedder
    if embedder is None or bank.model != embedder.name or not query.passages:
        return None
    parts = [embedder.query(query.passage(n)) for n in range(len(query.passages))]
    return usual.telling(np.stack(parts), embedder.name)


def gather(
    bank: Bank, query: StoredCase, vector: Vector | None, depth: int, filters: Filters | None
) -> Candidates:
    """Cases with one of the `depth` best passages by words or by vector, under the filters.

    By words twice: among all cases, and among those of the likeliest charges, which may tell
    the like story in other words.
    The query itself is left out, known by its text or its case number. A case whose vector is
    not among the best counts as near as the last of them.
    """
    ids = list({term_id(term) for term in terms(query.facts)})
    telling = term_space.space().weight
    weights = query_weights(query.facts, bank.passages, bank.having(ids), telling)
    by_words = _best(bank.sparse(weights, depth, filters) if weights else [])
    if weights and not (filters and filters.charges):
        likely = tuple(wanted(query.facts, query.charges, []))[:_LIKELY]
        of_charges = (filters or Filters()).model_copy(update={"charges": likely})
        by_words = _best(bank.sparse(weights, depth, of_charges) if likely else []) | by_words
    by_vector = _best(bank.dense(vector, depth, filters) if vector is not None else [])
    cases = [
        case
        for case in bank.cases(sorted(by_words.keys() | by_vector.keys()))
        if case.hash != query.hash and (query.number is None or case.number != query.number)
    ]
    words = _scaled(smoothed([_whole(c.hash, c.facts) for c in cases], weights))
    lowest = min((hit.score for hit in by_vector.values()), default=0.0)
    cosines = [by_vector[c.id].score if c.id in by_vector else lowest for c in cases]
    near = [
        Nearness(word, cosine, (by_vector.get(case.id) or by_words[case.id]).passage)
        for case, word, cosine in zip(cases, words, _scaled(cosines), strict=True)
    ]
    return Candidates(list(zip(cases, near, strict=True)), vector is not None)


@lru_cache(maxsize=16384)
def _whole(hash_: str, facts: str) -> Mapping[int, float]:
    return passage_weights(facts)


def _scaled(scores: Sequence[float]) -> list[float]:
    """Scores on the scale of one query; all 0 where they are all the same."""
    order = sorted(scores, reverse=True)
    if not order:
        return []
    high, low = order[min(_HIGH, len(order)) - 1], order[min(_LOW, len(order)) - 1]
    if high <= low:
        high, low = order[0], order[-1]
    return [(score - low) / (high - low) if high > low else 0.0 for score in scores]


def _best(hits: Iterable[PassageHit]) -> dict[int, PassageHit]:
    """The best passage of each case; hits come best first."""
    best: dict[int, PassageHit] = {}
    for hit in hits:
        best.setdefault(hit.case, hit)
    return best
