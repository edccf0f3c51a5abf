"""The processes in which PDFs are opened: started, asked, watched, killed, used again.

A worker is an own program (`pdf_worker`), not a fork: it holds no other case's text, no lock
of another thread, and none of this process's address space counts against its limit. It goes
when its standard input is closed, so none outlives this process. Where the system has no
such limits, or no program can be started, the file is opened in this process.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

Head = dict[str, Any]
Message = tuple[Head, bytes]

MEMORY = 2 * 2**30
"""Address space of a worker, bytes."""
FILE_SECONDS = 40.0
"""CPU of a worker for a file beyond `EASY_SECONDS` for each page, of which one may use
`PAGE_SECONDS`."""
OPEN_SECONDS, PAGE_SECONDS, EASY_SECONDS = 20.0, 10.0, 1.0
WALL_SECONDS = 80.0
"""Longest wait for one message; a busy machine gives a worker less CPU than it may use."""
MAX_MESSAGE = 80 * 2**20
"""Bytes of one message: a page of pixels."""
MAX_FILE_TEXT = 64 * 2**20
"""Bytes of text and places taken from one file; 2,000 full pages are 7 MiB."""
ALONE, ALONE_AT_FIRST = 24, 160
"""Pages that one worker reads before a second takes every other block: where that is at hand,
and where it must start, which lasts as long as these pages."""
WORTH_SHARING = 40
"""Pages beyond those that are worth a second reading of the file's fonts."""
BLOCK = 8
"""Pages that one of the two reads before those of the other."""
MAX_SHARED = 32 * 2**20
"""Bytes of a file of which two workers may each hold a copy."""
KEPT = 2
"""Idle workers kept, for the next file."""
RETIRES_AT = 300 * 2**20
"""Bytes of memory at which a worker is not used again."""
SYSTEM = sys.platform
"""Only Linux has limits that hold."""
_PIPE, _ROOM = 2**20, 2**16
_GATHER, _AT_ONCE = 0.003, 20
"""Seconds in which the worker goes on before its pages are taken, after the first waits."""
_SET_PIPE_SIZE = 1031
_HEADER = struct.Struct(">II")

_log = logging.getLogger(__name__)


class Died(Exception):
    """The worker came to its end: a limit, a fault in native code, or silence for too long."""


class Unavailable(Exception):
    """No worker can be started here."""


class Exhausted(Exception):
    """The file asked for more time, memory or text than any honest file needs."""


def read(data: bytes, most: int, dpi: int) -> Generator[Message, None, None]:
    """What `pdf_worker.read` says of a file: about itself, then one message a page.

    Two workers share a long file. A page that kills its worker is given as
    {"error": "limit"}; another worker goes on with the next. Raises Exhausted where the file
    cannot even be opened within the limits, or too many of its pages go beyond them.
    """
    alone = _alone(data)
    shared_from = alone + WORTH_SHARING
    request = {"most": most, "dpi": dpi, "alone": alone, "shared_from": shared_from, "block": BLOCK}
    size = 0
    with ExitStack() as in_the_end:
        parts = [in_the_end.enter_context(closing(_part(data, request, 0)))]
        head, body = next(parts[0])
        yield head, body
        turns = _turns(head, request)
        if 1 in turns:
            parts.append(in_the_end.enter_context(closing(_part(data, request, 1))))
            next(parts[1])
        for turn in turns:
            message = next(parts[turn], None)
            if message is None:
                return
            head, body = message
            size += 0 if "picture" in head else len(body)
            if size > MAX_FILE_TEXT:
                raise Exhausted
            yield message
        for part in parts:
            next(part, None)


def _alone(data: bytes) -> int:
    """The number of pages from which on a second worker reads every other block."""
    if SYSTEM != "linux" or len(os.sched_getaffinity(0)) < 2 or len(data) > MAX_SHARED:
        return sys.maxsize
    return ALONE if len(_at_hand) > 1 else ALONE_AT_FIRST


