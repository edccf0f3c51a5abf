"""The acts of a reviewer, as values, so that several can be done in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.findings import Severity


@dataclass(frozen=True)
class Confirm:
    """The finding holds as the program worded it."""

    number: int
    reason: str | None = None


@dataclass(frozen=True)
class Edit:
    """The finding holds in other words or with another weight; None leaves a field as it is."""

    number: int
    message: str | None = None
    suggestion: str | None = None
    severity: Severity | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Reject:
    """The finding does not hold."""

    number: int
    reason: str


@dataclass(frozen=True)
class Reopen:
    """The decision is taken back; the finding is what the program made it again."""

    number: int
    reason: str


@dataclass(frozen=True)
class Sign:
    """The person answers, at his stage, for all decisions of this version."""


Act = Confirm | Edit | Reject | Reopen | Sign
