"""How labels name what must not be printed: a short digest bound to the document's id."""

from __future__ import annotations

import hashlib


def digest(identity: str, value: str) -> str:
    """The first 12 hex digits of SHA-256 over `identity|value`.

    >>> digest("a", "b") == digest("a", "b") != digest("c", "b")
    True
    """
    return hashlib.sha256(f"{identity}|{value}".encode()).hexdigest()[:12]
