"""LawBench 3-1: facts and charge → articles of the Criminal Law."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eval_sets.lawbench.task import Task
from eval_sets.metrics import set_f1
from eval_sets.terms import question
from knowledge_base import charge_articles

_NUMBERS = re.compile(r"\d+")


def _answer(text: str, instruction: str) -> str:
    case = question(text)
    numbers = charge_articles.cited(case.charges, case.facts)
    if not numbers:
        return ""
    return f"[法条]{'、'.join(f'刑法第{n}条' for n in numbers)}<eoa>"


def article_f1(predictions: Sequence[str], references: Sequence[str]) -> list[float]:
    """F1 of the set of article numbers an item."""
    return [
        set_f1(set(_NUMBERS.findall(given)), set(_NUMBERS.findall(expected)))
        for given, expected in zip(predictions, references, strict=True)
    ]


TASKS = {"3-1": Task("3-1", _answer, article_f1)}
