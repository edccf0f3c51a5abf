"""How near cases are by words, told by the cases that are like them too.

Whether a case tells a story like the query's shows not only in the words that it happens to
use: it shows in those of the cases that tell its own story. (Cluster hypothesis.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge_base.retrieval import term_space

_LIKE_EACH_OTHER = 400  # of the cases, the nearest; the others keep what their own words say
_NEIGHBOURS = 20
Matrix = NDArray[np.float32]


def smoothed(cases: Sequence[Mapping[int, float]], query: Mapping[int, float]) -> list[float]:
    """BM25 of whole facts with the query, each half the case's own and half its neighbours'.

    `cases` hold BM25's share of each word by its id, `query` that of the query's words.
    """
    own = np.array([sum(w * one[t] for t, w in query.items() if t in one) for one in cases])
    nearest = np.argsort(-own, kind="stable")[:_LIKE_EACH_OTHER]
    if len(nearest) > _NEIGHBOURS:
        likeness = _likeness([cases[place] for place in nearest])
        np.fill_diagonal(likeness, 0.0)
        least = np.partition(likeness, -_NEIGHBOURS, axis=1)[:, [-_NEIGHBOURS]]
        voices = np.where(likeness >= least, likeness, 0.0)
        voices /= np.maximum(voices.sum(axis=1, keepdims=True), 1e-9)
        own[nearest] = (own[nearest] + voices @ own[nearest]) / 2
    return [float(value) for value in own]


def _likeness(cases: Sequence[Mapping[int, float]]) -> Matrix:
    """Cosines (cases, cases) of the words' weights; a word that all have says nothing."""
    every = np.fromiter((term for one in cases for term in one), dtype=np.int64)
    weights = np.fromiter((w for one in cases for w in one.values()), dtype=np.float32)
    rows = np.repeat(np.arange(len(cases)), [len(one) for one in cases])
    known, columns, having = np.unique(every, return_inverse=True, return_counts=True)
    # As in BM25; one that a single case has joins none.
    rare = np.log1p((len(cases) - having + 0.5) / (having + 0.5))
    telling = term_space.space().weight
    worth = np.array([telling(int(term)) for term in known]) * rare * (having > 1)
    values = np.zeros((len(cases), len(known)), dtype=np.float32)
    values[rows, columns] = weights * worth[columns]
    values /= np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-9)
    likeness: Matrix = values @ values.T
    return likeness
