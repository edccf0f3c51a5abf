"""How many threads a reader may use: all cores, or a worker process's share of them."""

from __future__ import annotations

import os

_SHARE = "INGESTION_THREADS"
_MOST = 4
"""Recognition gains nothing from more."""


def available() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share_cores(processes: int) -> None:
    """From here on, this process and those it starts use one of `processes` equal shares."""
    os.environ[_SHARE] = str(max(1, available() // processes))


def allowed() -> int:
    """Threads for one reader in this process."""
    return min(_MOST, int(os.environ.get(_SHARE, available())))
