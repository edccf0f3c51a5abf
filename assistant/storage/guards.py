"""Triggers that refuse to change history, in the words of SQLite and of PostgreSQL.

For migrations: `refuse(op.get_bind(), "audit_events", "UPDATE")`. `columns` narrows an UPDATE
to those; `unless` is a condition on the old row (written `OLD.…`) under which it is let through.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection

Act = Literal["UPDATE", "DELETE"]


def refuse(
    connection: Connection,
    table: str,
    act: Act,
    *,
    name: str | None = None,
    columns: str = "",
    unless: str = "",
) -> None:
    """Make the trigger `name` (else table_no_act) on `table`."""
    trigger = name or f"{table}_no_{act.lower()}"
    acts = f"{act} OF {columns}" if columns else act
    head = f"CREATE TRIGGER {trigger} BEFORE {acts} ON {table} "
    if connection.dialect.name == "sqlite":
        when = f"WHEN NOT ({unless}) " if unless else ""
        body = f"{when}BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        connection.exec_driver_sql(head + body)
        return
    # PostgreSQL knows no subquery in WHEN: the condition stands in a function of its own.
    test = f"IF {unless} THEN RETURN {'OLD' if act == 'DELETE' else 'NEW'}; END IF; "
    connection.exec_driver_sql(
        f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN "
        f"{test if unless else ''}"
        f"RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation'; "
        "END $body$"
    )
    connection.exec_driver_sql(f"{head}FOR EACH ROW EXECUTE FUNCTION {trigger}()")
    if act == "DELETE":
        connection.exec_driver_sql(
            f"CREATE TRIGGER {trigger}_all BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {trigger}()"
        )


def allow(connection: Connection, table: str, act: Act, *, name: str | None = None) -> None:
    """Take the trigger that `refuse` made away again (to make another in its place)."""
    trigger = name or f"{table}_no_{act.lower()}"
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
    else:
        connection.exec_driver_sql(f"DROP FUNCTION {trigger}() CASCADE")
