"""The database engine: a SQLite file on one machine, or PostgreSQL for an office.

On both, writing transactions follow one another, so that the audit chain never forks:

- SQLite (WAL, survives a power cut after each commit): writers take the write lock at their
  start (BEGIN IMMEDIATE), because a deferred transaction that turns to writing late fails at
  once when another process wrote in between, and no busy timeout helps it.
- PostgreSQL: writers take one advisory lock first. They read what is committed (READ
  COMMITTED): a snapshot of the transaction would be older than the lock it waited for.
  Readers keep one snapshot (REPEATABLE READ).
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError

from assistant.storage.errors import UnsupportedDatabase
from assistant.storage.trouble import database_trouble, told

BUSY_TIMEOUT_MS = 30_000
CONNECT_TIMEOUT_S = 10
WRITERS_LOCK = 7_203_114
"""The advisory lock of all writers of one database; any number, once chosen for ever."""


def open_engine(url: str) -> Engine:
    """An engine for `url`; the folder of a SQLite file is made where it is missing.

    No error message quotes what was to be stored. Errors of the driver that a person can
    mend come out as StoreError (`storage.trouble`).
    Raises UnsupportedDatabase for anything but a SQLite file or PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise _unsupported() from error
    kind = parsed.get_backend_name()
    if kind not in ("sqlite", "postgresql") or not parsed.database:
        raise _unsupported()
    if kind == "sqlite":
        # A URI (file:…?mode=ro) names a file that is there.
        if not parsed.database.startswith("file:"):
            with told():
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, hide_parameters=True)
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            isolation_level="REPEATABLE READ",
            hide_parameters=True,
            # A server that was restarted is met with a new connection, not with an error.
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S},
        )
        event.listen(engine, "begin", _begin_postgresql)
    event.listen(engine, "handle_error", _tell)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the write lock at their start."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(writing=True, isolation_level="READ COMMITTED")
    return engine.execution_options(writing=True)


def _unsupported() -> UnsupportedDatabase:
    return UnsupportedDatabase(
        "数据库地址无法使用：只支持 SQLite 文件（sqlite:///路径）"
        "和 PostgreSQL（postgresql+psycopg://用户@主机/库）。"
    )


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own implicit BEGIN would come before ours.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _is_writing(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writing", False))


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_writing(connection) else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if _is_writing(connection):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")


def _tell(context: ExceptionContext) -> None:
    # A ping that fails is answered by a new connection.
    found = None if context.is_pre_ping else database_trouble(context.original_exception)
    if found is not None:
        raise found from context.original_exception
