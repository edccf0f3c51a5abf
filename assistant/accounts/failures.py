"""Too many failed sign-ins lock a name, and an address, for a while; restarts forget nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.accounts.errors import TooManyTries
from assistant.accounts.schema import FailureRow
from assistant.storage.chain import Event, append, now

WINDOW = timedelta(minutes=15)
PER_NAME = 5
PER_ADDRESS = 20
KEY_LENGTH = 128


def refuse_too_many(session: Session, name: str, address: str) -> None:
    """Raises TooManyTries while the name or the address has failed too often."""
    limits = ((_name_key(name), PER_NAME), (_address_key(address), PER_ADDRESS))
    for key, limit in limits:
        if _count(session, key) >= limit:
            minutes = int(WINDOW.total_seconds() // 60)
            raise TooManyTries(f"登录失败次数过多，请 {minutes} 分钟后再试，或者请管理员协助。")


def note_failure(session: Session, name: str, address: str) -> None:
    """Count one failed sign-in; the one that locks a name is an audit event."""
    session.execute(delete(FailureRow).where(FailureRow.at < _window_start()))
    at = now()
    session.add_all(FailureRow(key=key, at=at) for key in (_name_key(name), _address_key(address)))
    session.flush()
    if _count(session, _name_key(name)) == PER_NAME:
        append(session, Event(action="user.locked", actor="（登录页）", after={"name": name[:64]}))


def forgive(session: Session, name: str) -> None:
    """The failures of a name count no more."""
    session.execute(delete(FailureRow).where(FailureRow.key == _name_key(name)))


def _count(session: Session, key: str) -> int:
    query = select(func.count()).select_from(FailureRow)
    return session.scalar(query.where(FailureRow.key == key, FailureRow.at > _window_start())) or 0


def _window_start() -> str:
    return (datetime.now(UTC) - WINDOW).isoformat(timespec="microseconds")


def _name_key(name: str) -> str:
    return f"name:{name}"[:KEY_LENGTH]


def _address_key(address: str) -> str:
    return f"address:{address}"[:KEY_LENGTH]
