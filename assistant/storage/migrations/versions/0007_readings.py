"""Documents as they were read, sealed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("case_id", sa.String(8), sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column("role", sa.String(32), primary_key=True),
        sa.Column("program", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
