"""The draft of the evaluation opinion, paragraph by paragraph, to be rewritten."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access import CaseId, Kit, Me, Permission, need
from api.pages.templates import page
from assistant.drafting.opinion import passages
from assistant.quality import stages
from assistant.review.passages import mark_of, rewrite
from assistant.storage.records import STAGE_NAMES
from assistant.storage.signed import closed_by

router = APIRouter(prefix="/cases/{case_id}", include_in_schema=False)
WRITERS = {"model": "模型改写", "person": "人改写"}


@router.get("/opinion", dependencies=[need(Permission.CASES_READ)])
def opinion(request: Request, kit: Kit, me: Me, case_id: CaseId) -> HTMLResponse:
    """Each paragraph with what of a person's words stands in no source."""
    found = passages(kit.store.result(case_id))
    case = kit.store.case(case_id)
    return page(
        request,
        "opinion.html",
        case=case,
        closed=closed_by(case.signatures, stages.deciding(me)),
        stages=STAGE_NAMES,
        passages=[(passage, mark_of(passage)) for passage in found],
        writers=WRITERS,
    )


@router.post("/opinion", dependencies=[need(Permission.DECIDE)])
def rewrite_passage(
    kit: Kit,
    me: Me,
    case_id: CaseId,
    passage: Annotated[str, Form(max_length=100)],
    mark: Annotated[str, Form(pattern=r"^[0-9a-f]{16}$")],
    text: Annotated[str, Form(max_length=20_000)] = "",
    restore: Annotated[bool, Form()] = False,
) -> Response:
    said = "" if restore else text
    stage = stages.deciding(me)
    rewrite(kit.store, case_id, passage, said, mark=mark, actor=me.name, stage=stage)
    return RedirectResponse(f"/cases/{case_id}/opinion", status_code=303)
