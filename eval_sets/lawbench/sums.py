"""LawBench 3-7: the court's facts → the total amount of the crime."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from eval_sets.lawbench.task import Task
from ingestion.totals import crime_total

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _answer(question: str, instruction: str) -> str:
    total = crime_total(question.removeprefix("文书:"))
    return "" if total is None else f"[金额]{Decimal(total.fen) / 100}元<eoa>"


def amounts(text: str) -> set[Decimal]:
    """The figures of an answer, in yuan.

    >>> amounts("上文涉及到的犯罪金额:8500.0元。") == amounts("[金额]8500元<eoa>")
    True
    """
    return {Decimal(number) for number in _NUMBER.findall(text)}


def accuracy(predictions: Sequence[str], references: Sequence[str]) -> list[float]:
    """1 an item where the one amount answered is the reference's; several amounts count 0."""
    return [
        float(len(amounts(given)) == 1 and amounts(given) == amounts(expected))
        for given, expected in zip(predictions, references, strict=True)
    ]


TASKS = {"3-7": Task("3-7", _answer, accuracy)}