def _turns(about: Head, request: Head) -> list[int]:
    """For each page that is to come which part reads it, as `pdf_worker` has it."""
    total, alone = about.get("pages", 0), request["alone"]
    if total > request["most"] or about.get("cut"):
        return []
    if total < request["shared_from"]:
        return [0] * total
    return [0 if n < alone else 1 - (n - alone) // BLOCK % 2 for n in range(total)]


def _part(data: bytes, about: Head, part: int) -> Generator[Message, None, None]:
    """The messages of one worker, or of those that follow it, about the file and its pages."""
    left, done = FILE_SECONDS, 0
    pages: list[int] | None = None
    while pages is None or done < len(pages):
        request = about | {"part": part, "first": pages[done] if pages else 0, "seconds": left}
        spent = 0.0
        try:
            with _worker() as worker:
                for head, body in worker.ask(request, data):
                    spent = head["spent"]
                    if "width" in head:
                        done += 1
                    elif pages is None:
                        turns = _turns(head, request)
                        pages = [page for page, turn in enumerate(turns) if turn == part]
                    else:
                        continue
                    if spent > left:
                        raise Exhausted
                    yield head, body
            return
        except Unavailable:
            if pages is not None:
                raise
            from ingestion.readers import pdf_worker

            yield from pdf_worker.read(data, request)
            return
        except Died as death:
            if pages is not None and done == len(pages):
                return
            left -= spent + PAGE_SECONDS
            if pages is None or left <= 0:
                raise Exhausted from death
            _log.warning("page %d ended its worker: %s", pages[done] + 1, death)
            done += 1
            yield {"width": 0.0, "height": 0.0, "error": "limit"}, b""


def render(data: bytes, page: int, scale: float) -> Message:
    """Page `page` (from 0) of a PDF as it is shown, at most `scale` pixels a point.

    Raises Exhausted where it cannot be drawn within the limits.
    """
    try:
        with _worker() as worker:
            answers = list(worker.ask({"page": page, "scale": scale}, data))
    except Unavailable:
        from ingestion.readers import pdf_worker

        return pdf_worker.render(data, page, scale)
    except Died as death:
        raise Exhausted from death
    if "picture" not in answers[0][0]:
        raise Exhausted
    return answers[0]


# --------------------------------------------------------------------------- one worker


class _Worker:
    """A running worker and our ends of its pipes."""

    def __init__(self) -> None:
        import fcntl

        script = Path(__file__).with_name("pdf_worker.py")
        # Nothing of its own folder, but whatever this process could import.
        path = os.pathsep.join(entry for entry in sys.path if entry)
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", str(script), str(MEMORY)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=True,
            )
        except OSError as error:
            _log.warning("PDFs are opened without limits: %s", error)
            raise Unavailable from error
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._in, self._out = self.process.stdin, self.process.stdout
        for pipe in (self._in, self._out):
            with suppress(OSError):
                fcntl.fcntl(pipe, _SET_PIPE_SIZE, _PIPE)
        self._buffer = bytearray()
        self._waiting = select.poll()
        self._waiting.register(self._out, select.POLLIN)
        self.idle = False
        self.cpu = 0.0
        self.resident = 0
        try:
            self._receive()
        except Died as death:
            self.stop()
            _log.warning("PDFs are opened without limits: the worker did not start")
            raise Unavailable from death

    def ask(self, request: Head, body: bytes) -> Iterator[Message]:
        """Send a request, give the answers. Raises Died."""
        self.idle = False
        limits = {
            "open_seconds": OPEN_SECONDS,
            "page_seconds": PAGE_SECONDS,
            "easy_seconds": EASY_SECONDS,
        }
        packed = json.dumps(request | limits).encode()
        try:
            for part in (_HEADER.pack(len(packed), len(body)), packed, body):
                view = memoryview(part)
                while view:
                    view = view[self._in.write(view) :]
        except OSError as error:
            raise self._dead() from error
        waits = 0
        while True:
            # To wake up for each page costs more than what is done with it: of a long file
            # take several at a time.
            if not self._buffer:
                waits += 1
                if waits > _AT_ONCE:
                    time.sleep(_GATHER)
            head, answer = self._receive()
            if "end" in head:
                self.cpu, self.resident, self.idle = head["cpu"], head["resident"], True
                return
            yield head, answer

    def _receive(self) -> Message:
        head, body = _HEADER.unpack(self._exactly(_HEADER.size))
        if head + body > MAX_MESSAGE:
            raise Died("too much to say")
        message = self._exactly(head + body)
        return json.loads(message[:head]), message[head:]

    def _exactly(self, count: int) -> bytes:
        buffer = self._buffer
        if len(buffer) < count:
            patience = time.monotonic() + WALL_SECONDS
            while len(buffer) < count:
                left = patience - time.monotonic()
                if left <= 0 or not self._waiting.poll(left * 1000):
                    raise Died("silent for too long")
                # Room for much more than is there is made and given back by the system.
                part = os.read(self._out.fileno(), max(_ROOM, min(count - len(buffer), _PIPE)))
                if not part:
                    raise self._dead()
                buffer += part
        taken = bytes(memoryview(buffer)[:count])
        del buffer[:count]
        return taken

    def _dead(self) -> Died:
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        return Died(f"exit code {self.process.returncode}")

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.forget()

    def forget(self) -> None:
        """Close our ends: all that a fork may do to a worker of its parent."""
        self._in.close()
        self._out.close()
        if self.process.returncode is None:
            self.process.returncode = 0


# --------------------------------------------------------------------------- those at hand

_lock = Lock()
_at_hand: list[_Worker] = []


@contextmanager
def _worker() -> Iterator[_Worker]:
    """A worker for one request, used again where it has answered in full."""
    if SYSTEM != "linux":
        raise Unavailable
    worker = _from_stock() or _Worker()
    try:
        yield worker
    finally:
        with _lock:
            keep = worker.idle and worker.resident < RETIRES_AT and len(_at_hand) < KEPT
            if keep:
                _at_hand.append(worker)
        if not keep:
            worker.stop()


def _from_stock() -> _Worker | None:
    with _lock:
        while _at_hand:
            worker = _at_hand.pop()
            if worker.alive:
                return worker
            worker.stop()
    return None


def at_hand() -> list[subprocess.Popen[bytes]]:
    """The processes of the idle workers."""
    return [worker.process for worker in _at_hand]


def cpu_of_workers() -> float:
    """CPU seconds, up to their last answers, of the workers at hand."""
    return sum(worker.cpu for worker in _at_hand)


def stop_all() -> None:
    """Stop the idle workers; the next file gets a new one."""
    while _at_hand:
        _at_hand.pop().stop()


def _after_fork() -> None:
    """A forked process must not speak through its parent's pipes."""
    global _lock
    _lock = Lock()
    while _at_hand:
        _at_hand.pop().forget()


atexit.register(stop_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
