"""Fits `knowledge_base/tables/case_ranking.yaml` on labelled queries, and cross-validates it.

    python -m eval_sets.training.case_ranking FOLDER [--write] [--seeds 3] [--ablate]

FOLDER has LeCaRD's form (see `eval_sets.retrieval.data`). Every query is asked twice, with and
without its charges, and both teach one set of weights. It prints the cross-validated measures
of all likenesses (with --ablate also of all but one) and the spread over folds. With --write the weights of
all queries go into the table, and the queries' checksums beside this file.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from assistant import settings
from eval_sets import ranking
from eval_sets.retrieval import data, runs
from eval_sets.retrieval.fitting import Example, cross_fitted, fit, folds
from eval_sets.training.seen import checksum
from knowledge_base import case_ranking
from knowledge_base.retrieval.features import FEATURES

_SEEN = "seen_queries.txt"
Weights = Mapping[str, float]


@cache
def _known() -> frozenset[str]:
    return frozenset(files(__package__).joinpath(_SEEN).read_text("ascii").split())


def seen(text: str) -> bool:
    """Whether the shipped weights were fitted on a query of this text."""
    return checksum(text) in _known()


def _without(one: Example, feature: str) -> Example:
    values = one.values.copy()
    values[:, FEATURES.index(feature)] = 0.0
    return Example(one.query, one.documents, values, one.labels)


def _order(one: Example, weights: Weights) -> list[str]:
    scores = one.values @ np.array([weights[name] for name in FEATURES])
    return [one.documents[n] for n in np.argsort(-scores, kind="stable")]


def _measured(
    every: Sequence[Example], weights: Mapping[str, Weights]
) -> dict[str, dict[str, float]]:
    """Query to its measures."""
    return {
        one.query: ranking.measures(_order(one, weights[one.query]), one.labels) for one in every
    }


def _line(name: str, measured: Sequence[Mapping[str, float]]) -> str:
    means = (statistics.fmean(m[key] for m in measured) for key in ranking.MEASURES)
    return f"{name:<34}" + "  ".join(
        f"{key} {value:.4f}" for key, value in zip(ranking.MEASURES, means, strict=True)
    )


def report(modes: Mapping[str, Sequence[Example]], seeds: int, ablate: bool) -> None:
    """Print the cross-validated measures by mode, over `seeds` ways to part the queries."""
    for left_out in (None, *FEATURES) if ablate else (None,):
        changed = {
            mode: [_without(one, left_out) if left_out else one for one in every]
            for mode, every in modes.items()
        }
        both = [one for every in changed.values() for one in every]
        results: dict[str, list[Mapping[str, float]]] = {mode: [] for mode in modes}
        for seed in range(1 if left_out else seeds):
            parts = folds([one.query for one in both], seed)
            weights = cross_fitted(both, parts)
            for mode, every in changed.items():
                measured = _measured(every, weights)
                results[mode] += measured.values()
                by_fold = [statistics.fmean(measured[q]["ndcg@10"] for q in p) for p in parts]
                if left_out is None:
                    print(f"  {mode}, seed {seed}, ndcg@10 by fold: {np.round(by_fold, 3)}")
        for mode, flat in results.items():
            print(_line(f"{mode} without {left_out}" if left_out else mode, flat), flush=True)


def write(weights: Weights, queries: Sequence[str]) -> None:
    """Put the weights into the table and note the queries they come from."""
    path = Path(str(files("knowledge_base") / "tables" / "case_ranking.yaml"))
    head = path.read_text("utf-8").split("rows:\n")[0]
    rows = [
        f"  - {{feature: {name}, name: {row.name}, weight: {weights[name]:.3f}}}\n"
        for name, row in case_ranking.weights().items()
    ]
    path.write_text(f"{head}rows:\n{''.join(rows)}", "utf-8")
    noted = "\n".join(sorted(map(checksum, queries))) + "\n"
    Path(__file__).with_name(_SEEN).write_text(noted, "ascii")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--ablate", action="store_true", help="also without each likeness")
    given = parser.parse_args()
    collection = data.read(given.folder)
    with runs.filled(collection.documents, runs.embedder(settings.load())) as full:
        modes = {
            mode: [one.example for one in runs.searched(full, collection, with_charge)]
            for mode, with_charge in (("with_charge", True), ("text_only", False))
        }
    report(modes, given.seeds, given.ablate)
    weights = fit([one for every in modes.values() for one in every])
    print({name: round(value, 3) for name, value in weights.items()})
    if given.write:
        write(weights, [query.text for query in collection.queries])


if __name__ == "__main__":
    main()
