"""Texts as vectors: an embedder, and how long texts are split for it."""

from __future__ import annotations

from knowledge_base.embedding.errors import EmbedderMissing
from knowledge_base.embedding.model import Embedder, default_embedder
from knowledge_base.embedding.passages import split_passages

__all__ = ["Embedder", "EmbedderMissing", "default_embedder", "split_passages"]
