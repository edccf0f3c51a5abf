"""Makes `knowledge_base/retrieval/usual_query.npz`: the mean vector of case facts as queries.

    python -m eval_sets.training.usual_query FACTS.jsonl… [--out usual_query.npz]

A line has `fact` (CAIL2018) or `text` (judgments). From each file come the same number of texts,
drawn by a fixed seed. Relevance labels have no part in it.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np

from knowledge_base.embedding import Embedder, default_embedder
from knowledge_base.embedding.model import Vectors
from knowledge_base.retrieval.usual import FILE

_EACH = 125  # texts of each file
_SHORTEST, _LONGEST = 80, 400  # characters: no empty phrases, and one passage


def drawn(path: Path) -> list[str]:
    """The beginnings of `_EACH` texts of a file."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    facts = [str(row.get("fact") or row.get("text") or "") for row in rows]
    long = [fact[:_LONGEST] for fact in facts if len(fact) >= _SHORTEST]
    return random.Random(0).sample(long, min(_EACH, len(long)))


def mean_query(texts: list[str], embedder: Embedder) -> Vectors:
    """The mean (dimension,) of the texts' vectors as queries; not of length 1."""
    every: Vectors = np.mean([embedder.query(text) for text in texts], axis=0).astype(np.float32)
    return every


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=FILE)
    given = parser.parse_args()
    embedder = default_embedder()
    texts = [text for path in given.facts for text in drawn(path)]
    np.savez(given.out, model=np.array(embedder.name), vector=mean_query(texts, embedder))
    print(f"{len(texts)} texts, {embedder.name}, {given.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
