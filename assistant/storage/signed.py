"""Who signed which stage of a version: each signature stands under a copy of its own.

A stage's signature closes that stage and those before it; later stages go on, and what they
change is never in an earlier copy.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from assistant.storage.chain import now
from assistant.storage.records import FINAL, STAGES, Signature, Stage
from assistant.storage.schema import AnalysisRow, SignatureRow, SignedCopyRow


def signed_row(
    session: Session, analysis: AnalysisRow, stage: Stage
) -> SignatureRow | SignedCopyRow | None:
    """What was signed at this stage of a version."""
    if stage == FINAL:
        return session.get(SignatureRow, analysis.id)
    return session.get(SignedCopyRow, (analysis.id, stage))


def keep_signed(
    session: Session,
    analysis: AnalysisRow,
    stage: Stage,
    *,
    actor: str,
    result: dict[str, Any],
    sha256: str,
) -> None:
    """Keep a copy of what `actor` signs, in the caller's writing transaction."""
    kept = {
        "analysis_id": analysis.id,
        "actor": actor,
        "at": now(),
        "result_sha256": sha256,
        "result": result,
    }
    session.add(SignatureRow(**kept) if stage == FINAL else SignedCopyRow(stage=stage, **kept))
    session.flush()


def signatures(session: Session, analysis: AnalysisRow) -> tuple[Signature, ...]:
    """The signatures of a version in the order of their stages."""
    found = ((stage, signed_row(session, analysis, stage)) for stage in STAGES)
    return tuple(
        Signature(row.actor, row.at, row.result_sha256, stage) for stage, row in found if row
    )


def closing(session: Session, analysis: AnalysisRow, stage: Stage) -> Signature | None:
    """The signature by which this stage is closed: its own, else that of a later stage."""
    return closed_by(signatures(session, analysis), stage)


def closed_by(given: tuple[Signature, ...], stage: Stage) -> Signature | None:
    """As `closing`, of signatures that are known."""
    later = STAGES[STAGES.index(stage) :]
    return next((signature for signature in given if signature.stage in later), None)
