"""Requests and responses of the API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints

from assistant.accounts import SignedIn, UserRole
from assistant.findings import Finding, Severity, Status
from assistant.jobs import Batch, Counts, Job, State
from assistant.storage import CaseRecord, Change, StoredFinding
from assistant.storage.records import Stage

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class Request(BaseModel):
    """`version` is the version of the case that the actor saw; omitted, it is not checked."""

    model_config = ConfigDict(extra="forbid")

    version: int | None = None


class ConfirmRequest(Request):
    """The finding holds."""


class EditRequest(Request):
    """The finding holds as changed; a new severity needs a reason."""

    message: Text | None = None
    suggestion: Text | None = None
    severity: Severity | None = None
    reason: Reason = ""


class ReasonRequest(Request):
    """Why the finding is rejected, or its decision taken back."""

    reason: Reason


class SignInRequest(BaseModel):
    """An account's name and password."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(max_length=64)]
    password: Annotated[str, StringConstraints(max_length=256)]


class SessionOut(BaseModel):
    """Who is signed in; `csrf` goes into the header X-CSRF-Token of each change."""

    name: str
    role: UserRole
    unit: str
    department: str
    csrf: str

    @classmethod
    def of(cls, signed: SignedIn) -> SessionOut:
        me = signed.person
        return cls(
            name=me.name,
            role=me.role,
            unit=me.unit,
            department=me.department,
            csrf=signed.csrf,
        )


class SignatureOut(BaseModel):
    """Who signed: the officer's self-check, the evaluation, or the sign-off."""

    stage: Stage
    actor: str
    at: str
    result_sha256: str


class DecisionOut(BaseModel):
    action: str
    actor: str
    at: str
    reason: str | None


class CaseOut(BaseModel):
    """A case and its newest version; `counts` maps status to the number of findings.

    `signatures` are those of the version's stages; `signature` is the sign-off.
    """

    id: str
    title: str
    version: int
    created_at: str
    analysed_at: str
    counts: dict[Status, int]
    signature: SignatureOut | None
    signatures: list[SignatureOut]

    @classmethod
    def of(cls, record: CaseRecord) -> CaseOut:
        final = record.signature
        return cls.model_validate(asdict(record) | {"signature": final and asdict(final)})


class CaseDetail(CaseOut):
    """`result` follows contract findings/1, with decisions."""

    result: dict[str, Any]


class FindingOut(Finding):
    """A finding as it stands; `original` holds the values before a person's edit."""

    number: int
    decision: DecisionOut | None
    original: dict[str, Any] | None

    @classmethod
    def of(cls, finding: StoredFinding) -> FindingOut:
        return cls.model_validate(
            {
                **finding.content,
                "number": finding.number,
                "decision": asdict(finding.decision) if finding.decision else None,
                "original": finding.changed or None,
            }
        )


class ChangeOut(BaseModel):
    """One event of the audit chain."""

    seq: int
    at: str
    actor: str
    action: str
    automated: bool
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str | None
    hash: str

    @classmethod
    def of(cls, change: Change) -> ChangeOut:
        return cls.model_validate(asdict(change))


class AuditOut(BaseModel):
    """The events of one case, and the head of the whole chain."""

    events: list[ChangeOut]
    chain_events: int
    head: str


class Health(BaseModel):
    status: Literal["ok"]
    versions: dict[str, str | None]


class JobOut(BaseModel):
    """One analysis under way or ended. `message`: why there is no case, or why the model has no
    share in it; `counts`: findings of the stored case by severity.
    """

    id: str
    state: State
    step: str
    ruled: bool
    model: bool
    files: list[str]
    message: str
    case_id: str | None
    counts: Counts | None
    created_at: str
    updated_at: str

    @classmethod
    def of(cls, job: Job) -> Self:
        return cls.model_validate(asdict(job) | {"files": job.names})


class BatchJobOut(JobOut):
    """One case of a batch, under the name of its folder or file."""

    title: str


class BatchOut(BaseModel):
    """Cases handed in together; `ended` when all of them have."""

    id: str
    title: str
    created_at: str
    ended: bool
    jobs: list[BatchJobOut]

    @classmethod
    def of(cls, batch: Batch) -> BatchOut:
        jobs = [BatchJobOut.of(job) for job in batch.jobs]
        return cls.model_validate(asdict(batch) | {"ended": batch.ended, "jobs": jobs})


class ProblemOut(BaseModel):
    """RFC 9457 problem details; `detail` is one Chinese sentence."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
