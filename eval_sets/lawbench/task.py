"""What one LawBench task consists of: how it is answered and how the benchmark counts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


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
