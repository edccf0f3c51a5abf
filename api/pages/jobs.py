"""Handing in a case, and the page on which its job is followed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import Kit, Me, Permission, need
from api.jobs import SeenJob, case_of, own, wait
from api.pages.templates import page
from api.uploads import Follows, Handed, hand_in
from assistant.jobs import STATE_NAMES, Job
from assistant.reports.findings import card, numbered

router = APIRouter(include_in_schema=False)
QUICK_SECONDS = 1.5
"""A text is checked while the browser waits; whatever takes longer is followed on a page."""


@router.post("/cases", dependencies=[need(Permission.CASES_ADD)])
async def add(
    kit: Kit,
    me: Me,
    given: Handed,
    model: Annotated[bool, Form()] = False,
    follows: Follows = None,
) -> Response:
    job = await run_in_threadpool(hand_in, kit, me, given, model=model, follows=follows)
    job = await wait(
        kit.jobs, job.id, QUICK_SECONDS, until=lambda job: job.ended or (model and job.ruled)
    )
    return _onward(job, refuse=True) or RedirectResponse(f"/jobs/{job.id}", status_code=303)


def _onward(job: Job, *, refuse: bool) -> Response | None:
    """To the case, where there is nothing more to say of the job; None where there is.

    With `refuse`, an upload that cannot be used is refused as in `case_of`.
    """
    if job.state == "done" and not job.message:
        return RedirectResponse(f"/cases/{job.case_id}", status_code=303)
    if refuse and job.state == "refused":
        case_of(job)
    return None


@router.get("/jobs/{job_id}", dependencies=[need(Permission.CASES_READ)])
def follow(request: Request, kit: Kit, me: Me, job: SeenJob) -> Response:
    """What is known so far. The browser follows by a small script, without one by reloading."""
    onward = _onward(job, refuse=False)
    if onward is not None:
        return onward
    result = kit.jobs.result(job.id) or {"findings": []}
    events = kit.jobs.events(job.id)
    return page(
        request,
        "job.html",
        job=job,
        mine=job.person_id == me.id,
        title=(result.get("case") or {}).get("title", "") or job.title,
        state=STATE_NAMES[job.state],
        last=events[-1].seq if events else 0,
        steps=[(event.at, event.data["text"]) for event in events if event.kind == "step"],
        cards=[card(f) for f in numbered(result)],
        by_model=sum(f["source"] == "model" for f in result["findings"]),
    )


@router.post("/jobs/{job_id}/cancel", dependencies=[need(Permission.CASES_ADD)])
def cancel(kit: Kit, me: Me, job: SeenJob) -> Response:
    kit.jobs.cancel(own(job, me).id, by=me)
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)


@router.post("/jobs/{job_id}/retry", dependencies=[need(Permission.CASES_ADD)])
def retry(kit: Kit, me: Me, job: SeenJob) -> Response:
    kit.work()
    kit.jobs.retry(own(job, me).id, by=me)
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)
