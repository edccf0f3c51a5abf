"""A job as others see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from assistant.findings import Severity

State = Literal["queued", "running", "done", "refused", "failed", "cancelled"]
Counts = dict[Severity, int]

STATE_NAMES: dict[State, str] = {
    "queued": "排队中",
    "running": "检查中",
    "done": "已完成",
    "refused": "未能检查",
    "failed": "中断",
    "cancelled": "已取消",
}
UNFINISHED: tuple[State, ...] = ("queued", "running")


@dataclass(frozen=True)
class Job:
    """One analysis. `case_id` is set when its case is stored.

    `message` says why there is no case, or why the stored one is by rules alone though the
    model was asked for. `ruled`: rules have spoken, the model may still be at work. `kind` is
    "too_large" for an upload over a limit, else "".
    """

    id: str
    batch_id: str | None
    person_id: int | None
    actor: str
    title: str
    names: list[str]
    model: bool
    state: State
    step: str
    ruled: bool
    attempt: int
    kind: str
    message: str
    case_id: str | None
    counts: Counts | None
    created_at: str
    updated_at: str

    @property
    def ended(self) -> bool:
        return self.state not in UNFINISHED

    @property
    def may_retry(self) -> bool:
        """Its files are still there, and trying again may help."""
        return self.state in ("failed", "cancelled")


@dataclass(frozen=True)
class Event:
    """One thing that happened; `seq` counts from 1 within the job.

    Kinds: `step` {text}, `findings` {serious, moderate, minor, by_model}, `end` {state}.
    """

    seq: int
    at: str
    kind: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """Cases handed in together, and their jobs in the order they were handed in."""

    id: str
    person_id: int | None
    actor: str
    title: str
    created_at: str
    jobs: list[Job]

    @property
    def ended(self) -> bool:
        return all(job.ended for job in self.jobs)
