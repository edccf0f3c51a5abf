"""How many sentencing opinions a core works out in a minute.

Part of `python -m eval_sets.bench --data DATA opinions`. Reading and parsing are not counted;
the figure is CPU time of one process.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from assistant.sentencing import combine, opine
from eval_sets.suites.sentencing import documents


def run(data: Path, rounds: int = 5) -> dict[str, Any]:
    """`n` opinions, the CPU `seconds` they took, and `per_minute`."""
    parsed = documents(data)
    for document in parsed:
        opine(document)  # the tables are read once, before the clock starts
    began, n = time.process_time(), 0
    for _ in range(rounds):
        for document in parsed:
            found = opine(document)
            n += len(found) + len(combine(document, found))
    seconds = time.process_time() - began
    return {"n": n, "seconds": round(seconds, 3), "per_minute": round(n / seconds * 60)}
