"""Paragraphs of the evaluation opinion as people rewrote them: events, of which the last holds."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.storage.schema import AuditRow

EDITED = "opinion.edited"
RESTORED = "opinion.restored"


def rewritten(session: Session, case_id: str) -> dict[str, dict[str, Any]]:
    """By the paragraph's title: `before` (the program's text), `text` (the person's), who, when."""
    events = session.scalars(
        select(AuditRow)
        .where(AuditRow.case_id == case_id, AuditRow.action.in_((EDITED, RESTORED)))
        .order_by(AuditRow.seq)
    )
    found: dict[str, dict[str, Any]] = {}
    for event in events:
        before, after = event.before or {}, event.after or {}
        found.pop(after["passage"], None)
        if event.action == EDITED:
            found[after["passage"]] = {
                "before": before["text"],
                "text": after["text"],
                "actor": event.actor,
                "at": event.at,
            }
    return found
