"""What an officer and an evaluator signed before the sign-off: dated copies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.storage.guards import refuse

revision = "0008"
down_revision = "0007"

UNDER_WAY = "EXISTS (SELECT 1 FROM erasures WHERE NOT done)"


def upgrade() -> None:
    op.create_table(
        "signed_copies",
        sa.Column("analysis_id", sa.Integer, sa.ForeignKey("analyses.id"), primary_key=True),
        sa.Column("stage", sa.String(16), primary_key=True),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("result_sha256", sa.String(64), nullable=False),
        sa.Column("result", sa.JSON, nullable=False),
    )
    connection = op.get_bind()
    refuse(connection, "signed_copies", "UPDATE")
    refuse(connection, "signed_copies", "DELETE", unless=UNDER_WAY)
