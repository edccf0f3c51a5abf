"""Vectors kept on file by content and model, so that a corpus is embedded once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge_base.embedding import Embedder
from knowledge_base.vectors import Vector


class KeptVectors:
    """An embedder that remembers passages in `folder`: one small file of numbers each batch."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._folder = folder / hashlib.sha256(embedder.name.encode()).hexdigest()[:16]
        self._known: dict[str, Vector] = {}
        for path in sorted(self._folder.glob("*.npz")):
            with np.load(path) as stored:
                self._known |= dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
        self.name = embedder.name
        self.dimension = embedder.dimension

    def passages(self, texts: Sequence[str]) -> Vector:
        """As the embedder's; what is not known yet is embedded and put on file."""
        keys = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
        lacking = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._known}
        if lacking:
            made = self._embedder.passages(list(lacking.values()))
            self._known |= dict(zip(lacking, made, strict=True))
            self._keep(list(lacking), made)
        empty = np.empty((0, self.dimension), dtype=np.float32)
        return np.stack([self._known[key] for key in keys]) if keys else empty

    def _keep(self, keys: Sequence[str], vectors: Vector) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256("".join(keys).encode()).hexdigest()[:16]
        partial = self._folder / f"{name}.partial"
        with partial.open("wb") as file:
            np.savez(file, keys=np.array(keys), vectors=vectors)
        partial.replace(self._folder / f"{name}.npz")

    def query(self, text: str) -> Vector:
        """As the embedder's; queries are not kept."""
        return self._embedder.query(text)
