"""A folder of judgments on one process and on two: seconds, and memory on the way.

Runs what `assistant extract DIR --json` runs. One and two take turns, and the best of each
counts: other work on the machine can only slow a run down. `cpu` tells whether two processes
have more to do than one, whatever else the machine does.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant import extraction
from eval_sets.bench.documents import texts

DOCUMENTS = 1000
_ORDER = (1, 2, 2, 1, 1, 2)
_EARLY = 200


def run(data: Path) -> dict[str, Any]:
    """`speed_up`: seconds of one job over seconds of two; `memory` of each run in MiB.

    `cpu_overhead`: CPU seconds, of all processes, of two jobs over those of one.
    `growth` is the memory of the program and its workers after all documents over that
    after the first 200, the worst of the runs.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        judgments = texts(data)
        for number in range(DOCUMENTS):
            text = judgments[number % len(judgments)]
            (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
        runs = [_run(folder, jobs) for jobs in _ORDER]
    best = {
        (what, jobs): min(r[what] for r in runs if r["jobs"] == jobs)
        for what in ("seconds", "cpu")
        for jobs in (1, 2)
    }
    return {
        "n": DOCUMENTS,
        "different": len(judgments),
        "runs": runs,
        "speed_up": round(best["seconds", 1] / best["seconds", 2], 3),
        "cpu_overhead": round(best["cpu", 2] / best["cpu", 1], 3),
        "growth": max(r["growth"] for r in runs),
    }


def _run(folder: Path, jobs: int) -> dict[str, Any]:
    memory: list[int] = []

    def look(_: str, done: int, total: int) -> None:
        if done and done % _EARLY == 0:
            memory.append(_memory())

    begun, spent = time.monotonic(), _cpu()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        summary = extraction.run(folder, jobs=jobs, progress=look, line=nowhere.write)
    return {
        "jobs": jobs,
        "seconds": round(time.monotonic() - begun, 2),
        "cpu": round(_cpu() - spent, 2),
        "failed": sum(row["error"] is not None for row in summary["files"]),
        "memory": [kib // 1024 for kib in memory],
        "growth": round(memory[-1] / memory[0], 3),
    }


def _cpu() -> float:
    """CPU seconds of this process and of its workers that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _memory() -> int:
    """KiB held by this process and its workers together."""
    processes = [worker.pid for worker in multiprocessing.active_children()]
    total = 0
    for process in ["self", *processes]:
        with suppress(OSError):
            status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
            total += int(status.partition("VmRSS:")[2].split()[0])
    return total
