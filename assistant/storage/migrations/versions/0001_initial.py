"""Cases, analyses, findings, signatures and the audit chain, with the triggers that guard them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.storage.guards import refuse

revision = "0001"
down_revision = None

APPEND_ONLY = ("analyses", "signatures", "audit_events")
KEPT_COLUMNS = "id, analysis_id, number, fingerprint"


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(8), primary_key=True),
        sa.Column("documents_key", sa.String(64), nullable=False, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "analyses",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.String(8), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("content_key", sa.String(64), nullable=False),
        sa.Column("result_sha256", sa.String(64), nullable=False),
        sa.Column("result", sa.JSON, nullable=False),
        sa.UniqueConstraint("case_id", "version"),
    )
    op.create_table(
        "audit_events",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("automated", sa.Boolean, nullable=False),
        sa.Column("case_id", sa.String(8)),
        sa.Column("finding_id", sa.Integer),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON),
        sa.Column("reason", sa.Text),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("analysis_id", sa.Integer, sa.ForeignKey("analyses.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("current", sa.JSON, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("decision_seq", sa.Integer, sa.ForeignKey("audit_events.seq")),
        sa.UniqueConstraint("analysis_id", "number"),
    )
    op.create_table(
        "signatures",
        sa.Column("analysis_id", sa.Integer, sa.ForeignKey("analyses.id"), primary_key=True),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("result_sha256", sa.String(64), nullable=False),
        sa.Column("result", sa.JSON, nullable=False),
    )
    op.create_index("audit_events_case", "audit_events", ["case_id"])
    op.create_index("audit_events_finding", "audit_events", ["finding_id"])
    connection = op.get_bind()
    for table in APPEND_ONLY:
        refuse(connection, table, "UPDATE")
        refuse(connection, table, "DELETE")
    refuse(connection, "findings", "DELETE")
    refuse(connection, "findings", "UPDATE", name="findings_keep_identity", columns=KEPT_COLUMNS)
