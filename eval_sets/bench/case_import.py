"""Importing cases against embedding their passages and nothing else.

    python -m eval_sets.bench.case_import FILE.jsonl… [--limit N]

The lines are taken in blocks; of each block the passages are first embedded bare, in one call,
then the block is imported into a bank on disk. Both in turn, so that what else the machine
does falls on both. `ratio` is bare time over import time: 1 is an import that costs nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from assistant.settings import load
from assistant.similar.importing import import_cases
from assistant.similar.office import embedder
from assistant.similar.sources import items
from eval_sets.bench import machine
from knowledge_base.casebank import Bank, StoredCase

_BLOCK = 64


def _blocks(files: list[Path], limit: int | None) -> Iterator[list[str]]:
    lines = (line for path in files for line in path.read_text(encoding="utf-8").splitlines())
    rest = islice(lines, limit)
    while block := list(islice(rest, _BLOCK)):
        yield block


def run(files: list[Path], limit: int | None = None) -> dict[str, Any]:
    """Cases, passages, characters, seconds of both by the clock and of the processor, ratios."""
    model = embedder(load())
    model.query("预热")
    bare = [0.0, 0.0]
    imported = [0.0, 0.0]
    cases = passages = characters = 0
    ratios: list[float] = []
    with tempfile.TemporaryDirectory() as place, Bank(Path(place), model, create=True) as bank:
        for number, block in enumerate(_blocks(files, limit)):
            path = Path(place) / f"block-{number}.jsonl"
            path.write_text("\n".join(block) + "\n", encoding="utf-8")
            found = items([path], lambda _: False, Path(place))
            read = [item.case for item in found if isinstance(item.case, StoredCase)]
            texts = [case.passage(n) for case in read for n in range(len(case.passages))]
            started = perf_counter(), process_time()
            model.passages(texts)
            middle = perf_counter(), process_time()
            result = import_cases(bank, [path])
            ended = perf_counter(), process_time()
            for which in (0, 1):
                bare[which] += middle[which] - started[which]
                imported[which] += ended[which] - middle[which]
            cases += result.added + result.same_content + result.same_number
            passages += len(texts)
            characters += sum(map(len, texts))
            path.unlink()
            ratios = [round(bare[which] / imported[which], 3) for which in (0, 1)]
            print(f"{cases} cases, ratio (clock, processor) {ratios}", file=sys.stderr)
        size = bank.stats().bytes
    return {
        "cases": cases,
        "passages": passages,
        "characters": characters,
        "bare_seconds": {"clock": round(bare[0], 1), "processor": round(bare[1], 1)},
        "import_seconds": {"clock": round(imported[0], 1), "processor": round(imported[1], 1)},
        "ratio": dict(zip(("clock", "processor"), ratios, strict=True)),
        "passages_per_processor_second": round(passages / imported[1], 1),
        "bytes_per_case": size // max(cases, 1),
    }


def main() -> int:
    """Print the measurement as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--limit", type=int)
    asked = parser.parse_args()
    result = {"machine": machine.facts(), "case_import": run(asked.files, asked.limit)}
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
