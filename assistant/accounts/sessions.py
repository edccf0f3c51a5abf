"""Signing in and out. The browser holds a random token, the database only its hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.accounts.errors import SignInRefused
from assistant.accounts.failures import note_failure, refuse_too_many
from assistant.accounts.people import Person, matches, nobodys_hash, person_of
from assistant.accounts.schema import SessionRow, UserRow
from assistant.settings import Settings
from assistant.storage import Store
from assistant.storage.chain import Event, append, now

TOKEN_BYTES = 32
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """A person at a browser; `csrf` is what each change from there must carry."""

    person: Person
    token: str

    @property
    def csrf(self) -> str:
        return hmac.new(self.token.encode(), b"csrf", hashlib.sha256).hexdigest()

    def sent(self, csrf: str) -> bool:
        """Whether this is the token that pages of this session were given."""
        return hmac.compare_digest(self.csrf.encode(), csrf.encode())


def authenticate(store: Store, name: str, password: str) -> Person:
    """The person of this name and password.

    An office with a directory (LDAP, OIDC) replaces this function. Raises SignInRefused.
    """
    with store.reading() as session:
        row = session.scalar(select(UserRow).where(UserRow.name == name))
    known = matches(row.password if row else nobodys_hash(), password)
    if row is None or not known or row.disabled:
        raise SignInRefused("账号或密码不对，请重新输入。")
    return person_of(row)


def sign_in(store: Store, name: str, password: str, *, address: str) -> SignedIn:
    """A new session. Raises SignInRefused."""
    return open_session(store, prove(store, name, password, address=address))


def prove(store: Store, name: str, password: str, *, address: str) -> Person:
    """The person of this name and password; failures are counted.

    Raises SignInRefused, after too many failures without looking.
    """
    name = unicodedata.normalize("NFC", name.strip())
    with store.reading() as session:
        refuse_too_many(session, name, address)
    try:
        return authenticate(store, name, password)
    except SignInRefused:
        with store.writing() as session:
            note_failure(session, name, address)
        raise


def open_session(store: Store, person: Person) -> SignedIn:
    """A session for a person who was made sure of."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    at = now()
    with store.writing() as session:
        session.add(
            SessionRow(token_sha256=_hashed(token), user_id=person.id, created_at=at, seen_at=at)
        )
        append(session, Event(action="user.signed_in", actor=person.name))
    return SignedIn(person, token)


def find(store: Store, settings: Settings, token: str) -> SignedIn | None:
    """Whose session this is; None for an unknown one and for one that has run out."""
    with store.reading() as session:
        row = session.get(SessionRow, _hashed(token))
        user = session.get(UserRow, row.user_id) if row else None
        if row is None or user is None or user.disabled or _is_over(row, settings):
            return None
        seen, signed = row.seen_at, SignedIn(person_of(user), token)
    if seen < _ago(SEEN_EVERY):
        with store.writing() as session:
            _touch(session, token)
    return signed


def sign_out(store: Store, signed: SignedIn) -> None:
    """The session is over."""
    with store.writing() as session:
        session.execute(delete(SessionRow).where(SessionRow.token_sha256 == _hashed(signed.token)))
        append(session, Event(action="user.signed_out", actor=signed.person.name))


def _touch(session: Session, token: str) -> None:
    row = session.get(SessionRow, _hashed(token))
    if row is not None:
        row.seen_at = now()
    session.flush()


def _is_over(row: SessionRow, settings: Settings) -> bool:
    idle = timedelta(minutes=settings.session_idle_minutes)
    longest = timedelta(hours=settings.session_hours)
    return row.seen_at < _ago(idle) or row.created_at < _ago(longest)


def _ago(span: timedelta) -> str:
    return (datetime.now(UTC) - span).isoformat(timespec="microseconds")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
