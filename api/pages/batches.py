"""Batch checking: the upload of many cases, and the table of their results."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import AwareDatetime

from api.access import Kit, Me, Permission, need
from api.batches import hand_in_many
from api.jobs import OwnBatch
from api.pages.templates import page
from assistant.findings import SEVERITY_NAMES, SEVERITY_ORDER
from assistant.jobs import STATE_NAMES, Batch, Job

router = APIRouter(include_in_schema=False)
EARLIEST = datetime.min.replace(tzinfo=UTC)
SEEN_WITHIN = timedelta(seconds=10)
Many = Annotated[list[UploadFile], File()]


@router.get("/batches", dependencies=[need(Permission.CASES_ADD)])
def batches(request: Request, kit: Kit, me: Me) -> HTMLResponse:
    told = [(batch, _state_counts(batch)) for batch in kit.jobs.batches(me)]
    return page(request, "batches.html", batches=told)


@router.post("/batches", dependencies=[need(Permission.CASES_ADD)])
def add(
    kit: Kit,
    me: Me,
    files: Many = [],  # noqa: B006  (FastAPI copies it)
    folder: Many = [],  # noqa: B006
    model: Annotated[bool, Form()] = False,
) -> Response:
    batch = hand_in_many(kit, me, [*files, *folder], model=model)
    return RedirectResponse(f"/batches/{batch.id}", status_code=303)


@router.get("/batches/{batch_id}", dependencies=[need(Permission.CASES_ADD)])
def batch(
    request: Request, batch: OwnBatch, since: Annotated[AwareDatetime | None, Query()] = None
) -> HTMLResponse:
    """The table of the batch; with `since`, only the rows that have changed since then."""
    totals = {
        severity: sum((job.counts or {}).get(severity, 0) for job in batch.jobs)
        for severity in SEVERITY_ORDER
    }
    return page(
        request,
        "batch_table.html" if since else "batch.html",
        batch=batch,
        jobs=_changed(batch, since) if since else batch.jobs,
        at=max(job.updated_at for job in batch.jobs),
        ended=sum(job.ended for job in batch.jobs),
        counts=_state_counts(batch),
        totals=totals,
        states=STATE_NAMES,
        severities={severity: SEVERITY_NAMES[severity] for severity in SEVERITY_ORDER},
    )


def _changed(batch: Batch, since: datetime) -> list[Job]:
    """The jobs that changed since then; all of them when the last answer is given.

    A step may be seen some time after it was noted: those of just before are told again.
    """
    if batch.ended:
        return batch.jobs
    told = since - min(SEEN_WITHIN, since - EARLIEST)
    return [job for job in batch.jobs if datetime.fromisoformat(job.updated_at) >= told]


def _state_counts(batch: Batch) -> list[tuple[str, int]]:
    """How many jobs stand where, by the states' names; those without any are left out."""
    counted = [(n, sum(j.state == s for j in batch.jobs)) for s, n in STATE_NAMES.items()]
    return [(name, number) for name, number in counted if number]
