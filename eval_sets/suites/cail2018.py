"""CAIL2018: terms of imprisonment, charges and articles from the facts of a case.

`term_score` is the benchmark's log distance, with the row's charges and articles as given
(death and life left out); `term_score_text_only` infers the charge first. `charge_accuracy`
counts a row whose set of charges is found exactly, by canonical names; two compound labels of
the corpus that are no charges are left out. `charge_top1`: the likeliest charge is among them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.sentencing.estimate import estimate
from assistant.versions import versions
from eval_sets.metrics import bootstrap_interval, set_f1, share
from eval_sets.terms import Case, cail_case, lines, mean, term_score
from eval_sets.training.seen import seen
from ingestion.errors import InputError
from knowledge_base import charge_articles, charge_inference, charges

_CONSTANT = 18  # months; what the published comparison always answers


@dataclass(frozen=True)
class Scored:
    """One row's scores; the term's are None where the sentence is death or life."""

    term: float | None
    text_only: float | None
    constant: float | None
    exact: float
    top: float
    charge_f1: float
    article_f1: float
    trained: bool


def _scored(item: dict[str, Any]) -> Scored:
    case: Case = cail_case(item)
    fixed = not item.get("death") and not item.get("life")
    guesses = charge_inference.infer(case.facts)
    inferred = [g.charge for g in guesses]
    expected = charges.known(case.charges)
    numbers = charge_articles.cited(inferred, case.facts)
    with_charge = estimate(case.facts, case.charges, case.articles)
    without = estimate(case.facts, inferred, numbers)
    return Scored(
        term=term_score(case.months, with_charge.months) if fixed else None,
        text_only=term_score(case.months, without.months) if fixed else None,
        constant=term_score(case.months, _CONSTANT) if fixed else None,
        exact=float(set(inferred) == expected),
        top=float(bool(inferred) and inferred[0] in expected),
        charge_f1=set_f1(inferred, expected),
        article_f1=set_f1(numbers, case.articles),
        trained=seen(case.facts),
    )


def _over(pick: Callable[[Scored], float | None]) -> Callable[[Sequence[Scored]], float]:
    return lambda rows: mean([v for r in rows if (v := pick(r)) is not None])


_MEASURES: dict[str, Callable[[Sequence[Scored]], float]] = {
    "term_score": _over(lambda r: r.term),
    "term_score_text_only": _over(lambda r: r.text_only),
    "term_score_always_18": _over(lambda r: r.constant),
    "charge_accuracy": _over(lambda r: r.exact),
    "charge_top1": _over(lambda r: r.top),
    "charge_f1": _over(lambda r: r.charge_f1),
    "article_f1": _over(lambda r: r.article_f1),
}


def run(
    data: Path, limit: int | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Run over a JSON-lines file or a folder of them; fields as in the corpus.

    `trained_on` in the metrics is the share of rows whose facts the shipped weights were
    fitted on: their term scores are no measurement. Raises InputError where no line has `fact`.
    """
    started = time.monotonic()
    items = list(islice((i for i in lines(data) if i.get("fact")), limit))
    if not items:
        raise InputError(f"“{data.name}”中没有带 fact 字段的行。")
    rows = []
    for done, item in enumerate(items, start=1):
        rows.append(_scored(item))
        if progress:
            progress(done, len(items))
    metrics = {name: measure(rows) for name, measure in _MEASURES.items()}
    metrics["trained_on"] = share(sum(r.trained for r in rows), len(rows))
    return {
        "suite": "cail2018",
        "n": len(rows),
        "metrics": metrics,
        "intervals": {n: list(bootstrap_interval(rows, m, 300)) for n, m in _MEASURES.items()},
        "seconds": round(time.monotonic() - started, 3),
        "versions": versions(),
    }
