"""The check's code beside each finding, so that decisions can be counted by check."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEPT_COLUMNS = "id, analysis_id, number, fingerprint, code"


def upgrade() -> None:
    op.add_column("findings", sa.Column("code", sa.String(9), nullable=False, server_default=""))
    op.execute(
        "UPDATE findings SET code = (SELECT json_extract(analyses.result, "
        "'$.findings[' || (findings.number - 1) || '].code') "
        "FROM analyses WHERE analyses.id = findings.analysis_id)"
    )
    op.create_index("findings_decided", "findings", ["analysis_id", "code", "status"])
    op.execute("DROP TRIGGER findings_keep_identity")
    op.execute(
        f"CREATE TRIGGER findings_keep_identity BEFORE UPDATE OF {KEPT_COLUMNS} ON findings "
        "BEGIN SELECT RAISE(ABORT, 'findings is append-only'); END"
    )
