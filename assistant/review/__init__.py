"""A person decides: confirm, edit, reject, reopen, sign. Nobody else moves a status."""

from __future__ import annotations

from assistant.findings import Severity
from assistant.review.acts import Act, Confirm, Edit, Reject, Reopen, Sign
from assistant.review.errors import (
    AddedAlready,
    AlreadyDecided,
    CaseSigned,
    NoActor,
    NotDecided,
    NothingChanged,
    NothingWritten,
    NotInDocument,
    ObjectionsOpen,
    ReasonRequired,
    ReviewRefused,
    StaleVersion,
    UndecidedFindings,
)
from assistant.review.workflow import check_actor, perform
from assistant.storage import Store


def confirm(store: Store, case_id: str, number: int, actor: str) -> None:
    """The finding holds. See `perform` for what is refused."""
    perform(store, case_id, [Confirm(number)], actor=actor)


def edit(
    store: Store,
    case_id: str,
    number: int,
    actor: str,
    *,
    message: str | None = None,
    suggestion: str | None = None,
    severity: Severity | None = None,
    reason: str | None = None,
) -> None:
    """The finding holds, as changed; the original stays in the history."""
    perform(store, case_id, [Edit(number, message, suggestion, severity, reason)], actor=actor)


def reject(store: Store, case_id: str, number: int, actor: str, reason: str) -> None:
    """The finding does not hold."""
    perform(store, case_id, [Reject(number, reason)], actor=actor)


def reopen(store: Store, case_id: str, number: int, actor: str, reason: str) -> None:
    """The decision on the finding is taken back."""
    perform(store, case_id, [Reopen(number, reason)], actor=actor)


def sign(store: Store, case_id: str, actor: str) -> None:
    """The decisions of the newest version are final and answered for."""
    perform(store, case_id, [Sign()], actor=actor)


__all__ = [
    "Act",
    "AddedAlready",
    "AlreadyDecided",
    "CaseSigned",
    "Confirm",
    "Edit",
    "NoActor",
    "NotDecided",
    "NotInDocument",
    "NothingChanged",
    "NothingWritten",
    "ObjectionsOpen",
    "ReasonRequired",
    "Reject",
    "Reopen",
    "ReviewRefused",
    "Sign",
    "StaleVersion",
    "UndecidedFindings",
    "check_actor",
    "confirm",
    "edit",
    "perform",
    "reject",
    "reopen",
    "sign",
]
