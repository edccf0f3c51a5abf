"""Batch checking: the upload of many cases, and the table of their results."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access import Kit, Me, Permission, need
from api.batches import hand_in_many
from api.jobs import OwnBatch
from api.pages.templates import page
from assistant.findings import SEVERITY_NAMES, SEVERITY_ORDER
from assistant.jobs import STATE_NAMES, Batch

router = APIRouter(include_in_schema=False)
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
def batch(request: Request, batch: OwnBatch) -> HTMLResponse:
    totals = {
        severity: sum((job.counts or {}).get(severity, 0) for job in batch.jobs)
        for severity in SEVERITY_ORDER
    }
    return page(
        request,
        "batch.html",
        batch=batch,
        ended=sum(job.ended for job in batch.jobs),
        counts=_state_counts(batch),
        totals=totals,
        states=STATE_NAMES,
        severities={severity: SEVERITY_NAMES[severity] for severity in SEVERITY_ORDER},
    )


def _state_counts(batch: Batch) -> list[tuple[str, int]]:
    """How many jobs stand where, by the states' names; those without any are left out."""
    counted = [(n, sum(j.state == s for j in batch.jobs)) for s, n in STATE_NAMES.items()]
    return [(name, number) for name, number in counted if number]
