"""The workflows that dbos runs and resumes; what they do stands in `assistant.jobs.work`."""

from __future__ import annotations

from dbos import DBOS, SetEnqueueOptions, SetWorkflowID

from assistant.jobs.queue import EXAMINE, MODEL
from assistant.jobs.work import ASK, OVER, Work

MOST_RECOVERIES = 20
"""A job that kills its worker again and again must not do so for ever."""

_at_work: list[Work] = []
"""The work of this process: dbos calls plain functions, and knows one instance a process."""


def work_on(work: Work | None) -> None:
    _at_work[:] = [work] if work else []


# A database or disk in trouble is given about two minutes.
_step = DBOS.step(retries_allowed=True, interval_seconds=0.5, max_attempts=9, backoff_rate=2)


@_step
def read(job_id: str) -> str:
    return _at_work[0].read(job_id)


@_step
def rules(job_id: str) -> str:
    return _at_work[0].rules(job_id)


@_step
def model(job_id: str) -> str:
    return _at_work[0].model(job_id)


@_step
def save(job_id: str) -> str:
    return _at_work[0].save(job_id)


@DBOS.workflow(name=EXAMINE, max_recovery_attempts=MOST_RECOVERIES)
def examine(job_id: str, priority: int) -> None:
    """Read, judge by rules, and store, or leave to `consult` what the model is asked of."""
    if read(job_id) == OVER:
        return
    told = rules(job_id)
    if told == OVER:
        return
    if told != ASK:
        save(job_id)
        return
    with SetWorkflowID(f"{DBOS.workflow_id}-model"), SetEnqueueOptions(priority=priority):
        DBOS.enqueue_workflow(MODEL, consult, job_id)


@DBOS.workflow(name="consult", max_recovery_attempts=MOST_RECOVERIES)
def consult(job_id: str) -> None:
    """Ask the model, then store. A queue of its own: nobody's rules wait for a model."""
    if model(job_id) != OVER:
        save(job_id)
