"""What turns Chinese text into vectors: the protocol, and how to come by the default one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from knowledge_base.embedding.errors import EmbedderMissing

_APPLICATION = "procuratorate-assistant"

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Texts to unit vectors. Longer texts than the model takes are cut: split them before."""

    @property
    def name(self) -> str:
        """Model and version; vectors of two names are never compared."""

    @property
    def dimension(self) -> int:
        """Length of every vector."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that are to be found: shape (n, dimension), rows of length 1."""

    def query(self, text: str) -> Vectors:
        """Vector of a text that is looked for: shape (dimension,), length 1."""


def default_embedder(directory: Path | None = None, cache_folder: Path | None = None) -> Embedder:
    """The embedder of `directory`, or the default model; each is loaded once in a process.

    `directory` is a sentence-transformers folder; without one the default model is made in
    `cache_folder` (by default the user's cache) on the first call. Nothing is downloaded.
    Raises EmbedderMissing.
    """
    if directory is not None:
        return _of_directory(directory)
    return _default(cache_folder or user_cache_path(_APPLICATION, appauthor=False))


@cache
def _of_directory(folder: Path) -> Embedder:
    from knowledge_base.embedding.directory import DirectoryEmbedder

    return DirectoryEmbedder(folder)


@cache
def _default(cache_folder: Path) -> Embedder:
    from knowledge_base.embedding.convert import NAME, default_folder
    from knowledge_base.embedding.e5 import E5Embedder

    place = default_folder(cache_folder / "models")
    try:
        return E5Embedder(place, NAME)
    except (ImportError, OSError) as error:
        raise EmbedderMissing(f"向量模型“{place}”无法载入：{error}。") from error
