"""Originals of documents: kept under the SHA-256 of their content, sealed with the office's key.

`documents/ab/abcd….pdf.sealed` holds the file whose content has that SHA-256. Content leaves
the folder only by `read` (memory) and `opened` (a private file, gone afterwards).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.files import open_atomic
from assistant.settings import Settings
from assistant.storage.errors import NoSuchOriginal, StoreError, Unreadable
from assistant.storage.keys import office_key
from assistant.storage.sealed import seal, unsealed
from assistant.storage.trouble import told

FOLDER = "documents"
SEALED = ".sealed"
MEMORY = Path("/dev/shm")


def folder(settings: Settings) -> Path:
    return settings.home / FOLDER


def keep(settings: Settings, path: Path) -> Path:
    """Seal the file into its place by content and remove it; returns that place.

    Raises KeyUnusable, DiskFull, DiskReadOnly; the file stays then.
    """
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    target = folder(settings) / sha256[:2] / f"{sha256}{path.suffix}{SEALED}"
    with told():
        if not target.exists():
            key = office_key(settings, make=not _any(settings))
            with path.open("rb") as stream, open_atomic(target) as out:
                seal(stream, out, key)
        path.unlink(missing_ok=True)
    return target


def find(settings: Settings, sha256: str) -> Path:
    """The sealed file of this content. Raises NoSuchOriginal."""
    place = folder(settings) / sha256[:2]
    found = sorted(place.glob(f"{sha256}*{SEALED}")) if place.is_dir() else []
    if not found:
        raise NoSuchOriginal("这份文书的原件没有保存，或者已按期限删除。")
    return found[0]


def suffix_of(sealed: Path) -> str:
    """The suffix of the file that was sealed: ".pdf" of `….pdf.sealed`."""
    return Path(sealed.name.removesuffix(SEALED)).suffix


def read(settings: Settings, sha256: str) -> bytes:
    """The content. Raises NoSuchOriginal, KeyUnusable, Unreadable."""
    return content_of(settings, find(settings, sha256))


def content_of(settings: Settings, sealed: Path) -> bytes:
    """The content of one sealed file, held against its name."""
    key = office_key(settings)
    with sealed.open("rb") as stream:
        content = b"".join(unsealed(stream, key))
    if hashlib.sha256(content).hexdigest() != sealed.name.split(".", 1)[0]:
        raise Unreadable("原件的内容与入库时的哈希值不符。")
    return content


@contextmanager
def opened(settings: Settings, sha256: str) -> Iterator[Path]:
    """A private file with the content, for what can read only files; gone afterwards.

    In memory where the system has a place for that, so that nothing is left on the disk.
    """
    sealed = find(settings, sha256)
    content = content_of(settings, sealed)
    with told(), private_folder() as place:
        path = place / f"{sha256}{suffix_of(sealed)}"
        path.write_bytes(content)
        yield path


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder of this process alone, in memory where the system has a place for that."""
    root = MEMORY if os.access(MEMORY, os.W_OK) else None
    place = Path(tempfile.mkdtemp(prefix="assistant-", dir=root))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def every(settings: Settings) -> list[Path]:
    """All sealed files, in the order of their names."""
    return sorted(folder(settings).glob(f"??/*{SEALED}"))


def plain(settings: Settings) -> list[Path]:
    """Files of earlier versions that are not sealed yet."""
    return sorted(
        path
        for path in folder(settings).glob("??/*")
        if path.is_file() and path.suffix != SEALED and not path.name.startswith(".")
    )


def damaged(settings: Settings) -> Iterator[tuple[Path, str]]:
    """Each sealed file that cannot be read as it was kept, and why. Raises KeyUnusable."""
    if _any(settings):
        office_key(settings)
    for sealed in every(settings):
        try:
            content_of(settings, sealed)
        except StoreError as error:
            yield sealed, str(error)


def _any(settings: Settings) -> bool:
    """Whether something is sealed already: then a missing key is not made anew, but missed."""
    return next(folder(settings).glob(f"??/*{SEALED}"), None) is not None
