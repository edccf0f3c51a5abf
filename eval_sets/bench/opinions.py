"""How many sentencing opinions a core works out in a minute.

`python -m eval_sets.bench.opinions DATA [ROUNDS]`: DATA is a JSON-lines file with judgments in
the field `fd`. Reading and parsing are not counted; the figure is CPU time of one process.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from assistant.sentencing import combine, opine
from eval_sets.suites.sentencing import documents


def measure(data: Path, rounds: int = 5) -> dict[str, float]:
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


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), *map(int, sys.argv[2:3]))))
