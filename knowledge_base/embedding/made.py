"""A folder that takes long to make: made once, seen only whole, made again where it was spoilt."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

WEIGHTS = "model.safetensors"
_RECEIPT = "made.json"


def is_whole(folder: Path) -> bool:
    """Whether the weights are, by size and time, those that were written."""
    try:
        return bool(json.loads((folder / _RECEIPT).read_text()) == _stamp(folder))
    except (OSError, ValueError):
        return False


def make_once(folder: Path, write: Callable[[Path], None]) -> None:
    """Have `write` fill an empty folder and give it the name `folder`.

    Two processes may do so at the same time: the first one's folder stays. One that is there
    but no longer whole is replaced. Raises OSError where nothing can be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    try:
        write(made)
        with (made / WEIGHTS).open("rb") as stream:
            os.fsync(stream.fileno())
        (made / _RECEIPT).write_text(json.dumps(_stamp(made)))
        _put(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _stamp(folder: Path) -> dict[str, int]:
    found = (folder / WEIGHTS).stat()
    return {"bytes": found.st_size, "mtime_ns": found.st_mtime_ns}


def _put(made: Path, folder: Path) -> None:
    try:
        made.rename(folder)
    except OSError:
        if is_whole(folder):
            return
        aside = Path(tempfile.mkdtemp(prefix=".spoilt-", dir=folder.parent))
        folder.rename(aside / folder.name)
        shutil.rmtree(aside, ignore_errors=True)
        made.rename(folder)
