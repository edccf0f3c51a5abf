"""What the search is held against: BM25 and TF-IDF over whole documents, one plain vector."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge_base.casebank import StoredCase
from knowledge_base.embedding import Embedder
from knowledge_base.retrieval.tokens import terms

Scores = NDArray[np.float64]
_K1, _B = 1.5, 0.75


def _weighted(
    documents: Sequence[Counter[str]],
    queries: Sequence[Counter[str]],
    weight: Callable[[str, int, int], float],
    query_weight: Callable[[str, int], float],
) -> Scores:
    """(queries, documents): sums over common words of a query's and a document's weight."""
    postings: dict[str, list[tuple[int, float]]] = {}
    for place, counted in enumerate(documents):
        length = counted.total()
        for word, times in counted.items():
            postings.setdefault(word, []).append((place, weight(word, times, length)))
    scores = np.zeros((len(queries), len(documents)))
    for row, counted in enumerate(queries):
        for word, times in counted.items():
            for place, value in postings.get(word, ()):
                scores[row, place] += query_weight(word, times) * value
    return scores


def bm25(documents: Sequence[str], queries: Sequence[str]) -> Scores:
    """Lucene's BM25 (k1 1.5, b 0.75) on the words of `knowledge_base.retrieval.tokens`."""
    counted = [Counter(terms(text)) for text in documents]
    having = Counter(word for one in counted for word in one)
    mean = sum(one.total() for one in counted) / len(counted)

    def weight(word: str, times: int, length: int) -> float:
        rare = math.log1p((len(counted) - having[word] + 0.5) / (having[word] + 0.5))
        return rare * times / (times + _K1 * (1 - _B + _B * length / mean))

    asked = [Counter(terms(text)) for text in queries]
    return _weighted(counted, asked, weight, lambda word, times: float(times))


def tf_idf(documents: Sequence[str], queries: Sequence[str]) -> Scores:
    """Cosine of vectors of (1 + ln times) · (ln((1 + n) / (1 + having)) + 1), the same words."""
    counted = [Counter(terms(text)) for text in documents]
    asked = [Counter(terms(text)) for text in queries]
    having = Counter(word for one in counted for word in one)

    def value(word: str, times: int) -> float:
        rare = math.log((1 + len(counted)) / (1 + having[word])) + 1
        return (1 + math.log(times)) * rare if having[word] else 0.0

    scores = _weighted(counted, asked, lambda word, times, _: value(word, times), value)
    lengths = [math.sqrt(sum(value(w, n) ** 2 for w, n in one.items())) for one in counted]
    return scores / np.maximum(lengths, 1e-9)


def plain_vectors(
    embedder: Embedder, documents: Sequence[StoredCase], queries: Sequence[str]
) -> Scores:
    """Cosine of the whole query with a document's nearest passage."""
    passages = [d.passage(n) for d in documents for n in range(len(d.passages))]
    owner = np.array([n for n, d in enumerate(documents) for _ in d.passages])
    vectors = embedder.passages(passages)
    scores = np.full((len(queries), len(documents)), -1.0)
    for row, query in enumerate(queries):
        np.maximum.at(scores[row], owner, vectors @ embedder.query(query))
    return scores
