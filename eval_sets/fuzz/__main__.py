"""`python -m eval_sets.fuzz [--minutes 10] [--seed 1]`: read broken input until time is up.

Each input follows from the seed and its number alone; `--only NUMBER` reads one again and
`--keep FOLDER` writes the inputs that failed there. Exit code 1 where one did. One process
reads; should an input kill it, that is a failure and the next process goes on behind it.
`python -m eval_sets.fuzz api` asks the web interface instead (`eval_sets.fuzz.api`).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from contextlib import closing
from itertools import count
from pathlib import Path

from eval_sets.fuzz.target import Outcome, Task, attempt, material
from ingestion.parallel import Crash, Spread

_ROUND = 500
_SLOWEST = 5


def _outcomes(seed: int, minutes: float) -> list[Outcome]:
    until = time.monotonic() + minutes * 60
    found: list[Outcome] = []
    for first in count(0, _ROUND):
        tasks = [Task(seed, number) for number in range(first, first + _ROUND)]
        with closing(Spread(attempt, tasks, jobs=1)) as results:
            for task, result in zip(tasks, results, strict=True):
                if isinstance(result, Crash):
                    result = Outcome(task.number, "?", "FAILED", 0.0, f"its process died: {result}")
                if result.trace:
                    print(f"input {result.number} ({result.kind}):\n{result.trace}", flush=True)
                found.append(result)
                if time.monotonic() > until:
                    return found
    return found


def _report(found: list[Outcome]) -> str:
    lines = [f"inputs {len(found)}, failed {sum(o.result == 'FAILED' for o in found)}"]
    for kind in sorted({o.kind for o in found}):
        results = Counter(o.result for o in found if o.kind == kind)
        lines.append(f"{kind:<9}{sum(results.values()):>7}  {dict(results.most_common())}")
    slowest = sorted(found, key=lambda o: -o.seconds)[:_SLOWEST]
    lines += [f"slowest: input {o.number} ({o.kind}) {o.seconds:.2f} s" for o in slowest]
    return "\n".join(lines)


def main() -> None:
    if sys.argv[1:2] == ["api"]:
        from eval_sets.fuzz import api

        sys.exit(api.main(sys.argv[2:]))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="NUMBER")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    if asked.only is None:
        found = _outcomes(asked.seed, asked.minutes)
    else:
        found = [attempt(Task(asked.seed, asked.only))]
        print(found[0].trace or found[0].result)
    failed = [o for o in found if o.result == "FAILED"]
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
        for outcome in failed:
            _, suffix, content = material(Task(asked.seed, outcome.number))
            raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
            (asked.keep / f"{outcome.number}{suffix}").write_bytes(raw)
    print(_report(found))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
