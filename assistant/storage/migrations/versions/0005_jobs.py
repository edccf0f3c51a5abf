"""Jobs: batches, analyses under way with their events and results so far, and workers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "job_batches",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("users.id")),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("batch_id", sa.String(16), sa.ForeignKey("job_batches.id")),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("users.id")),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("ruled", sa.Boolean, nullable=False),
        sa.Column("cancel_asked", sa.Boolean, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("case_id", sa.String(8)),
        sa.Column("counts", sa.JSON),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_jobs_batch_id", "jobs", ["batch_id"])
    op.create_index("jobs_state", "jobs", ["state"])
    op.create_index("jobs_person", "jobs", ["person_id"])
    op.create_table(
        "job_events",
        sa.Column("job_id", sa.String(16), sa.ForeignKey("jobs.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
    )
    op.create_table(
        "job_results",
        sa.Column("job_id", sa.String(16), sa.ForeignKey("jobs.id"), primary_key=True),
        sa.Column("result", sa.JSON, nullable=False),
    )
    op.create_table(
        "job_workers",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("seen_at", sa.String(32), nullable=False),
    )
