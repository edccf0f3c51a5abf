"""Brings the database to the newest revision; costs one query where it already is."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from assistant.storage.engine import writing

HEAD = "0010"
"""The newest revision; a test holds it against the migration scripts."""

MIGRATIONS = Path(__file__).parent / "migrations"


def current_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar()
    return revision


def upgrade(engine: Engine) -> None:
    """Upgrade under the write lock, so that two first starts do not collide."""
    with engine.connect() as connection:
        if current_revision(connection) == HEAD:
            return
    # Alembic costs a sixth of a second to import and is needed only here.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
