"""What a search in the case bank costs, by the size of the bank.

    python -m eval_sets.bench.case_query [--sizes 2000 20000 200000]

The bank is made by perturbing own samples: their sentences with other figures, their vectors
with noise; nothing is embedded but the samples and the queries. Through the same `Bank` as in
service. Milliseconds at the median over the queries, by the clock and of the processor, with
the embedding of the query (some 100 characters) in them; `recall@10` against numpy.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np

from assistant.settings import load
from assistant.similar.office import embedder
from eval_sets.bench import machine
from eval_sets.gold.embedding import TEXTS
from knowledge_base.casebank import Bank, Filters, StoredCase, content_hash
from knowledge_base.embedding import Embedder
from knowledge_base.retrieval.tokens import passage_weights
from knowledge_base.vectors import Vector

_QUERIES, _NEAREST, _K = 15, 10, 100
_NOISE = 0.6
_CHARGES = tuple(f"罪名{n}" for n in range(40))
_ASKED = Filters(charges=("罪名3", "罪名7"), year_from=2016, year_to=2022)
_AT_ONCE = 1000


class _Perturbed:
    """The samples' vectors with noise, in the place of vectors nobody would wait for."""

    def __init__(self, real: Embedder) -> None:
        self.name, self.dimension, self._real = real.name, real.dimension, real
        self._samples = real.passages(list(TEXTS))
        self._random = np.random.default_rng(11)
        self.made: list[Vector] = []

    def passages(self, texts: Sequence[str]) -> Vector:
        chosen = self._random.integers(len(self._samples), size=len(texts))
        noise = self._random.standard_normal((len(texts), self.dimension)).astype(np.float32)
        found: Vector = self._samples[chosen] + np.float32(_NOISE / self.dimension**0.5) * noise
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        self.made.append(found)
        return found

    def query(self, text: str) -> Vector:
        return self._real.query(text)


def _case(number: int, random: np.random.Generator) -> StoredCase:
    first, second = random.choice(len(TEXTS), 2, replace=False)
    facts = f"第{number}案。{TEXTS[first][:120]}{TEXTS[second][:80]}{random.integers(10**6)}元。"
    return StoredCase(
        hash=content_hash(facts),
        source=f"{number}",
        year=int(random.integers(2008, 2024)),
        charges=tuple(random.choice(_CHARGES, random.integers(1, 3), replace=False).tolist()),
        facts=facts,
        passages=((0, len(facts)),),
    )


def _timed(ask: Callable[[str], object], queries: Sequence[str]) -> dict[str, float]:
    ask(queries[0])
    clock, processor = [], []
    for query in queries:
        started = perf_counter(), process_time()
        ask(query)
        clock.append(perf_counter() - started[0])
        processor.append(process_time() - started[1])
    return {
        "clock_ms": round(1000 * median(clock), 1),
        "processor_ms": round(1000 * median(processor), 1),
    }


def _recall(bank: Bank, made: Vector, queries: Sequence[Vector]) -> float:
    """Passages are numbered from 1 in the order in which they were made, one a case."""
    hits = 0
    for query in queries:
        exact = set((np.argsort(-(made @ query))[:_NEAREST] + 1).tolist())
        hits += len(exact & {hit.case for hit in bank.dense(query, _NEAREST)})
    return hits / (_NEAREST * len(queries))


def _measure(bank: Bank, model: _Perturbed, queries: Sequence[str]) -> dict[str, Any]:
    def dense(text: str) -> object:
        return bank.dense(model.query(text), _K)

    def filtered(text: str) -> object:
        return bank.dense(model.query(text), _K, _ASKED)

    def hybrid(text: str) -> object:
        vector, words = model.query(text), passage_weights(text)
        return bank.dense(vector, _K, _ASKED), bank.sparse(words, _K, _ASKED)

    vectors = [model.query(text) for text in queries]
    return {
        "embedding": _timed(model.query, queries),
        "dense": _timed(dense, queries),
        "dense_filtered": _timed(filtered, queries),
        "words": _timed(lambda text: bank.sparse(passage_weights(text), _K), queries),
        "hybrid_filtered": _timed(hybrid, queries),
        "recall@10": _recall(bank, np.concatenate(model.made), vectors),
    }


def run(sizes: Sequence[int]) -> dict[str, Any]:
    """The costs for each number of passages; the bank grows from one to the next."""
    model = _Perturbed(embedder(load()))
    random = np.random.default_rng(7)
    queries = [_case(n, random).facts[:100] for n in range(_QUERIES)]
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as place:
        folder, there = Path(place) / "bank", 0
        for size in sizes:
            numbers = iter(range(there, size))
            started = process_time()
            with Bank(folder, model, create=True) as bank:
                while some := list(islice(numbers, _AT_ONCE)):
                    bank.add([_case(n, random) for n in some])
            stored = process_time() - started
            started = perf_counter()
            with Bank(folder, model) as bank:
                bank.sparse({1: 1.0}, 1)
                opened = perf_counter() - started
                found[str(size)] = {
                    **_measure(bank, model, queries),
                    "open_seconds": round(opened, 2),
                    "store_ms_per_case": round(1000 * stored / (size - there), 2),
                    "mib": sum(p.stat().st_size for p in folder.rglob("*")) // 2**20,
                }
            there = size
            print(size, json.dumps(found[str(size)]), file=sys.stderr)
    return found


def main() -> int:
    """Print the measurement as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[2_000, 20_000, 200_000])
    asked = parser.parse_args()
    result = {"machine": machine.facts(), "case_query": run(asked.sizes)}
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
