"""A worker within the web process: for one person's machine, and where no other was started.

dbos knows one instance a process, so the worker is that of whoever needs it last.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.storage import Store

if TYPE_CHECKING:  # dbos takes half a second to load
    from assistant.jobs.worker import Worker

_lock = threading.Lock()
_running: list[tuple[Store, Worker]] = []


def ensure(settings: Settings, store: Store) -> None:
    """A worker of this store runs in this process from now on."""
    from assistant.jobs.worker import Worker

    with _lock:
        if _running and _running[0][0] is store:
            return
        _stop()
        worker = Worker(settings, store)
        worker.start()
        _running.append((store, worker))


def release(store: Store) -> None:
    """Stop this store's worker, if it is the one that runs."""
    with _lock:
        if _running and _running[0][0] is store:
            _stop()


def _stop() -> None:
    while _running:
        _running.pop()[1].stop()
