"""Writing results: whole or not at all."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO


@contextmanager
def open_atomic(path: Path) -> Iterator[BinaryIO]:
    """A stream into a temporary file beside `path`, which takes its place when all is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_atomic(path: Path, content: bytes) -> None:
    """Write through a temporary file, so that no half-written file is ever seen."""
    with open_atomic(path) as stream:
        stream.write(content)


def to_json(data: Any) -> str:
    """Readable JSON: Chinese as it is, keys in the order they were made."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def write_json(target: str, data: Any) -> None:
    """Write to a path, or to standard output for "-"."""
    if target == "-":
        sys.stdout.write(to_json(data))
    else:
        write_atomic(Path(target), to_json(data).encode())


@contextmanager
def line_writer(target: str | None) -> Iterator[Callable[[str], object] | None]:
    """What writes line after line: to a path (whole or not at all), "-", or nowhere (None)."""
    if target is None:
        yield None
    elif target == "-":
        yield sys.stdout.write
    else:
        with open_atomic(Path(target)) as stream:
            yield lambda line: stream.write(line.encode())
