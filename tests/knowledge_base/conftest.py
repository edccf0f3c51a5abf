"""The default embedding, loaded once for all tests of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import load
from knowledge_base.embedding import Embedder, default_embedder
from knowledge_base.embedding.convert import default_folder


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The default model as a folder in the cache; made by the first run that asks."""
    return default_folder(load().models)


@pytest.fixture(scope="session")
def embedder(model_folder: Path) -> Embedder:
    return default_embedder(None, load().cache)
