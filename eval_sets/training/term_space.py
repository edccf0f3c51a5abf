"""Makes `knowledge_base/retrieval/term_space.npz`: what words say of the charge.

    python -m eval_sets.training.term_space docs.jsonl [--out term_space.npz]

A line has `id`, `text` and `charges`. How telling a word is: the divergence of the charges of the
cases that have it from the charges of all, smoothed. Which charges it speaks for: ridge
regression of the charges on the words. Relevance labels have no part in it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval_sets.retrieval.data import texts
from knowledge_base import charges
from knowledge_base.retrieval.term_space import FILE, TermSpace
from knowledge_base.retrieval.tokens import term_id, terms

_LEAST = 2  # cases a word must occur in
_SMOOTHING = 5.0  # cases of the usual charges that every word is held to have been in beside
_PENALTY = 1.0

Matrix = NDArray[np.float64]


def make(cases: Sequence[tuple[str, Sequence[str]]]) -> TermSpace:
    """From (facts, charges); cases without a known charge teach only how common words are."""
    counted = [Counter(map(term_id, terms(text))) for text, _ in cases]
    having = Counter(term for one in counted for term in one)
    vocabulary = sorted(term for term, n in having.items() if n >= _LEAST)
    places = {term: place for place, term in enumerate(vocabulary)}
    named = [charges.known(written) for _, written in cases]
    names = tuple(sorted(set().union(*named)))
    belongs = np.array([[float(name in own) for name in names] for own in named])
    times = np.zeros((len(cases), len(vocabulary)))
    for row, one in enumerate(counted):
        for term, n in one.items():
            if term in places:
                times[row, places[term]] = 1 + np.log(n)
    rare = np.log((1 + len(cases)) / (1 + np.array([having[t] for t in vocabulary]))) + 1
    votes = rare[:, None] * _ridge(times * rare, belongs)
    step = float(np.abs(votes).max()) / 127
    return TermSpace(
        places,
        names,
        _telling(times > 0, belongs).astype(np.float32),
        np.round(votes / step).astype(np.int8),
        step,
    )


def _telling(present: NDArray[np.bool_], belongs: Matrix) -> Matrix:
    shares = belongs / np.maximum(belongs.sum(axis=1, keepdims=True), 1)
    usual = belongs.sum(axis=0) / belongs.sum()
    within = present.T.astype(float) @ shares
    held = (within + _SMOOTHING * usual) / (within.sum(axis=1, keepdims=True) + _SMOOTHING)
    told: Matrix = (held * np.log(held / usual)).sum(axis=1)
    return told


def _ridge(values: Matrix, target: Matrix) -> Matrix:
    """Weights (words, charges) by way of the cases, which are fewer than the words."""
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    unit = values / np.where(lengths > 0, lengths, 1.0)
    inner = unit @ unit.T + _PENALTY * np.eye(len(unit))
    weights: Matrix = unit.T @ np.linalg.solve(inner, target)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    given = parser.parse_args()
    cases = list(texts([given.cases]))
    made = make([(case.text, case.charges) for case in cases])
    np.savez_compressed(
        given.out,
        terms=np.array(list(made.places), dtype=np.uint32),
        charges=np.array(made.charges),
        telling=made.telling.astype(np.float16),
        votes=made.votes,
        step=np.float64(made.step),
    )
    size = given.out.stat().st_size
    print(
        f"{len(cases)} cases, {len(made.places)} words, {len(made.charges)} charges, {size} bytes"
    )


if __name__ == "__main__":
    main()
