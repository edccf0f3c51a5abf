"""What queues and overviews count by, and the tables of quality management."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from assistant.storage.guards import allow, refuse

revision = "0004"
down_revision = "0003"

KEPT_COLUMNS = "id, analysis_id, number, fingerprint, code, dimension, source"
APPEND_ONLY = ("objections", "objection_answers", "grades", "lots", "notices")
CHARGE_LENGTH = 64


def upgrade() -> None:
    for name, length in (("dimension", 16), ("source", 8), ("severity", 8)):
        column = sa.Column(name, sa.String(length), nullable=False, server_default="")
        op.add_column("findings", column)
    op.add_column("findings", sa.Column("decided_on", sa.String(10)))
    op.create_index("findings_by_day", "findings", ["status", "decided_on"])
    _create_register()
    _create_quality()
    connection = op.get_bind()
    _fill(connection)
    allow(connection, "findings", "UPDATE", name="findings_keep_identity")
    refuse(connection, "findings", "UPDATE", name="findings_keep_identity", columns=KEPT_COLUMNS)
    for table in APPEND_ONLY:
        refuse(connection, table, "UPDATE")
        refuse(connection, table, "DELETE")


def _case() -> sa.Column[str]:
    return sa.Column("case_id", sa.String(8), sa.ForeignKey("cases.id"), nullable=False)


def _who() -> tuple[sa.Column[int], sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("by", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )


def _create_register() -> None:
    op.create_table(
        "case_register",
        sa.Column("case_id", sa.String(8), sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column(
            "analysis_id", sa.Integer, sa.ForeignKey("analyses.id"), nullable=False, unique=True
        ),
        sa.Column("handler", sa.Integer),
        sa.Column("due", sa.String(10)),
        sa.Column("asked_at", sa.String(32)),
        sa.Column("closed_at", sa.String(32)),
        sa.Column("objections", sa.Integer, nullable=False),
    )
    op.create_table(
        "case_charges",
        sa.Column("case_id", sa.String(8), sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column("charge", sa.String(CHARGE_LENGTH), primary_key=True),
    )
    op.create_table(
        "case_recommendations",
        sa.Column("case_id", sa.String(8), sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("charge", sa.Text, nullable=False),
        sa.Column("main", sa.String(16), nullable=False),
        sa.Column("accessory", sa.String(16), nullable=False),
        sa.Column("execution", sa.String(16), nullable=False),
        sa.Column("months", sa.Float),
    )


def _create_quality() -> None:
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer, primary_key=True),
        _case(),
        sa.Column("finding_id", sa.Integer, sa.ForeignKey("findings.id"), nullable=False),
        *_who(),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("decided", sa.JSON, nullable=False),
    )
    op.create_index("objections_case", "objections", ["case_id"])
    op.create_table(
        "objection_answers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("objection_id", sa.Integer, sa.ForeignKey("objections.id"), nullable=False),
        *_who(),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ix_objection_answers_objection_id", "objection_answers", ["objection_id"])
    op.create_table(
        "grades",
        sa.Column("id", sa.Integer, primary_key=True),
        _case(),
        sa.Column("analysis_id", sa.Integer, sa.ForeignKey("analyses.id"), nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("grade", sa.String(24), nullable=False),
        sa.Column("suggested", sa.String(24)),
        sa.Column("reasons", sa.JSON, nullable=False),
        *_who(),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("grades_case", "grades", ["case_id"])
    op.create_table(
        "lots",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("cases", sa.JSON, nullable=False),
        sa.Column("candidates", sa.JSON, nullable=False),
        sa.Column("drawn", sa.JSON, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        *_who(),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer, primary_key=True),
        _case(),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("code", sa.String(9), nullable=False),
        sa.Column("sent_on", sa.String(10), nullable=False),
        *_who(),
    )
    op.create_index("notices_code", "notices", ["unit", "department", "code"])


def _fill(connection: sa.Connection) -> None:
    """The register and the new columns of what is stored already, version after version."""
    meta = sa.MetaData()
    names = ("analyses", "findings", "audit_events", "case_register", "case_charges")
    meta.reflect(connection, only=[*names, "case_recommendations"])
    analyses, findings, events, register, charges = (meta.tables[name] for name in names)
    days = sa.select(sa.func.substr(events.c.at, 1, 10)).where(
        events.c.seq == findings.c.decision_seq
    )
    connection.execute(findings.update().values(decided_on=days.scalar_subquery()))
    query = sa.select(analyses.c.id, analyses.c.case_id, analyses.c.result)
    newest: dict[str, tuple[int, dict[str, Any]]] = {}
    for row in connection.execute(query.order_by(analyses.c.case_id, analyses.c.version)):
        newest[row.case_id] = (row.id, _cut(row.result))
        for number, found in enumerate(row.result["findings"], 1):
            here = (findings.c.analysis_id == row.id) & (findings.c.number == number)
            current = connection.execute(sa.select(findings.c.current).where(here)).scalar_one()
            connection.execute(
                findings.update()
                .where(here)
                .values(
                    dimension=found["dimension"],
                    source=found["source"],
                    severity=current.get("severity", found["severity"]),
                )
            )
    for case_id, (analysis_id, told) in newest.items():
        connection.execute(
            register.insert().values(case_id=case_id, analysis_id=analysis_id, objections=0)
        )
        for charge in told["charges"]:
            connection.execute(charges.insert().values(case_id=case_id, charge=charge))
        for row in told["recommendations"]:
            connection.execute(
                meta.tables["case_recommendations"].insert().values(case_id=case_id, **row)
            )


def _cut(result: dict[str, Any]) -> dict[str, Any]:
    """What the register holds of a result."""
    case = result.get("case") or {}
    named = case.get("charges") or []
    kept = ("main", "accessory", "execution", "months")
    told = [
        {"place": n, "person": o["person"], "charge": o["charge"]}
        | {name: o["departure"][name] for name in kept}
        for n, o in enumerate(result.get("sentencing") or [])
        if o.get("departure")
    ]
    charges = list(dict.fromkeys(name[:CHARGE_LENGTH] for name in named))
    return {"charges": charges, "recommendations": told}
