"""A worker as a process of its own: the program of `assistant worker`, and keeping one alive."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.jobs.service import Jobs
from assistant.settings import Settings
from assistant.storage import open_store

COMMAND = [sys.executable, "-m", "assistant", "worker", "--attached"]
PAUSE_SECONDS = 1.0
STOP_SECONDS = 10.0
NICENESS = 10
"""Of the worker beside a server: pages come before analyses where both want the same core."""


def work(settings: Settings, *, attached: bool) -> None:
    """Do jobs until told to stop; with `attached`, until standard input closes, which is when
    the process that started this one is gone. Does not return. Raises StoreError.
    """
    from assistant.jobs.worker import Worker

    stopped = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopped.set())
    store = open_store(settings)
    worker = Worker(settings, store)
    worker.start()
    if not Jobs(settings, store).unfinished():
        threading.Thread(target=_warm, args=(settings,), daemon=True).start()
    if attached:
        if sys.platform != "win32":
            os.nice(NICENESS)
        threading.Thread(target=_until_closed, args=(stopped,), daemon=True).start()
    stopped.wait()
    worker.stop()
    # A step under way may take minutes: the next worker takes it up.
    os._exit(0)


def _warm(settings: Settings) -> None:
    """Load the law and the tables, so that the first upload does not wait for them."""
    from assistant.analysis import analyse_file
    from assistant.demo import FILES

    analyse_file(FILES["judgment"], model=False, settings=settings)


def _until_closed(stopped: threading.Event) -> None:
    sys.stdin.buffer.read()
    stopped.set()


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker process with this process's environment, started again whenever it dies."""
    keeper = _Keeper()
    thread = threading.Thread(target=keeper.run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        keeper.stop()
        thread.join(STOP_SECONDS)


class _Keeper:
    def __init__(self) -> None:
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        while True:
            with self._lock:
                if self._ending.is_set():
                    return
                self._process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE)
            self._process.wait()
            if self._ending.wait(PAUSE_SECONDS):
                return

    def stop(self) -> None:
        with self._lock:
            self._ending.set()
            process = self._process
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
