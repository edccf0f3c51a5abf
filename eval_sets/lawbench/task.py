"""What one LawBench task consists of: how it is answered and how the benchmark counts it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Task:
    """A task by its number.

    `answer(question, instruction)` gives the text handed in, "" where there is none.
    `measure(predictions, references)` gives one score in 0…1 an item; the metric is their
    mean. Items that the benchmark skips are left out of the list.
    """

    id: str
    answer: Callable[[str, str], str]
    measure: Callable[[Sequence[str], Sequence[str]], list[float]]

    def scores(self, answers: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[Any]:
        """What each answer to `rows` (`question`, `answer`) is worth."""
        return list(self.measure(answers, [row["answer"] for row in rows]))

    def combined(self, scores: Sequence[Any]) -> float:
        """The benchmark's figure, 0…1, for any selection of `scores`."""
        return sum(scores) / len(scores) if scores else 0.0
