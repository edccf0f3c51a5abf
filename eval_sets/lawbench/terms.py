"""LawBench 3-4 and 3-5: facts, charge and article (3-5: and its words) → months of imprisonment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.sentencing.estimate import estimate
from eval_sets.lawbench.task import Task
from eval_sets.terms import question, stated_months, term_score
from eval_sets.training.seen import seen

_MONTHS = re.compile(r"\[刑期\]\s*(\d+)")


def _answer(text: str, instruction: str) -> str:
    case = question(text)
    found = estimate(case.facts, case.charges, case.articles, case.article_text)
    return f"[刑期]{round(found.months)}月<eoa>"


def term_scores(predictions: Sequence[str], references: Sequence[str]) -> list[float]:
    """The benchmark's score an item; death and life are left out, no answer counts 0."""
    scores = []
    for given, expected in zip(predictions, references, strict=True):
        months = stated_months(expected)
        if months is None:
            continue
        answered = _MONTHS.search(given)
        scores.append(term_score(months, float(answered[1]) if answered else None))
    return scores


def _trained_on(text: str) -> bool:
    return seen(question(text).facts)


TASKS = {number: Task(number, _answer, term_scores) for number in ("3-4", "3-5")}
SEEN = dict.fromkeys(TASKS, _trained_on)
