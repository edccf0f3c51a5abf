"""One spelling of a JSON value, so that equal values have equal hashes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

# Made once: verifying a history spells hundreds of thousands of values.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:
    """Sorted keys, no spaces, ASCII only (so that any string at all can be encoded).

    >>> canonical({"b": 1, "a": [True, None]})
    '{"a":[true,null],"b":1}'
    """
    return _ENCODER.encode(value)


def digest(value: Any) -> str:
    """SHA-256, as hex, of the canonical JSON."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
