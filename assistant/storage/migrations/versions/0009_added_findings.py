"""Findings that a person added: all of them stands beside their state, never to be changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.storage.guards import allow, refuse

revision = "0009"
down_revision = "0008"

KEPT_COLUMNS = "id, analysis_id, number, fingerprint, code, dimension, source, added"


def upgrade() -> None:
    op.add_column("findings", sa.Column("added", sa.JSON))
    connection = op.get_bind()
    allow(connection, "findings", "UPDATE", name="findings_keep_identity")
    refuse(connection, "findings", "UPDATE", name="findings_keep_identity", columns=KEPT_COLUMNS)
