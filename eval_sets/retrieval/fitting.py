"""Weights of likenesses from graded labels: logistic regression on pairs of documents.

Two kinds of pairs teach an order: a judged document over one judged lower, and a relevant
document over one that was found and not judged (most of those are no match). The weights are
held near zero and cannot be negative: a likeness never speaks against a case.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval_sets.ranking import RELEVANT
from knowledge_base.retrieval.features import FEATURES

Matrix = NDArray[np.float64]
FOLDS = 5
_UNJUDGED = 0.9  # part of the pairs with unjudged documents in the loss
_PENALTY = 1e-2
_STEPS = 100
_MOST_UNJUDGED = 200  # of the unjudged documents, those most alike


@dataclass(frozen=True)
class Example:
    """One query's candidates: `values` (n, features) in the order of FEATURES, ids and labels."""

    query: str
    documents: Sequence[str]
    values: Matrix
    labels: Mapping[str, int]


def example(
    query: str, found: Sequence[tuple[str, Mapping[str, float]]], labels: Mapping[str, int]
) -> Example:
    values = np.array([[one[name] for name in FEATURES] for _, one in found])
    return Example(query, [document for document, _ in found], values, labels)


def _pairs(one: Example) -> tuple[Matrix, NDArray[np.float64]]:
    """Differences of likenesses, better minus worse, and their weights (sum 1)."""
    known = np.array([one.labels.get(document, -1) for document in one.documents])
    judged = np.flatnonzero(known >= 0)
    better, worse = np.nonzero(known[judged][:, None] > known[judged][None])
    better, worse = judged[better], judged[worse]
    graded = (known[better] - known[worse]).astype(float)
    relevant = np.flatnonzero(known >= RELEVANT)
    unjudged = np.flatnonzero(known < 0)
    # Those that look alike in every way: chosen by their words alone, they would make words
    # look worthless.
    unjudged = unjudged[np.argsort(-one.values[unjudged].sum(axis=1))][:_MOST_UNJUDGED]
    over = np.repeat(relevant, len(unjudged))
    under = np.tile(unjudged, len(relevant))
    differences = one.values[np.r_[better, over]] - one.values[np.r_[worse, under]]
    return differences, np.r_[
        (1 - _UNJUDGED) * graded / max(graded.sum(), 1.0),
        np.full(len(over), _UNJUDGED / max(len(over), 1)),
    ]


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Weight by feature; deterministic. Every query counts the same."""
    parts = [_pairs(one) for one in examples]
    differences = np.concatenate([d for d, _ in parts])
    weights = np.concatenate([w for _, w in parts]) / len(parts)
    scale = differences.std(axis=0) + 1e-9
    scaled = differences / scale
    fitted = np.zeros(len(FEATURES))
    curvature = 0.25 * np.linalg.eigvalsh((scaled * weights[:, None]).T @ scaled)[-1] + _PENALTY
    ahead, momentum = fitted.copy(), 1.0
    for _ in range(_STEPS):  # accelerated projected gradient: convex, one minimum
        slope = weights / (1 + np.exp(scaled @ ahead))
        after = np.maximum(ahead - (_PENALTY * ahead - scaled.T @ slope) / curvature, 0.0)
        following = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = after + (momentum - 1) / following * (after - fitted)
        fitted, momentum = after, following
    return {name: float(w) for name, w in zip(FEATURES, fitted / scale, strict=True)}


def folds(queries: Sequence[str], seed: int = 0) -> list[set[str]]:
    """The queries in FOLDS parts of like size, by chance."""
    order = sorted(set(queries))
    random.Random(seed).shuffle(order)
    return [set(order[part::FOLDS]) for part in range(FOLDS)]


def cross_fitted(
    examples: Sequence[Example],
    parts: Sequence[set[str]],
    fitted: Callable[[Sequence[Example]], dict[str, float]] = fit,
) -> dict[str, dict[str, float]]:
    """Query to weights that were fitted without it and the others of its part."""
    found: dict[str, dict[str, float]] = {}
    for part in parts:
        weights = fitted([one for one in examples if one.query not in part])
        found |= dict.fromkeys(part, weights)
    return found
