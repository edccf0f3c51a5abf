"""The trained weights: for hashed features one number a label, and one for each pair of labels.

The file holds numbers only. `eval_sets/training/theft_entities.py` makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True)
class Layer:
    """One linear chain over characters. `states` is (features, labels), `steps` (labels, labels).

    A label is O, B-kind or I-kind; kinds of one layer do not overlap, those of two may.
    """

    labels: tuple[str, ...]
    keys: NDArray[np.uint32]
    states: NDArray[np.float32]
    steps: NDArray[np.float32]

    def scores(self, rows: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """What each character's features say for each label: (characters, labels)."""
        found = np.zeros((len(rows), len(self.labels)), dtype=np.float32)
        for at, row in enumerate(rows):
            wanted = np.asarray(row, dtype=np.uint32)
            places = np.searchsorted(self.keys, wanted)
            places[places == len(self.keys)] = 0
            found[at] = self.states[places[self.keys[places] == wanted]].sum(axis=0)
        return found

    def best(self, rows: Sequence[Sequence[int]]) -> list[str]:
        """The most likely labels of a sentence (Viterbi)."""
        if not rows:
            return []
        scores = self.scores(rows)
        come_from = np.zeros(scores.shape, dtype=np.int64)
        running = scores[0]
        for at in range(1, len(scores)):
            ways = running[:, None] + self.steps
            come_from[at] = ways.argmax(axis=0)
            running = ways.max(axis=0) + scores[at]
        label = int(running.argmax())
        path = [label]
        for at in range(len(scores) - 1, 0, -1):
            label = int(come_from[at][label])
            path.append(label)
        return [self.labels[label] for label in reversed(path)]


@cache
def layers() -> tuple[Layer, ...]:
    """The layers of the shipped file."""
    with np.load(FILE, allow_pickle=False) as stored:
        return tuple(
            Layer(
                tuple(str(name) for name in stored[f"labels{n}"]),
                stored[f"keys{n}"],
                stored[f"states{n}"].astype(np.float32),
                stored[f"steps{n}"].astype(np.float32),
            )
            for n in range(int(stored["layers"]))
        )


@cache
def seen() -> frozenset[int]:
    """CRC-32 of each sentence trained on, so that a measurement can say which it has seen."""
    with np.load(FILE, allow_pickle=False) as stored:
        return frozenset(int(number) for number in stored["seen"])
