"""Files of accepted uploads: on the disk before the job exists, kept until it has ended."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from assistant.settings import Settings
from assistant.storage import uploads
from ingestion.model import Role

FOLDER = "incoming"
WORK = "work"


@dataclass(frozen=True)
class Upload:
    """One file as it came in; without a role it is recognised by its content."""

    name: str
    stream: BinaryIO
    role: Role | None = None


def folder_of(settings: Settings, job_id: str) -> Path:
    return settings.home / FOLDER / job_id


def stage(settings: Settings, job_id: str, files: Sequence[Upload]) -> list[dict[str, Any]]:
    """Write the files durably. Returns their list for the job's row; on any error nothing stays.

    Raises UploadTooLarge and what `storage.trouble` says of the disk.
    """
    folder = folder_of(settings, job_id)
    listed = []
    try:
        for number, file in enumerate(files):
            path = uploads.stage(folder / str(number), file.name, file.stream)
            _to_disk(path)
            listed.append({"role": file.role, "name": path.name, "place": str(number)})
        _to_disk(folder)
        _to_disk(folder.parent)
    except BaseException:
        discard(settings, job_id)
        raise
    return listed


def paths(
    settings: Settings, job_id: str, listed: Sequence[dict[str, Any]]
) -> list[tuple[Role | None, Path]]:
    """Where the files of a job's row lie, with the roles they were given."""
    folder = folder_of(settings, job_id)
    return [(entry["role"], folder / entry["place"] / entry["name"]) for entry in listed]


def discard(settings: Settings, job_id: str) -> None:
    shutil.rmtree(folder_of(settings, job_id), ignore_errors=True)


def _to_disk(path: Path) -> None:
    """Wait until the file (or the folder's list of names) is on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
