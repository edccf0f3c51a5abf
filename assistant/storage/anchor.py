"""The anchor: a file beside the database that knows every head the chain ever had.

Each writing transaction leaves two lines, only ever appended:

    prepare <seq before> <seq after> <hash after>     before the commit
    commit  <seq before> <seq after> <hash after>     after it

A committed head must be found in the database for ever (else the chain was cut or hashed
anew), and every event of the database must have been prepared (else it was slipped in).
A crash between the two lines leaves a prepared head that may or may not be in the database;
both are honest.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.storage.chain import Head
from assistant.storage.trouble import told

Kind = Literal["prepare", "commit"]


@dataclass(frozen=True)
class Mark:
    """One line: a transaction moved the chain from event `before` to `head`."""

    kind: Kind
    before: int
    head: Head


class Anchor:
    """The anchor file at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, kind: Kind, before: Head, after: Head) -> None:
        """Append one line and wait until it is on the disk. Raises DiskFull, DiskReadOnly."""
        # The leading line end closes a line that a crash may have torn.
        line = f"\n{kind} {before.seq} {after.seq} {after.hash}\n"
        with told():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                written = os.write(handle, line.encode("ascii"))
                if written < len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(handle)
            finally:
                os.close(handle)

    def until(self, seq: int) -> str:
        """The lines on heads up to event `seq`, as `restore` takes them."""
        return "".join(
            f"{mark.kind} {mark.before} {mark.head.seq} {mark.head.hash}\n"
            for mark in self.marks()
            if mark.head.seq <= seq
        )

    def restore(self, lines: bytes) -> None:
        """Begin the file with the lines of another. Raises FileExistsError where there is one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(lines)
            stream.flush()
            os.fsync(stream.fileno())

    def marks(self) -> Iterator[Mark]:
        """All lines in order; torn and foreign lines prove nothing and are passed over."""
        if not self.path.exists():
            return
        with self.path.open(encoding="ascii", errors="replace") as stream:
            for line in stream:
                match line.split():
                    case ["prepare" | "commit" as kind, before, after, digest] if (
                        before.isdigit() and after.isdigit()
                    ):
                        yield Mark(kind, int(before), Head(int(after), digest))
