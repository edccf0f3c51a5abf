"""LawBench tasks by the benchmark's own measures: a folder with any of `<task>.jsonl`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import eval_sets.lawbench
from assistant.versions import versions
from eval_sets.lawbench.task import Task
from eval_sets.metrics import bootstrap_interval
from ingestion.errors import InputError


@dataclass(frozen=True)
class _Items:
    task: Task
    rows: list[dict[str, str]]


def _named(name: str) -> dict[str, Any]:
    """What the modules of eval_sets.lawbench call `name`, by task number."""
    found: dict[str, Any] = {}
    for module in iter_modules(eval_sets.lawbench.__path__, "eval_sets.lawbench."):
        found |= getattr(import_module(module.name), name, {})
    return dict(sorted(found.items()))


def tasks() -> Mapping[str, Task]:
    """Every task that a module of eval_sets.lawbench implements, by number."""
    return _named("TASKS")


def _seen(present: Sequence[_Items]) -> dict[str, int]:
    """How many items of a task weights were trained on; their scores are no measurement."""
    known = _named("SEEN")
    return {
        items.task.id: sum(known[items.task.id](row["question"]) for row in items.rows)
        for items in present
        if items.task.id in known
    }


def _read(data: Path, limit: int | None) -> list[_Items]:
    found = []
    for number, task in tasks().items():
        path = data / f"{number}.jsonl" if data.is_dir() else data
        if path.stem == number and path.is_file():
            lines = path.read_text("utf-8").splitlines()
            rows = [json.loads(line) for line in lines if line.strip()]
            found.append(_Items(task, rows[:limit]))
    return found


def run(
    data: Path, limit: int | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Answer and count every task that is both present and implemented; `limit` is per task.

    `data` is a folder with any of `<task>.jsonl`, or one such file; a line has `question`,
    `instruction` and `answer`. Raises InputError where nothing there can be run.
    """
    started = time.monotonic()
    present = _read(data, limit)
    total = sum(len(items.rows) for items in present)
    if not total:
        raise InputError(f"“{data.name}”中没有可运行的 LawBench 任务（{'、'.join(tasks())}）。")
    metrics: dict[str, float] = {}
    intervals: dict[str, list[float]] = {}
    counted: dict[str, int] = {}
    done = 0
    for items in present:
        answers = []
        for row in items.rows:
            answers.append(items.task.answer(row["question"], row.get("instruction", "")))
            done += 1
            if progress:
                progress(done, total)
        scores = items.task.scores(answers, items.rows)
        metrics[items.task.id] = items.task.combined(scores)
        intervals[items.task.id] = list(bootstrap_interval(scores, items.task.combined))
        counted[items.task.id] = len(scores)
    return {
        "suite": "lawbench",
        "n": total,
        "metrics": metrics,
        "intervals": intervals,
        "seconds": round(time.monotonic() - started, 3),
        "versions": versions(),
        "counted": counted,
        "trained_on": _seen(present),
    }
