"""Uploaded files: staged under a safe name, then kept, sealed, under their SHA-256."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from assistant.settings import Settings
from assistant.storage import originals
from assistant.storage.errors import NoSuchOriginal, UploadTooLarge
from assistant.storage.trouble import told

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
    """Copy the stream to a file of a safe name in `folder`.

    Raises UploadTooLarge, DiskFull, DiskReadOnly.
    """
    target = folder / safe_name(name)
    size = 0
    with told():
        folder.mkdir(parents=True, exist_ok=True)
    with told(), target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > MAX_UPLOAD_BYTES:
                limit = MAX_UPLOAD_BYTES // 2**20
                raise UploadTooLarge(f"“{target.name}”超过 {limit} MB 的上传上限。")
            out.write(chunk)
    return target


def keep(settings: Settings, staged: Path) -> Path:
    """Move a staged file, sealed, to its place by content. See `originals.keep`."""
    return originals.keep(settings, staged)


def content(settings: Settings, sha256: str) -> bytes | None:
    """The bytes of a kept file; None where the store does not hold it (any more).

    Raises KeyUnusable, Unreadable.
    """
    try:
        return originals.read(settings, sha256)
    except NoSuchOriginal:
        return None
