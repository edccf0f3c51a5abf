"""整改销号: the quality team's list of what is to be mended, with the decision on each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access import CaseId, Kit, Me, Permission, need
from api.pages.templates import page
from api.quality_schemas import RectificationFilter, RectificationId
from assistant.accounts import people
from assistant.findings import SEVERITY_NAMES
from assistant.quality import rectification

router = APIRouter(include_in_schema=False)
QUEUE = [need(Permission.QUEUE)]


@router.get("/quality/rectifications", dependencies=QUEUE)
def read_list(request: Request, kit: Kit, me: Me, wanted: RectificationFilter) -> HTMLResponse:
    return page(
        request,
        "quality_rectifications.html",
        found=rectification.listed(kit.store, me, wanted),
        most=rectification.MOST,
        wanted=wanted,
        departments=sorted({p.department for p in people(kit.store) if p.unit == me.unit} - {""}),
        rectification_states=rectification.STATE_NAMES,
        severities=SEVERITY_NAMES,
        papers=rectification.PAPER_NAMES,
        steps=rectification.STEP_NAMES,
    )


@router.post("/quality/cases/{case_id}/rectifications/{rectification_id}", dependencies=QUEUE)
def decide(
    kit: Kit,
    me: Me,
    case_id: CaseId,
    rectification_id: RectificationId,
    outcome: Annotated[rectification.Outcome, Form()],
    text: Annotated[str, Form(max_length=2000, pattern=r"^[^\x00]*$")] = "",
) -> Response:
    rectification.decide(kit.store, case_id, rectification_id, outcome, text, by=me)
    return RedirectResponse(f"/quality/rectifications#r{rectification_id}", status_code=303)
