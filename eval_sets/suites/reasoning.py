"""How well a judgment's reasoning is judged, question by question, against labels made by reading.

By the product's path without a model, so that the number does not depend on the machine: where
rules are unsure, what they lean to counts (`assistant eval compare` asks models). `macro_f1` is
the mean F1 of every answer of every kind of question; `sure` the share that rules stand by,
`sure_accuracy` how often they are right there; `per_part` parts what rules were mended on from
what they were not; `baseline` always gives a kind's most frequent label. `own` are invented
judgments with the rare answers; they do not count in the rest.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.versions import versions
from eval_sets.metrics import bootstrap_interval, share
from eval_sets.reasoning.answerers import Answerer, ByProduct
from eval_sets.reasoning.questions import Case, Question, gold, own
from ingestion.errors import InputError

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Row:
    """One question with the answer given."""

    question: Question
    given: str
    sure: bool
    asked: bool = False

    @property
    def right(self) -> bool:
        return self.given == self.question.label


def rows_of(
    cases: Sequence[Case], answerer: Answerer, progress: Progress | None = None
) -> tuple[list[Row], int]:
    """A row for each question that could be asked, and how many could not."""
    rows: list[Row] = []
    unmatched = 0
    for done, case in enumerate(cases, start=1):
        for question, given in zip(case.questions, answerer.answer(case), strict=True):
            if given is None:
                unmatched += 1
            else:
                rows.append(Row(question, given.verdict, given.sure, given.asked))
        if progress:
            progress(done, len(cases))
    return rows, unmatched


def macro_f1(rows: Sequence[Row], given: Callable[[Row], str] = lambda row: row.given) -> float:
    """Mean F1 over the labels that occur, each of its own kind of question."""
    scores = []
    for kind, label in sorted({(r.question.kind, r.question.label) for r in rows}):
        of_kind = [r for r in rows if r.question.kind == kind]
        hits = sum(r.question.label == label == given(r) for r in of_kind)
        said = sum(given(r) == label for r in of_kind)
        scores.append(share(2 * hits, said + sum(r.question.label == label for r in of_kind)))
    return share(sum(scores), len(scores))


def accuracy(rows: Sequence[Row]) -> float:
    return share(sum(r.right for r in rows), len(rows))


def measures(rows: Sequence[Row]) -> dict[str, float]:
    """What is reported of any set of rows."""
    sure = [r for r in rows if r.sure]
    often = {
        kind: Counter(r.question.label for r in rows if r.question.kind == kind).most_common(1)
        for kind in {r.question.kind for r in rows}
    }
    return {
        "n": len(rows),
        "macro_f1": macro_f1(rows),
        "accuracy": accuracy(rows),
        "sure": share(len(sure), len(rows)),
        "sure_accuracy": accuracy(sure),
        "baseline_macro_f1": macro_f1(rows, lambda r: often[r.question.kind][0][0]),
    }


def _per(rows: Sequence[Row], of: Callable[[Row], str]) -> dict[str, dict[str, float]]:
    return {key: measures([r for r in rows if of(r) == key]) for key in sorted({*map(of, rows)})}


def run(data: Path, limit: int | None = None, progress: Progress | None = None) -> dict[str, Any]:
    """Run over the gold questions whose document is in the data (`limit`: the first ones).

    Raises InputError where none is. `unmatched` counts questions whose words are not found in
    the document as it is read.
    """
    started = time.monotonic()
    cases = gold(data, limit)
    if not cases:
        raise InputError(f"“{data.name}”中没有评测集所标注的判决书。")
    rows, unmatched = rows_of(cases, ByProduct(), progress)
    invented, _ = rows_of(own(), ByProduct())
    metrics: dict[str, Any] = measures(rows)
    metrics["per_question"] = _per(rows, lambda r: r.question.kind)
    metrics["per_part"] = _per(rows, lambda r: r.question.part)
    metrics["held_out"] = _per(
        [r for r in rows if r.question.part == "held_out"], lambda r: r.question.kind
    )
    metrics["own"] = _per(invented, lambda r: r.question.kind)
    metrics["unmatched"] = unmatched
    return {
        "suite": "reasoning",
        "n": len(rows),
        "metrics": metrics,
        "intervals": {
            "macro_f1": list(bootstrap_interval(rows, macro_f1)),
            "accuracy": list(bootstrap_interval(rows, accuracy)),
            "per_part.held_out.macro_f1": list(
                bootstrap_interval([r for r in rows if r.question.part == "held_out"], macro_f1)
            ),
        },
        "seconds": round(time.monotonic() - started, 3),
        "versions": versions(),
    }
