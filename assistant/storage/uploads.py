"""Uploaded files: staged under a safe name, kept under their SHA-256."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from assistant.settings import Settings
from assistant.storage.errors import UploadTooLarge

MAX_UPLOAD_BYTES = 100 * 2**20
CHUNK = 2**20
NAME_LENGTH = 60
SUFFIX = re.compile(r"\.[0-9a-z]{1,8}$")
FORBIDDEN = set('<>:"/\\|?*')


def safe_name(name: str) -> str:
    """A file name for display and staging: no folders, control or direction characters.

    >>> safe_name("../../etc/起诉书.PDF"), safe_name("a\\u202efdp.exe"), safe_name("..")
    ('起诉书.pdf', 'afdp.exe', '文书')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(
        c for c in last if c not in FORBIDDEN and unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    ).strip(" .")
    found = SUFFIX.search(kept.lower())
    suffix = found.group() if found else ""
    stem = kept[: len(kept) - len(suffix)].strip(" .")[:NAME_LENGTH] or "文书"
    # Device names of Windows (CON, NUL, COM1 …) are no file names there, with any suffix.
    if re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", stem):
        stem = f"文书_{stem}"
    return stem + suffix


@contextmanager
def staging(settings: Settings) -> Iterator[Path]:
    """A private folder for one upload, gone afterwards."""
    incoming = settings.home / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=incoming))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stage(folder: Path, name: str, stream: BinaryIO) -> Path:
    """Copy the stream to a file of a safe name in `folder`. Raises UploadTooLarge."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / safe_name(name)
    size = 0
    with target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > MAX_UPLOAD_BYTES:
                limit = MAX_UPLOAD_BYTES // 2**20
                raise UploadTooLarge(f"“{target.name}”超过 {limit} MB 的上传上限。")
            out.write(chunk)
    return target


def keep(settings: Settings, staged: Path) -> Path:
    """Move a staged file to its place by content; an equal one is already there or replaced."""
    with staged.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    target = settings.home / "documents" / sha256[:2] / f"{sha256}{staged.suffix}"
    target.parent.mkdir(parents=True, exist_ok=True)
    return staged.replace(target)


def content(settings: Settings, sha256: str) -> bytes | None:
    """The bytes of a kept file; None where the store does not hold it (any more)."""
    folder = settings.home / "documents" / sha256[:2]
    found = next(folder.glob(f"{sha256}.*"), None) if folder.is_dir() else None
    return found.read_bytes() if found else None
