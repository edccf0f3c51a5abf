"""Trains `ingestion/entities/weights.npz` on LawBench 2-6 items, and cross-validates.

    python -m eval_sets.training.theft_entities 2-6.jsonl [--out weights.npz]

Without --out it prints the cross-validated score: over random folds, and over folds of
neighbouring items, which are often sentences of one case. It needs `python-crfsuite`, which
the project itself does not.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from eval_sets.lawbench.entities import LABELS, by_type, sentence_of, soft_f1, worded
from eval_sets.metrics import bootstrap_interval
from ingestion.entities.features import features, hashed
from ingestion.entities.tagger import KINDS, Kind, spans_of
from ingestion.entities.weights import Layer

# Goods and places contain persons and sums, so they have a chain of their own.
LAYERS: tuple[tuple[Kind, ...], ...] = (
    tuple(k for k in KINDS if k not in ("goods", "place")),
    ("goods", "place"),
)
_FOLDS = 5
_NEIGHBOURS = 14
_SETTINGS = {
    "c1": 0.2,
    "c2": 0.02,
    "max_iterations": 120,
    "feature.possible_transitions": True,
}


@dataclass(frozen=True)
class Item:
    """A sentence with its entities as (kind, start, end), and the reference answer."""

    text: str
    entities: tuple[tuple[Kind, int, int], ...]
    reference: str
    rows: list[list[int]]


def _placed(text: str, reference: str) -> Iterator[tuple[Kind, int, int]]:
    """Where the values of a reference stand: each after the one of its type before it."""
    for kind, label in LABELS.items():
        after = 0
        for value in filter(None, by_type(reference).get(label, "").split("、")):
            start = text.find(value, after)
            start = start if start >= 0 else text.find(value)
            if start >= 0:
                after = start + len(value)
                yield kind, start, after


def read(path: Path) -> list[Item]:
    """The items of a task file."""
    items = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = sentence_of(row["question"])
        entities = tuple(_placed(text, row["answer"]))
        items.append(Item(text, entities, row["answer"], hashed(features(text))))
    return items


def _labels(item: Item, kinds: Sequence[Kind]) -> list[str]:
    """A label a character; where entities of one layer overlap, the shorter one stays."""
    labels = ["O"] * len(item.text)
    for kind, start, end in sorted(item.entities, key=lambda e: e[2] - e[1]):
        if kind in kinds and set(labels[start:end]) == {"O"}:
            labels[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return labels


def train(items: Sequence[Item], kinds: Sequence[Kind]) -> Layer:
    """A conditional random field with elastic-net penalty, as arrays."""
    import pycrfsuite  # type: ignore[import-not-found]

    trainer = pycrfsuite.Trainer(verbose=False)
    for item in items:
        trainer.append([[str(f) for f in row] for row in item.rows], _labels(item, kinds))
    trainer.set_params(_SETTINGS)
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "model")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        return _layer(tagger.info(), tagger.labels())


def _layer(info: object, names: Sequence[str]) -> Layer:
    states: Mapping[tuple[str, str], float] = info.state_features  # type: ignore[attr-defined]
    steps: Mapping[tuple[str, str], float] = info.transitions  # type: ignore[attr-defined]
    labels = tuple(names)
    keys = np.array(sorted({int(key) for key, _ in states}), dtype=np.uint32)
    weights = np.zeros((len(keys), len(labels)), dtype=np.float32)
    for (key, label), weight in states.items():
        weights[np.searchsorted(keys, np.uint32(int(key))), labels.index(label)] = weight
    moves = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for (one, other), weight in steps.items():
        moves[labels.index(one), labels.index(other)] = weight
    return Layer(labels, keys, weights, moves)


def _predict(layers: Sequence[Layer], item: Item) -> str:
    parts: dict[str, list[str]] = {label: [] for label in LABELS.values()}
    for layer in layers:
        for name, start, end in spans_of(layer.best(item.rows)):
            parts[LABELS[next(k for k in KINDS if k == name)]].append(item.text[start:end])
    return worded(parts)


def cross_validate(items: Sequence[Item], fold_of: Sequence[int]) -> list[float]:
    """The benchmark's score of each item by weights trained without its fold."""
    scores = [0.0] * len(items)
    for fold in sorted(set(fold_of)):
        rest = [item for item, own in zip(items, fold_of, strict=True) if own != fold]
        layers = [train(rest, kinds) for kinds in LAYERS]
        for at, item in enumerate(items):
            if fold_of[at] == fold:
                scores[at] = soft_f1(_predict(layers, item), item.reference)
    return scores


def store(items: Sequence[Item], out: Path) -> None:
    """Train on all items and write the arrays; float16 loses nothing that the scores show."""
    arrays: dict[str, Any] = {"layers": np.array(len(LAYERS))}
    for number, kinds in enumerate(LAYERS):
        layer = train(items, kinds)
        arrays[f"labels{number}"] = np.array(layer.labels)
        arrays[f"keys{number}"] = layer.keys
        arrays[f"states{number}"] = layer.states.astype(np.float16)
        arrays[f"steps{number}"] = layer.steps.astype(np.float16)
    arrays["seen"] = np.array([crc32(i.text.encode()) for i in items], dtype=np.uint32)
    np.savez_compressed(out, **arrays)


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    items = read(given.data)
    if given.out:
        store(items, given.out)
        return
    order = list(range(len(items)))
    random.Random(3).shuffle(order)
    shuffled = [place % _FOLDS for _, place in sorted(zip(order, range(len(items)), strict=True))]
    neighbours = [at // _NEIGHBOURS % _FOLDS for at in range(len(items))]
    for name, folds in (("random folds", shuffled), ("folds of neighbours", neighbours)):
        scores = cross_validate(items, folds)
        low, high = bootstrap_interval(scores, _mean)
        print(f"{name}: {_mean(scores):.4f} [{low:.4f}, {high:.4f}] of {len(items)} items")


if __name__ == "__main__":
    main()
