"""One function over many items in worker processes.

Results come in the order of the items, few are ever waiting, and a worker that dies takes
only the item it was working on with it.
"""

from __future__ import annotations

import atexit
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, TypeVar

from ingestion.readers.threads import available, share_cores

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_JOBS = 8
"""Workers by default, however many cores there are: each may hold an OCR engine."""
_AT_HAND = 2
"""Items given to a worker at once: the next one starts while the last result travels."""
_AHEAD = 16
"""Results that may wait, for each worker, until a slow item before them is done."""
_GRACE_SECONDS = 5.0
_READY = None
"""A worker's first word: it has loaded what it needs."""


class Crash(Exception):
    """The worker died on this item: killed, out of memory, or a fault in native code."""


def sensible_jobs(items: int) -> int:
    """How many workers to start for so many items."""
    return max(1, min(available(), MOST_JOBS, items))


class _Worker:
    """One process, its end of the pipe, and the numbers of the items it was given."""

    def __init__(self, function: Callable[[Any], Any], jobs: int, others: list[Connection]) -> None:
        copied = workers_are_copies()
        context = get_context("fork") if copied else get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.given: deque[int] = deque()
        self.ready = False
        # A copy holds our ends of all pipes: open there, none would ever tell that we are gone.
        ours = [self.pipe, *others] if copied else []
        self.process: BaseProcess = context.Process(
            target=_work, args=(theirs, ours, function, jobs)
        )
        with _interrupts_held(), _no_main_module():
            self.process.start()
        theirs.close()


class Spread(Generic[Item, Result]):
    """`function(item)` for each item, in the order of the items, on `jobs` processes.

    An iterator of results; a worker's death gives a `Crash` for its item. The workers start
    at once and stop when the last result is taken, when an exception (of the function, or an
    interrupt) passes through here, or on `close`: each gets SystemExit, so that its own
    clean-up runs. `function`, of an importable module, and what it takes and gives must be
    picklable.
    """

    def __init__(
        self, function: Callable[[Item], Result], items: Sequence[Item], *, jobs: int
    ) -> None:
        self._function, self._items, self._jobs = function, items, jobs
        self._waiting = deque(range(len(items)))
        self._done: dict[int, Result | Crash] = {}
        self._workers: list[_Worker] = []
        self._next = 0
        # One still held at the end of the program must not keep it waiting for workers.
        atexit.register(self.close)
        self._hand_out()

    def __iter__(self) -> Spread[Item, Result]:
        return self

    def __next__(self) -> Result | Crash:
        try:
            if self._next == len(self._items):
                raise StopIteration
            while self._next not in self._done:
                self._hand_out()
                self._collect()
        except BaseException:
            self.close()
            raise
        self._next += 1
        return self._done.pop(self._next - 1)

    def _hand_out(self) -> None:
        """Give items to workers in turn, so that none waits behind another's slow one."""
        limit = self._next + _AHEAD * self._jobs
        for at_hand in range(1, _AT_HAND + 1):
            while self._waiting and self._waiting[0] < limit:
                worker = self._free(at_hand)
                if worker is None:
                    break
                number = self._waiting.popleft()
                worker.given.append(number)
                # A worker that has just died is found out when its pipe is read.
                with suppress(OSError):
                    worker.pipe.send(self._items[number])

    def _free(self, at_hand: int) -> _Worker | None:
        for worker in self._workers:
            if len(worker.given) < at_hand:
                return worker
        if len(self._workers) < self._jobs:
            pipes = [worker.pipe for worker in self._workers]
            self._workers.append(_Worker(self._function, self._jobs, pipes))
            return self._workers[-1]
        return None

    def _collect(self) -> None:
        heard = wait([worker.pipe for worker in self._workers])
        for worker in [w for w in self._workers if w.pipe in heard]:
            try:
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if answer is _READY:
                worker.ready = True
                continue
            result, error = answer
            if error is not None:
                raise error
            self._done[worker.given.popleft()] = result

    def _bury(self, worker: _Worker) -> None:
        """The item it was working on is lost; one that only lay at hand is not."""
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        if not worker.ready:
            raise RuntimeError("a worker process could not start")
        if worker.given:
            number = worker.given.popleft()
            self._done[number] = Crash(f"exit code {worker.process.exitcode}")
            self._waiting.extendleft(reversed(worker.given))

    def close(self) -> None:
        """Stop the workers, whatever they are doing."""
        atexit.unregister(self.close)
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_GRACE_SECONDS)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.pipe.close()
        self._workers.clear()


def workers_are_copies() -> bool:
    """Whether workers start as copies of this process and have all loaded that it has.

    Only a process of one thread can be copied: the OCR and model libraries start threads of
    their own, and a copy would wait for ever for the locks they held.
    """
    threads = Path("/proc/self/task")
    return threads.is_dir() and len(list(threads.iterdir())) == 1


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C reaches every process of the terminal; a new one inherits that it is held back.

    It still reaches this process, as soon as the new one is started.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Started by the first spawn otherwise, which lets interrupts through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _no_main_module() -> Iterator[None]:
    """A worker loads what its function needs, not the program that asks.

    Loading the command line takes as long as reading a hundred documents, and a script
    that is loaded again would start again.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _work(
    pipe: Connection, inherited: list[Connection], function: Callable[[Any], Any], jobs: int
) -> None:
    """A worker's life: one item after the other until the pipe is closed."""
    for other in inherited:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    share_cores(jobs)
    # A closed pipe means that whoever asked is gone, and with him the wish for an answer.
    with suppress(EOFError, OSError):
        pipe.send(_READY)
        while True:
            pipe.send(_answer(function, pipe.recv()))


def _answer(function: Callable[[Any], Any], item: Any) -> tuple[Any, Exception | None]:
    try:
        return function(item), None
    except Exception as error:
        return None, error
