"""Jobs: how far an analysis is, live and at once; cancelling it, trying again."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from api.access import Kit, Me, Permission, need
from api.schemas import JobOut
from api.services import BatchId, JobId
from assistant.accounts import Person, may_see
from assistant.jobs import Batch, Interrupted, Job, Jobs, NoSuchBatch, NoSuchJob, NotPossible
from assistant.storage import Store
from ingestion.errors import InputError, TooLarge

router = APIRouter(prefix="/jobs", tags=["jobs"])
LOOK_SECONDS = 0.2
READ, ADD = Permission.CASES_READ, Permission.CASES_ADD


def seen_job(kit: Kit, me: Me, job_id: JobId) -> Job:
    """A job that this person handed in, or whose case he may see. Raises NoSuchJob."""
    found = kit.jobs.find(job_id)
    if not _sees(kit.store, found, me):
        raise NoSuchJob("没有这个检查任务。")
    return found


def own_batch(kit: Kit, me: Me, batch_id: BatchId) -> Batch:
    """A batch that this person handed in. Raises NoSuchBatch."""
    found = kit.jobs.batch(batch_id)
    if found.person_id != me.id:
        raise NoSuchBatch("没有这个批次。")
    return found


def _sees(store: Store, job: Job, me: Person) -> bool:
    if job.person_id == me.id:
        return True
    if job.case_id is None:
        return False
    with store.reading() as session:
        return may_see(session, job.case_id, me)


SeenJob = Annotated[Job, Depends(seen_job)]
OwnBatch = Annotated[Batch, Depends(own_batch)]


async def wait(
    jobs: Jobs, job_id: str, seconds: float | None = None, *, until: Callable[[Job], bool]
) -> Job:
    """The job as it is when `until` holds, or after `seconds`; holds no thread meanwhile."""
    deadline = None if seconds is None else time.monotonic() + seconds
    while True:
        job = await run_in_threadpool(jobs.find, job_id)
        if until(job) or (deadline is not None and time.monotonic() > deadline):
            return job
        await asyncio.sleep(LOOK_SECONDS)


def case_of(job: Job) -> str:
    """The id of the case of an ended job.

    Raises what the job tells: InputError or TooLarge where the upload was refused, NotPossible
    where somebody cancelled it, Interrupted.
    """
    if job.case_id is not None:
        return job.case_id
    if job.state == "refused":
        raise TooLarge(job.message) if job.kind == "too_large" else InputError(job.message)
    if job.state == "cancelled":
        raise NotPossible(job.message)
    raise Interrupted(job.message)


@router.get("/{job_id}", dependencies=[need(READ)])
def get_job(job: SeenJob) -> JobOut:
    """一次检查进行到哪里。"""
    return JobOut.of(job)


@router.get(
    "/{job_id}/events",
    dependencies=[need(READ)],
    response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def events(
    request: Request,
    kit: Kit,
    job: SeenJob,
    last_event_id: Annotated[int, Header(ge=0, le=10**9)] = 0,
) -> EventSourceResponse:
    """检查的实时进度（text/event-stream）；断开后凭 Last-Event-ID 接着读，结束时连接关闭。"""
    return EventSourceResponse(_stream(kit.jobs, job.id, last_event_id))


async def _stream(jobs: Jobs, job_id: str, after: int) -> AsyncIterator[ServerSentEvent]:
    while True:
        # Asked before the events are read: the last one is never missed.
        ended = (await run_in_threadpool(jobs.find, job_id)).ended
        for event in await run_in_threadpool(jobs.events, job_id, after):
            after = event.seq
            data: dict[str, Any] = {"at": event.at, **event.data}
            yield ServerSentEvent(
                id=str(event.seq), event=event.kind, data=json.dumps(data, ensure_ascii=False)
            )
        if ended:
            return
        await asyncio.sleep(LOOK_SECONDS)


@router.post("/{job_id}/cancel", dependencies=[need(ADD)])
def cancel(kit: Kit, me: Me, job: SeenJob) -> JobOut:
    """取消检查：正在做的一步做完即停。"""
    return JobOut.of(kit.jobs.cancel(own(job, me).id, by=me))


@router.post("/{job_id}/retry", dependencies=[need(ADD)])
def retry(kit: Kit, me: Me, job: SeenJob) -> JobOut:
    """中断或取消的检查再做一次，已做完的步骤不重做。"""
    kit.work()
    return JobOut.of(kit.jobs.retry(own(job, me).id, by=me))


def own(job: Job, me: Person) -> Job:
    """Raises NoSuchJob for a job of somebody else, whose case this person may see."""
    if job.person_id != me.id:
        raise NoSuchJob("没有这个检查任务。")
    return job
