"""The check's code beside each finding, so that decisions can be counted by check."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.storage.guards import allow, refuse

revision = "0002"
down_revision = "0001"

KEPT_COLUMNS = "id, analysis_id, number, fingerprint, code"


def upgrade() -> None:
    op.add_column("findings", sa.Column("code", sa.String(9), nullable=False, server_default=""))
    connection = op.get_bind()
    code = (
        "json_extract(analyses.result, '$.findings[' || (findings.number - 1) || '].code')"
        if connection.dialect.name == "sqlite"
        else "analyses.result -> 'findings' -> (findings.number - 1) ->> 'code'"
    )
    op.execute(
        f"UPDATE findings SET code = (SELECT {code} "
        "FROM analyses WHERE analyses.id = findings.analysis_id)"
    )
    op.create_index("findings_decided", "findings", ["analysis_id", "code", "status"])
    allow(connection, "findings", "UPDATE", name="findings_keep_identity")
    refuse(connection, "findings", "UPDATE", name="findings_keep_identity", columns=KEPT_COLUMNS)
