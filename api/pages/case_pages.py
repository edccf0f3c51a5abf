"""The officer's pages: the list of cases, one case beside its documents, and the forms on it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access import CaseId, Kit, Me, Permission, granted, need
from api.adding import AddForm, add_written
from api.pages.decisions import Decision
from api.pages.templates import page
from api.pages.viewer import Mark, first_look, view
from api.services import Number, Services
from assistant.accounts import Person, found_cases, may_see
from assistant.casefile import ROLE_NAMES
from assistant.findings import DIMENSION_NAMES, SEVERITY_NAMES, STATUS_NAMES
from assistant.quality import stages
from assistant.reports.findings import card, numbered
from assistant.review.added import codes
from assistant.review.redraft import CHANGE_NAMES, Redraft, compare
from assistant.storage.records import STAGE_NAMES
from assistant.storage.redraft import next_of, previous_of
from assistant.storage.signed import closed_by
from assistant.unchecked import nothing_found
from ingestion.model import Role

router = APIRouter(include_in_schema=False)
ROLES: tuple[Role, ...] = ("opinion", "indictment", "recommendation", "judgment", "card")
PAGE_OF_CASES = 50
Text = Annotated[str, Form(max_length=4000)]


@router.get("/", dependencies=[need(Permission.SIGNED_IN)])
def index(
    request: Request,
    kit: Kit,
    me: Me,
    query: Annotated[str, Query(max_length=100)] = "",
    number: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The cases this person may see, and the place where new ones are dropped."""
    if Permission.CASES_READ not in granted(me.role):
        return RedirectResponse("/people", status_code=303)
    first = (number - 1) * PAGE_OF_CASES
    listed, total = found_cases(kit.store, me, query.strip(), first=first, most=PAGE_OF_CASES)
    return page(
        request,
        "index.html",
        listed=listed,
        total=total,
        shown=PAGE_OF_CASES,
        number=number,
        query=query.strip(),
        roles=[(role, ROLE_NAMES[role]) for role in ROLES],
        statuses=STATUS_NAMES,
        stages=STAGE_NAMES,
    )


@router.get("/cases/{case_id}", dependencies=[need(Permission.CASES_READ)])
def case(
    request: Request,
    kit: Kit,
    me: Me,
    case_id: CaseId,
    finding: Annotated[int | None, Query(ge=1, le=100_000)] = None,
) -> HTMLResponse:
    """The findings, worst first, beside the document in which the chosen one stands."""
    result = kit.store.result(case_id)
    findings = numbered(result)
    chosen = finding or (findings[0]["number"] if findings else None)
    mark = Mark(chosen)
    role = first_look(result, mark)
    return page(
        request,
        "case.html",
        **_signing(kit, me, case_id),
        result=result,
        nothing=nothing_found(result),
        cards=[(card(f), f) for f in findings],
        chosen=chosen,
        view=view(kit.readings, case_id, result, role, mark) if role else None,
        alone=False,
        dimensions=DIMENSION_NAMES,
        codes=codes(),
        severities=SEVERITY_NAMES,
        roles=ROLE_NAMES,
        statuses=STATUS_NAMES,
        **_drafts(kit, me, case_id, result),
    )


def _signing(kit: Services, me: Person, case_id: str) -> dict[str, Any]:
    """The case, what closes this person's stage of it, and whether he may sign that stage."""
    case, stage = kit.store.case(case_id), stages.signing(me)
    return {
        "case": case,
        "closed": closed_by(case.signatures, stages.deciding(me)),
        "signing": None if closed_by(case.signatures, stage) else stage,
        "stages": STAGE_NAMES,
    }


def _drafts(kit: Services, me: Person, case_id: str, result: dict[str, Any]) -> dict[str, Any]:
    """What the page tells of the drafts before and after, as far as this person may see them."""
    with kit.store.reading() as session:
        before, later = previous_of(session, case_id), next_of(session, case_id)
        before = before if before and may_see(session, before, me) else None
        later = later if later and may_see(session, later, me) else None
    if before is None:
        return {"later": later, "redraft": None}
    told = compare(kit.store.result(before), result)
    return {
        "later": later,
        "redraft": told,
        "rows": _rows(told),
        "changes": CHANGE_NAMES,
        "before": kit.store.case(before),
    }


def _rows(told: Redraft) -> list[tuple[str, Any, Any]]:
    """Kind, the finding before and the finding now; what is still to be done comes first."""
    return [
        *(("new", None, f) for f in told.new),
        *(("remaining", old, now) for old, now in told.remaining),
        *(("unchecked", f, None) for f in told.unchecked),
        *(("solved", f, None) for f in told.solved),
    ]


@router.post("/cases/{case_id}/findings/{number}", dependencies=[need(Permission.DECIDE)])
def decide(
    kit: Kit,
    me: Me,
    case_id: CaseId,
    number: Number,
    decision: Decision,
    version: Annotated[int, Form()],
) -> Response:
    stages.decide(kit.store, case_id, decision, by=me, version=version)
    return _back(f"/cases/{case_id}?finding={number}#f{number}")


@router.post("/cases/{case_id}/findings", dependencies=[need(Permission.DECIDE)])
def add(kit: Kit, me: Me, case_id: CaseId, body: AddForm) -> Response:
    number = add_written(kit, me, case_id, body)
    return _back(f"/cases/{case_id}?finding={number}#f{number}")


@router.post("/cases/{case_id}/sign", dependencies=[need(Permission.SIGN)])
def sign(kit: Kit, me: Me, case_id: CaseId, version: Annotated[int, Form()]) -> Response:
    stages.sign_stage(kit.store, case_id, by=me, version=version)
    return _back(f"/cases/{case_id}")


def _back(where: str) -> RedirectResponse:
    """To the page again, so that a reload repeats nothing."""
    return RedirectResponse(where, status_code=303)
