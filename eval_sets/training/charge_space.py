"""Makes `knowledge_base/retrieval/charge_space.npz`: how alike charges are, from their cases.

    python -m eval_sets.training.charge_space docs.jsonl [--out charge_space.npz]

A line has `id`, `text` and `charges`. Each case is the set of cues (table charge_cues) that its facts
tell, the rarer the heavier; a charge is the mean of its cases, and two charges are as alike as
the cosine of theirs. Relevance labels have no part in it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eval_sets.retrieval.data import texts
from knowledge_base import charge_inference, charges
from knowledge_base.retrieval.charge_space import FILE, ChargeSpace


def make(cases: Sequence[tuple[str, Sequence[str]]]) -> ChargeSpace:
    """From (facts, charges); a case of several charges counts for each in part."""
    told = [charge_inference.cues_in(facts) for facts, _ in cases]
    known = [charges.known(written) for _, written in cases]
    cues = {cue: n for n, cue in enumerate(sorted(set().union(*told)))}
    names = tuple(sorted(set().union(*known)))
    places = {name: n for n, name in enumerate(names)}
    present = np.zeros((len(cases), len(cues)))
    belongs = np.zeros((len(cases), len(names)))
    for row, (found, own) in enumerate(zip(told, known, strict=True)):
        present[row, [cues[cue] for cue in found]] = 1
        belongs[row, [places[name] for name in own]] = 1 / max(len(own), 1)
    rare = np.log((len(cases) + 1) / (present.sum(axis=0) + 1))
    centres = belongs.T @ _units(present * rare)
    likeness = _units(centres) @ _units(centres).T
    np.fill_diagonal(likeness, 1.0)
    return ChargeSpace(names, likeness.astype(np.float32), places)


def _units(rows: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    given = parser.parse_args()
    cases = list(texts([given.cases]))
    made = make([(case.text, case.charges) for case in cases])
    np.savez_compressed(
        given.out, names=np.array(made.names), likeness=made.likeness.astype(np.float16)
    )
    print(f"{len(cases)} cases, {len(made.names)} charges, {given.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
