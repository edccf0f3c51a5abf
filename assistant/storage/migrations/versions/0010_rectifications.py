"""What became of the problems that a notice or an opinion told of (整改销号)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.storage.guards import refuse

revision = "0010"
down_revision = "0009"

UNDER_WAY = "EXISTS (SELECT 1 FROM erasures WHERE NOT done)"


def upgrade() -> None:
    op.create_table(
        "rectifications",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.String(8), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("finding_id", sa.Integer, sa.ForeignKey("findings.id"), nullable=False),
        sa.Column("of", sa.Integer, sa.ForeignKey("rectifications.id")),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("paper", sa.String(16), nullable=False),
        sa.Column("sent_on", sa.String(10), nullable=False),
        sa.Column("by", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("rectifications_case", "rectifications", ["case_id"])
    connection = op.get_bind()
    refuse(connection, "rectifications", "UPDATE")
    refuse(connection, "rectifications", "DELETE", unless=UNDER_WAY)
