"""LeCaRD: similar cases ranked by the product's own search, beside three plain ways.

`with_charge`: the query states its charges, as an indictment does. `text_only`: they are
inferred. Queries that the shipped weights were fitted on are ranked with weights fitted
without them (by folds of queries), the others with the shipped ones; `weights` counts both.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant import settings
from assistant.versions import versions
from eval_sets import ranking
from eval_sets.metrics import bootstrap_interval
from eval_sets.retrieval import baselines, runs
from eval_sets.retrieval.data import Collection, read
from eval_sets.retrieval.fitting import cross_fitted, folds
from eval_sets.training.case_ranking import seen
from knowledge_base import case_ranking
from knowledge_base.embedding import Embedder

_MODES = {"with_charge": True, "text_only": False}
_BASELINES = ("bm25", "tf_idf", "embedding")
Measured = Mapping[str, Sequence[float]]


def _measured(rankings: Sequence[Sequence[str]], collection: Collection) -> dict[str, list[float]]:
    """Measure to one value a query."""
    every = [
        ranking.measures(order, collection.labels[query.id])
        for order, query in zip(rankings, collection.queries, strict=True)
    ]
    return {name: [one[name] for one in every] for name in ranking.MEASURES}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _plain(
    collection: Collection, full: runs.Filled, embedder: Embedder | None
) -> dict[str, dict[str, list[float]]]:
    texts = [document.text for document in collection.documents]
    asked = [query.text for query in collection.queries]
    scores = {
        "bm25": baselines.bm25(texts, asked),
        "tf_idf": baselines.tf_idf(texts, asked),
    }
    if embedder is not None:
        scores["embedding"] = baselines.plain_vectors(embedder, full.cases, asked)
    ids = [document.id for document in collection.documents]
    return {
        name: _measured(
            [[ids[n] for n in (-row).argsort(kind="stable")] for row in rows], collection
        )
        for name, rows in scores.items()
    }


def _weights(collection: Collection, every: Sequence[runs.Searched]) -> dict[str, Any]:
    """Query to the weights that rank it: cross-fitted where the shipped ones know it."""
    texts = {query.id: query.text for query in collection.queries}
    known = [one.example for one in every if seen(texts[one.query])]
    fitted = cross_fitted(known, folds([one.query for one in known])) if known else {}
    shipped = case_ranking.shipped()
    return {one.query: fitted.get(one.query, shipped) for one in every}


def _gains(
    own: Measured, plain: Mapping[str, Measured], prefix: str
) -> tuple[dict[str, float], dict[str, list[float]]]:
    """Mean gain over each plain way, and its paired bootstrap interval."""
    gains, intervals = {}, {}
    for way, measured in plain.items():
        for name in ranking.MEASURES:
            paired = [a - b for a, b in zip(own[name], measured[name], strict=True)]
            gains[f"{way}.{name}"] = _mean(paired)
            intervals[f"{prefix}.{way}.{name}"] = list(bootstrap_interval(paired, _mean))
    return gains, intervals


def run(
    data: Path, limit: int | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Rank every document of the folder for every labelled query, with and without charges.

    The vectors of the documents are kept in the cache folder. Without an embedding the search
    goes by words alone and `notes` says so. Raises InputError.
    """
    started = time.monotonic()
    collection = read(data, limit)
    embedder = runs.embedder(settings.load())
    metrics: dict[str, Any] = {}
    intervals: dict[str, Any] = {}
    with runs.filled(collection.documents, embedder, progress) as full:
        plain = _plain(collection, full, embedder)
        searched = {
            mode: runs.searched(full, collection, given, progress) for mode, given in _MODES.items()
        }
    # Both ways of asking teach one set of weights, as in the shipped ones.
    weights = _weights(collection, [one for every in searched.values() for one in every])
    documents = [document.id for document in collection.documents]
    for mode, every in searched.items():
        own = _measured([one.ranking(weights[one.query], documents) for one in every], collection)
        metrics[mode] = {name: _mean(values) for name, values in own.items()}
        for name, values in own.items():
            intervals[f"{mode}.{name}"] = list(bootstrap_interval(values, _mean))
        metrics[f"{mode}_gain"], added = _gains(own, plain, f"{mode}_gain")
        intervals |= added
    for way, measured in plain.items():
        metrics[way] = {name: _mean(values) for name, values in measured.items()}
    fitted = sum(seen(query.text) for query in collection.queries)
    return {
        "suite": "lecard",
        "n": len(collection.queries),
        "metrics": metrics,
        "intervals": intervals,
        "seconds": round(time.monotonic() - started, 3),
        "versions": versions(),
        "weights": {"shipped": len(collection.queries) - fitted, "cross_fitted": fitted},
        "embedding": embedder.name if embedder else None,
        "notes": [] if embedder else ["没有向量模型，只按词语检索。"],
    }
