"""What all case texts have in common by an embedding: the vector of the usual query.

Vectors of case facts lie close together, since all tell of a defendant and an act. What sets one
apart is its difference from the usual one, so a search asks with that difference. The file
holds one vector of numbers, for the default model; `eval_sets.training.usual_query` makes it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from knowledge_base.embedding.model import Vectors

FILE = Path(__file__).with_name("usual_query.npz")


@cache
def _shipped() -> tuple[str, Vectors]:
    with np.load(FILE) as stored:
        return str(stored["model"]), stored["vector"].astype(np.float32)


def telling(vectors: Vectors, model: str) -> Vectors:
    """One unit vector (dimension,) of what sets a text apart, from those of its parts.

    `vectors` has shape (parts, dimension). For a model whose usual query is not known, the
    mean of the parts.
    """
    known, usual = _shipped()
    if known == model:
        vectors = vectors - usual
        vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    mean = vectors.mean(axis=0)
    unit: Vectors = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
    return unit
