"""Appending to the chain and the hash that links it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.storage.canonical import canonical
from assistant.storage.schema import AuditRow

GENESIS = "0" * 64
"""What stands in `previous` of the first event."""


@dataclass(frozen=True)
class Event:
    """What happened: `before` and `after` are the states of the thing that was acted on.

    `automated` marks what the program did on its own (a decision carried to a new analysis).
    """

    action: str
    actor: str
    case_id: str | None = None
    finding_id: int | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    reason: str | None = None
    automated: bool = False


@dataclass(frozen=True)
class Head:
    """The last event of the chain; of an empty chain (0, GENESIS)."""

    seq: int
    hash: str


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def event_hash(seq: int, at: str, event: Event, previous: str) -> str:
    """SHA-256 over the previous hash and the canonical JSON of the event."""
    return link(
        previous,
        seq,
        at,
        event.action,
        event.actor,
        event.automated,
        event.case_id,
        event.finding_id,
        canonical(event.before),
        canonical(event.after),
        event.reason,
    )


def link(
    previous: str,
    seq: int,
    at: str,
    action: str,
    actor: str,
    automated: bool,
    case_id: str | None,
    finding_id: int | None,
    before: str,
    after: str,
    reason: str | None,
) -> str:
    """The same from the parts of an event, `before` and `after` as canonical JSON.

    Spelled out in the order of the keys: whoever verifies a million events has each state
    spelled already, and need not build the whole to have it spelled again.
    """
    body = (
        f'{{"action":{_string(action)},"actor":{_string(actor)},"after":{after},'
        f'"at":{_string(at)},"automated":{"true" if automated else "false"},"before":{before},'
        f'"case_id":{_string(case_id)},'
        f'"finding_id":{"null" if finding_id is None else finding_id},'
        f'"reason":{_string(reason)},"seq":{seq}}}'
    )
    return hashlib.sha256((previous + body).encode()).hexdigest()


def _string(value: str | None) -> str:
    return "null" if value is None else encode_basestring_ascii(value)


def head(session: Session) -> Head:
    row = session.execute(
        select(AuditRow.seq, AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1)
    ).first()
    return Head(row.seq, row.hash) if row else Head(0, GENESIS)


def append(session: Session, event: Event) -> Head:
    """Append one event in the caller's writing transaction; returns the new head."""
    session.flush()
    last = session.execute(select(AuditRow).order_by(AuditRow.seq.desc()).limit(1)).scalar()
    seq, previous = (last.seq + 1, last.hash) if last else (1, GENESIS)
    # A clock that was set back must not make an event look older than the one before it.
    at = max(now(), last.at) if last else now()
    digest = event_hash(seq, at, event, previous)
    session.add(AuditRow(seq=seq, at=at, previous=previous, hash=digest, **vars(event)))
    session.flush()
    return Head(seq, digest)
