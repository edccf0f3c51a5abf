"""A mended draft is a case of its own, as its file is another; events say which it continues."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.storage.chain import Event, append
from assistant.storage.rows import case_row
from assistant.storage.schema import AuditRow

CONTINUES = "case.continues"
CONTINUED = "case.continued"


def link(session: Session, case_id: str, previous: str, *, actor: str) -> None:
    """Note that `case_id` is the next draft of `previous`, in the caller's writing transaction.

    The same files again are no next draft, nor is an earlier draft one of a later; what
    continues a case already goes on to continue that one. Raises NoSuchCase.
    """
    case_row(session, previous)
    if case_id in (previous, *earlier(session, previous)) or previous_of(session, case_id):
        return
    append(
        session,
        Event(action=CONTINUES, actor=actor, case_id=case_id, after={"case": previous}),
    )
    append(
        session,
        Event(action=CONTINUED, actor=actor, case_id=previous, after={"case": case_id}),
    )


def previous_of(session: Session, case_id: str) -> str | None:
    """The draft before this one; None for a first draft."""
    return _other(session, case_id, CONTINUES)


def next_of(session: Session, case_id: str) -> str | None:
    """The draft after this one, the latest where there are several; None for the last."""
    return _other(session, case_id, CONTINUED)


def earlier(session: Session, case_id: str) -> list[str]:
    """All drafts before this one, the newest first."""
    found: list[str] = []
    while (before := previous_of(session, found[-1] if found else case_id)) is not None:
        found.append(before)
    return found


def _other(session: Session, case_id: str, action: str) -> str | None:
    event = session.scalar(
        select(AuditRow.after)
        .where(AuditRow.case_id == case_id, AuditRow.action == action)
        .order_by(AuditRow.seq.desc())
        .limit(1)
    )
    return str(event["case"]) if event else None
