"""What a person can mend, in one sentence: a full or read-only disk, a database out of reach.

The drivers and the system speak in codes; the sentences here never quote their messages,
which may hold document text or a password.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.storage.errors import (
    DatabaseBusy,
    DatabaseUnreachable,
    DiskFull,
    DiskReadOnly,
    StoreError,
)

FULL = DiskFull("磁盘已满，本次操作没有保存；请清理磁盘空间后重试，已保存的内容不受影响。")
READ_ONLY = DiskReadOnly(
    "数据文件夹不能写入，本次操作没有保存；请检查磁盘是否只读以及文件夹的权限。"
)
BUSY = DatabaseBusy("数据库正被另一个程序占用，请稍后再试。")
UNREACHABLE = DatabaseUnreachable(
    "数据库连接不上，本次操作没有保存；请检查数据库服务和 ASSISTANT_DATABASE_URL。"
)

# A limit on the size of a file or of a user's share stops a write just as a full disk does.
FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
READ_ONLY_ERRNOS = (errno.EROFS, errno.EACCES, errno.EPERM)

SQLITE: dict[int, StoreError] = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    # A write that a limit or a broken disk refuses: nothing of the transaction stays.
    sqlite3.SQLITE_IOERR: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: READ_ONLY,
}
PRIMARY_CODE = 0xFF

# SQLSTATE or its class: https://www.postgresql.org/docs/15/errcodes-appendix.html
POSTGRESQL: dict[str, StoreError] = {
    "55P03": BUSY,
    "40001": BUSY,
    "40P01": BUSY,
    "53100": FULL,
    "25006": READ_ONLY,
    "08": UNREACHABLE,
    "28": UNREACHABLE,
    "3D": UNREACHABLE,
    "53": UNREACHABLE,
    "57": UNREACHABLE,
}


def database_trouble(error: BaseException) -> StoreError | None:
    """The StoreError that a driver's error means; None where it is a defect of the program."""
    found: StoreError | None = None
    if isinstance(error, sqlite3.Error):
        found = SQLITE.get(getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE)
    # Known by its attribute: importing psycopg takes longer than most commands run.
    elif hasattr(error, "sqlstate"):
        state = error.sqlstate or ""
        # Without a state it never reached the server, or lost it on the way.
        lost = any(base.__name__ == "OperationalError" for base in type(error).__mro__)
        found = POSTGRESQL.get(state) or POSTGRESQL.get(state[:2])
        found = UNREACHABLE if not state and lost else found
    return _fresh(found)


def disk_trouble(error: OSError) -> StoreError | None:
    """The StoreError that a system error means; None where it is another matter."""
    if error.errno in FULL_ERRNOS:
        return _fresh(FULL)
    return _fresh(READ_ONLY) if error.errno in READ_ONLY_ERRNOS else None


@contextmanager
def told() -> Iterator[None]:
    """What the system refuses within comes out as a StoreError where a person can mend it."""
    try:
        yield
    except OSError as error:
        found = disk_trouble(error)
        if found is None:
            raise
        raise found from error


def _fresh(found: StoreError | None) -> StoreError | None:
    """One of its own, so that no two raises share a traceback."""
    return type(found)(str(found)) if found is not None else None
