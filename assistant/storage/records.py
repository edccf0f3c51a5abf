"""What the store gives back: plain values, no rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from assistant.findings import Status

Stage = Literal["selfcheck", "evaluation", "signoff"]
STAGES: tuple[Stage, ...] = get_args(Stage)
STAGE_NAMES: dict[Stage, str] = {"selfcheck": "自查", "evaluation": "评查", "signoff": "审签"}
FINAL: Stage = "signoff"


@dataclass(frozen=True)
class Signature:
    """Who signed a stage of one version of a case, and the hash of the result that was signed."""

    actor: str
    at: str
    result_sha256: str
    stage: Stage


@dataclass(frozen=True)
class Decision:
    """The act of a person that gave a finding its status."""

    action: str
    actor: str
    at: str
    reason: str | None


@dataclass(frozen=True)
class StoredFinding:
    """A finding of the current version: `original` as the program gave it, `content` as it is."""

    number: int
    status: Status
    original: dict[str, Any]
    content: dict[str, Any]
    decision: Decision | None

    @property
    def changed(self) -> dict[str, Any]:
        """The original values of the fields a person changed."""
        return {
            k: v for k, v in self.original.items() if k != "status" and v != self.content.get(k)
        }


@dataclass(frozen=True)
class CaseRecord:
    """A case and its newest version; `counts` maps status to the number of findings.

    `signatures` are those of the version's stages in their order; `signature` is the sign-off.
    """

    id: str
    title: str
    version: int
    created_at: str
    analysed_at: str
    counts: dict[Status, int]
    signatures: tuple[Signature, ...]

    @property
    def signature(self) -> Signature | None:
        return next((given for given in self.signatures if given.stage == FINAL), None)


@dataclass(frozen=True)
class Change:
    """One entry of a history: who, when, what was before and after, and why."""

    seq: int
    at: str
    actor: str
    action: str
    automated: bool
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str | None
    hash: str
