"""A whole bank as one file, and back. The file holds texts: it is as private as the bank.

A ZIP of the database, with vectors, and a list of what it holds with the SHA-256. The index is
not in it: it is made again from the database.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge_base.casebank.bank import Bank
from knowledge_base.casebank.errors import BadBackup, BankError
from knowledge_base.casebank.store import DATABASE, Store
from knowledge_base.vectors.lock import hold

_LIST = "backup.json"
_FORM = 1
_CHUNK = 1 << 20


def back_up(bank: Bank, target: Path) -> None:
    """Write the bank as it stands now to `target`, whole or not at all. Raises OSError."""
    with _beside(target) as folder:
        copy = folder / DATABASE
        bank.store.copy_to(copy)
        with copy.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        about = {"form": _FORM, "bytes": copy.stat().st_size, "sha256": digest}
        packed = folder / "backup.zip"
        packed.touch(mode=0o600)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(_LIST, json.dumps(about))
            archive.write(copy, DATABASE)
        with packed.open("rb") as stream:
            os.fsync(stream.fileno())
        packed.replace(target)


def restore(source: Path, folder: Path, *, replace: bool = False) -> None:
    """Make the bank of a backup in `folder`. One that is there is only replaced on demand.

    The first search makes the index again. Raises BadBackup, BankError for a bank in the way,
    InUse for one that is open elsewhere, OSError; then nothing has changed.
    """
    if not source.is_file():
        raise BadBackup(f"找不到备份文件“{source}”，请检查路径。")
    if (folder / DATABASE).exists() and not replace:
        raise BankError(f"“{folder}”里已有案例库；要以备份替换它，请加 --replace。")
    for lock in folder.glob("index-*/lock"):
        hold(lock).close()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _beside(folder) as made:
        bank = made / "bank"
        bank.mkdir(mode=0o700)
        _unpack(source, bank / DATABASE)
        _without_index(bank)
        if folder.exists():
            folder.rename(made / "before")
        bank.rename(folder)


def _unpack(source: Path, target: Path) -> None:
    wrong = BadBackup(f"“{source.name}”不是案例库备份，或者已损坏。")
    try:
        with zipfile.ZipFile(source) as archive:
            about = json.loads(archive.read(_LIST))
            if about["form"] != _FORM or archive.getinfo(DATABASE).file_size != about["bytes"]:
                raise wrong
            digest = hashlib.sha256()
            with archive.open(DATABASE) as stream, target.open("wb") as out:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    out.write(chunk)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise wrong from error
    if digest.hexdigest() != about["sha256"]:
        raise wrong


def _without_index(folder: Path) -> None:
    """No index belongs to this copy, nor may it ask for that of the bank it was made from."""
    store = Store(folder)
    try:
        with store.change():
            store.set(generation="0", id=uuid.uuid4().hex[:12])
            store.set_none_indexed()
    finally:
        store.close()


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A private folder on the same disk, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=".bank-", dir=target.absolute().parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
