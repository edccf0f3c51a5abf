"""Names of workers that stay the same over restarts, and belong to one process at a time.

A name is a numbered lock file: the system lets go of it when its process dies, however it
dies, and the next worker of this machine takes it up, and with it the work begun under it.
"""

from __future__ import annotations

import hashlib
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from assistant.settings import Settings

FOLDER = "workers"
MOST = 64


@dataclass
class Slot:
    """A worker's name, held until `release` or the end of the process."""

    name: str
    _lock: IO[bytes]

    def release(self) -> None:
        self._lock.close()


def take(settings: Settings) -> Slot:
    """The first name that no living process holds."""
    folder = settings.home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, MOST + 1):
        stream = _file(settings, number).open("ab")
        if _lock(stream):
            return Slot(f"{_prefix(settings)}{number}", stream)
        stream.close()
    raise RuntimeError(f"{MOST} workers at work in {folder}")


def is_alive(settings: Settings, name: str) -> bool | None:
    """Whether a process holds the name; None for one of another machine, which only it knows."""
    prefix = _prefix(settings)
    if not name.startswith(prefix):
        return None
    path = _file(settings, int(name.removeprefix(prefix)))
    if not path.exists():
        return False
    with path.open("ab") as stream:
        return not _lock(stream)


def _prefix(settings: Settings) -> str:
    """Machines that share a database differ by their names, and two homes on one by the path."""
    home = hashlib.sha256(str(settings.home.resolve()).encode()).hexdigest()[:6]
    return f"{socket.gethostname()[:60]}-{home}-"


def _file(settings: Settings, number: int) -> Path:
    return settings.home / FOLDER / f"{number}.lock"


def _lock(stream: IO[bytes]) -> bool:
    try:
        import fcntl
    except ImportError:
        return _lock_on_windows(stream)
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _lock_on_windows(stream: IO[bytes]) -> bool:
    import msvcrt  # type: ignore[import-not-found, unused-ignore]

    try:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
    except OSError:
        return False
    return True
