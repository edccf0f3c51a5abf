"""Audit events of looking: who saw a case, and who took a file of it away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from assistant.accounts.people import Person
from assistant.storage import Store
from assistant.storage.chain import Event, append
from assistant.storage.schema import AuditRow

VIEWED = "case.viewed"
EXPORTED = "case.exported"
ONE_LOOK = timedelta(minutes=10)
"""Pages of a case opened within this time of the first are one look at it."""


def saw(store: Store, person: Person, case_id: str) -> None:
    """The person looks at the case."""
    since = (datetime.now(UTC) - ONE_LOOK).isoformat(timespec="microseconds")
    with store.reading() as session:
        known = session.scalar(
            select(AuditRow.seq)
            .where(AuditRow.case_id == case_id, AuditRow.action == VIEWED)
            .where(AuditRow.actor == person.name, AuditRow.at > since)
            .limit(1)
        )
    if known is None:
        with store.writing() as session:
            append(session, Event(action=VIEWED, actor=person.name, case_id=case_id))


def exported(store: Store, person: Person, case_id: str, what: str) -> None:
    """The person takes a file of the case away; `what` is the file's name."""
    with store.writing() as session:
        event = Event(action=EXPORTED, actor=person.name, case_id=case_id, after={"file": what})
        append(session, event)
