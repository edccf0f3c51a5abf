"""Cases that were deleted by rule, and the triggers that let their rows go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.storage.guards import allow, refuse

revision = "0006"
down_revision = "0005"

UNDER_WAY = "EXISTS (SELECT 1 FROM erasures WHERE NOT done)"
LET_GO = (
    "analyses", "findings", "signatures", "objections", "objection_answers", "grades", "notices",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("case_id", sa.String(8), primary_key=True),
        sa.Column("done", sa.Boolean, nullable=False),
    )
    connection = op.get_bind()
    refuse(connection, "erasures", "DELETE")
    for table in LET_GO:
        allow(connection, table, "DELETE")
        refuse(connection, table, "DELETE", unless=UNDER_WAY)
