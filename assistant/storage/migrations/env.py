"""Alembic's entry: runs the revisions on the connection that `storage.migrate` hands over."""

from __future__ import annotations

from alembic import context

from assistant.accounts import schema as _accounts  # noqa: F401  (its tables)
from assistant.jobs import schema as _jobs  # noqa: F401  (its tables)
from assistant.quality import schema as _quality  # noqa: F401  (its tables)
from assistant.storage import register as _register  # noqa: F401  (its tables)
from assistant.storage.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
