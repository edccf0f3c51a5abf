"""One process at a time: a lock that goes away with its process, however that ends."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from knowledge_base.vectors.model import InUse, VectorError


def hold(path: Path) -> sqlite3.Connection:
    """Hold the lock `path` until the connection is closed. Raises InUse at once where taken."""
    try:
        lock = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise InUse("案例库的索引正被另一个程序使用，请等它结束后再试。") from error
        raise VectorError(f"索引“{path.parent.name}”打不开，请检查文件夹和读写权限。") from error
    return lock
