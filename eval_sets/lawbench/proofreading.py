"""LawBench 2-1: a sentence with slips of the pen → the sentence as it should read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.proofreading import carried_out, corrections
from eval_sets.lawbench.edits import edits
from eval_sets.lawbench.task import Task
from eval_sets.metrics import Counts, counts, micro_precision, micro_recall, share
from eval_sets.training.seen import seen

_LONGEST_EXCESS = 5
_BETA = 0.5


def _answer(question: str, instruction: str) -> str:
    return carried_out(question, corrections(question, "corrected"))


def compared(source: str, given: str, expected: str) -> Counts:
    """Edits of an answer against those of the reference: place and wording both right."""
    return counts(edits(source, given[: len(expected) + _LONGEST_EXCESS]), edits(source, expected))


def f_half(rows: Sequence[Counts]) -> float:
    """F0.5 over the edits of all sentences together."""
    precision, recall = micro_precision(rows), micro_recall(rows)
    weight = _BETA * _BETA
    return share((1 + weight) * precision * recall, weight * precision + recall)


def _unchanged(predictions: Sequence[str], references: Sequence[str]) -> list[float]:
    """1 an item where the answer is the reference to the letter."""
    pairs = zip(predictions, references, strict=True)
    return [float(given == expected) for given, expected in pairs]


class _Edits(Task):
    """Counted over all edits of all sentences, so the source is needed beside the reference."""

    def scores(self, answers: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[Any]:
        return [
            compared(row["question"], answer, row["answer"])
            for answer, row in zip(answers, rows, strict=True)
        ]

    def combined(self, scores: Sequence[Any]) -> float:
        return f_half(scores)


def _trained_on(question: str) -> bool:
    return seen(question, "seen_proofreading.txt")


TASKS = {"2-1": _Edits("2-1", _answer, _unchanged)}
SEEN = dict.fromkeys(TASKS, _trained_on)
