"""Fits the weights of proofreading on LawBench 2-1, and cross-validates them.

    python -m eval_sets.training.proofreading ../shared/data/lawbench/2-1.jsonl [--seen FILE]

A logistic regression over the signs of `assistant.proofreading.evidence`. Every figure printed is
of sentences that neither the weights nor the certainty asked for were fitted on (five folds, the
certainty chosen by folds within). Only one number a sign is kept, no text.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.proofreading.choice import carried_out, chosen
from assistant.proofreading.evidence import FEATURES, Candidate, candidates
from eval_sets.lawbench.edits import edits
from eval_sets.lawbench.proofreading import compared, f_half
from eval_sets.metrics import Counts, bootstrap_interval, micro_precision, micro_recall
from eval_sets.training.seen import checksum
from knowledge_base.loader import rows
from knowledge_base.proofreading import SignWeight

FOLDS = 5
_CERTAINTIES = [n / 20 for n in range(2, 19)]
_STRENGTH = 1.0
_ROUNDS = 30
_SEED = 20240301

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Item:
    """A sentence, what is proposed in it, and which proposals are part of its correction."""

    question: str
    answer: str
    found: tuple[Candidate, ...]
    right: tuple[bool, ...]


def item(question: str, answer: str) -> Item:
    found = tuple(candidates(question))
    wanted = edits(question, answer)
    right = []
    for c in found:
        made = edits(question, question[: c.start] + c.right + question[c.end :])
        right.append(bool(made) and made <= wanted)
    return Item(question, answer, found, tuple(right))


@dataclass(frozen=True)
class Weights:
    """One weight a feature, the bias last; for features as they are."""

    values: Vector

    def chances(self, one: Item) -> list[float]:
        if not one.found:
            return []
        signs = np.array([c.features for c in one.found]) @ self.values[:-1] + self.values[-1]
        return list(1 / (1 + np.exp(-np.clip(signs, -30, 30))))


def fit(items: Sequence[Item]) -> Weights:
    """Logistic regression with a penalty on the weights of the scaled features (Newton)."""
    signs = np.array([c.features for one in items for c in one.found])
    right = np.array([r for one in items for r in one.right], float)
    middle, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    scaled = np.c_[(signs - middle) / spread, np.ones(len(signs))]
    penalty = np.eye(scaled.shape[1]) / _STRENGTH
    penalty[-1, -1] = 0.0
    weights = np.zeros(scaled.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (chance - right) + penalty @ weights
        bend = (scaled * (chance * (1 - chance) + 1e-9)[:, None]).T @ scaled + penalty
        weights -= np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread
    return Weights(np.r_[plain, weights[-1] - plain @ middle])


def answered(one: Item, chances: Sequence[float], certainty: float) -> Counts:
    found = chosen(list(zip(chances, one.found, strict=True)), lambda kind: certainty)
    return compared(one.question, carried_out(one.question, found), one.answer)


def held_out(
    items: Sequence[Item], folds: Sequence[int], fitted: Callable[[Sequence[Item]], Weights] = fit
) -> list[list[float]]:
    """Chances of each item's proposals by weights that were fitted without its fold."""
    by_fold = {
        fold: fitted([one for one, other in zip(items, folds, strict=True) if other != fold])
        for fold in set(folds)
    }
    return [by_fold[fold].chances(one) for one, fold in zip(items, folds, strict=True)]


def best_certainty(items: Sequence[Item], chances: Sequence[Sequence[float]]) -> float:
    def score(certainty: float) -> float:
        return f_half([answered(one, c, certainty) for one, c in zip(items, chances, strict=True)])

    return max(_CERTAINTIES, key=score)


def cross_validated(items: Sequence[Item], seed: int) -> tuple[list[Counts], list[float]]:
    """The counts of every item, left out, and the score of each fold."""
    folds = [n % FOLDS for n in range(len(items))]
    random.Random(seed).shuffle(folds)
    outer = held_out(items, folds)
    counted: dict[int, Counts] = {}
    scores = []
    for fold in range(FOLDS):
        inside = [n for n in range(len(items)) if folds[n] != fold]
        inner = held_out([items[n] for n in inside], [folds[n] for n in inside])
        certainty = best_certainty([items[n] for n in inside], inner)
        own = [n for n in range(len(items)) if folds[n] == fold]
        counted |= {n: answered(items[n], outer[n], certainty) for n in own}
        scores.append(f_half([counted[n] for n in own]))
    return [counted[n] for n in range(len(items))], scores


def read(path: Path) -> list[Item]:
    lines = path.read_text("utf-8").splitlines()
    return [item(row["question"], row["answer"]) for row in map(json.loads, lines)]


def table(weights: Weights) -> str:
    """The rows of `knowledge_base/tables/proofreading.yaml`, named as the table names them."""
    named = {row.feature: row.name for row in rows("proofreading", SignWeight)}
    return "\n".join(
        f"  - {{feature: {feature}, name: {named.get(feature, feature)}, weight: {value:.4f}}}"
        for feature, value in zip((*FEATURES, "bias"), weights.values, strict=True)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="LawBench 2-1 items")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seen", type=Path, help="takes the checksums of the sentences")
    chosen_options = parser.parse_args()
    items = read(chosen_options.data)
    for seed in range(chosen_options.seeds):
        counted, scores = cross_validated(items, _SEED + seed)
        low, high = bootstrap_interval(counted, f_half)
        print(
            f"F0.5 {f_half(counted):.3f} [{low:.3f}, {high:.3f}]"
            f" P {micro_precision(counted):.3f} R {micro_recall(counted):.3f}"
            f" folds {[round(score, 3) for score in scores]}"
        )
    folds = [n % FOLDS for n in range(len(items))]
    print("certainty", best_certainty(items, held_out(items, folds)))
    print(table(fit(items)))
    if chosen_options.seen:
        lines = sorted(checksum(one.question) for one in items)
        chosen_options.seen.write_text("\n".join(lines) + "\n", "ascii")


if __name__ == "__main__":
    main()
