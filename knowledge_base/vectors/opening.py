"""Making and opening an index where a setting says: in a folder, or on a server."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge_base.vectors.model import Description, VectorIndex

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

_SECONDS = 30


@cache
def _client(url: str) -> QdrantClient:
    from qdrant_client import QdrantClient

    # A "location" is a URL, or ":memory:" for the client's own local mode.
    return QdrantClient(location=url, timeout=_SECONDS, check_compatibility=False)


def create_index(folder: Path, description: Description, url: str | None = None) -> VectorIndex:
    """A new, empty index: the folder, or a collection of the folder's name on the server.

    What is left there of an index that was never finished goes. Raises VectorError, OSError.
    """
    drop_index(folder, url)
    if url:
        from knowledge_base.vectors.server import ServerIndex

        return ServerIndex.create(_client(url), folder.name, description)
    from knowledge_base.vectors.edge import EdgeIndex

    return EdgeIndex.create(folder, description)


def open_index(folder: Path, url: str | None = None) -> VectorIndex:
    """The index that is there. Raises VectorError."""
    if url:
        from knowledge_base.vectors.server import ServerIndex

        return ServerIndex(_client(url), folder.name)
    from knowledge_base.vectors.edge import EdgeIndex

    return EdgeIndex(folder)


def drop_index(folder: Path, url: str | None = None) -> None:
    """Remove it; one that is not there does no harm. Raises VectorError, OSError."""
    if url:
        from knowledge_base.vectors.server import drop

        drop(_client(url), folder.name)
    elif folder.exists():
        shutil.rmtree(folder)
