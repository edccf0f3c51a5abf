"""The database engine: SQLite in WAL mode that survives a power cut after each commit.

Reading transactions are deferred; writing ones take the write lock at their start
(BEGIN IMMEDIATE), because a deferred one that turns to writing late fails at once when
another process wrote in between, and no busy timeout helps it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from assistant.storage.errors import UnsupportedDatabase

BUSY_TIMEOUT_MS = 30_000


def open_engine(url: str) -> Engine:
    """An engine for `url`, its folder made where it is missing.

    Raises UnsupportedDatabase for anything but a SQLite file.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise UnsupportedDatabase(
            "数据库地址无法使用：本版本只支持 SQLite 文件（sqlite:///路径）。"
        )
    Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the write lock at their start."""
    return engine.execution_options(writing=True)


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own implicit BEGIN would come before ours.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
