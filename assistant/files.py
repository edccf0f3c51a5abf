"""Writing results: whole or not at all."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def write_atomic(path: Path, content: bytes) -> None:
    """Write through a temporary file beside `path`, so that no half-written file is ever seen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def to_json(data: Any) -> str:
    """Readable JSON: Chinese as it is, keys in the order they were made."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def write_json(target: str, data: Any) -> None:
    """Write to a path, or to standard output for "-"."""
    if target == "-":
        sys.stdout.write(to_json(data))
    else:
        write_atomic(Path(target), to_json(data).encode())
