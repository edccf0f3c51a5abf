"""Databases of tests on PostgreSQL: one empty one for each test that asks.

ASSISTANT_TEST_DATABASE is the URL of a server that may be filled and emptied at will; each
process makes one database with the newest schema, and each test gets a copy of it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, make_url

from assistant.storage.engine import open_engine
from assistant.storage.migrate import upgrade

SERVER = os.environ.get("ASSISTANT_TEST_DATABASE", "")


@contextmanager
def database(template: str | None = None) -> Iterator[str]:
    """The URL of a new database (a copy of that of the URL `template`), dropped afterwards."""
    name = f"test_{secrets.token_hex(6)}"
    like = f' TEMPLATE "{make_url(template).database}"' if template else ""
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}"{like}')
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
        with server.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        server.dispose()


@contextmanager
def migrated() -> Iterator[str]:
    """The URL of a database that is brought to the newest schema, to copy from."""
    with database() as url:
        engine = open_engine(url)
        upgrade(engine)
        engine.dispose()
        yield url
