"""The pages: list of cases, one case with its findings, and the forms on them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Path, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access import Actor, CaseId, Kit, Me, Permission, need
from api.cases import chosen_files
from api.errors import answer
from api.pages.templates import page
from api.services import JobId, Number
from assistant.accounts import cases_of
from assistant.casefile import ROLE_NAMES
from assistant.checks import catalogue
from assistant.findings import SEVERITY_NAMES, STATUS_NAMES, Severity
from assistant.reports.chart_svg import to_svg
from assistant.reports.findings import card, numbered
from assistant.reports.similar import distribution_chart
from assistant.review import Act, Confirm, Edit, Reject, Reopen, Sign, perform
from assistant.similar.table import MARK_NAMES
from assistant.similar.telling import distribution_text
from assistant.unchecked import nothing_found
from ingestion.model import Role

router = APIRouter(include_in_schema=False)
ROLES: tuple[Role, ...] = ("opinion", "indictment", "recommendation", "judgment", "card")
Text = Annotated[str, Form(max_length=4000)]
Code = Annotated[str, Path(pattern=r"^[A-Z]{2,5}-[0-9]{3}$")]
Upload = Annotated[UploadFile | None, File()]


@router.get("/", dependencies=[need(Permission.CASES_READ)])
def index(request: Request, kit: Kit, me: Me) -> HTMLResponse:
    roles = [(role, ROLE_NAMES[role]) for role in ROLES]
    return page(
        request, "index.html", cases=cases_of(kit.store, me), roles=roles, statuses=STATUS_NAMES
    )


@router.get("/cases/{case_id}", dependencies=[need(Permission.CASES_READ)])
def case(request: Request, kit: Kit, case_id: CaseId) -> HTMLResponse:
    result = kit.store.result(case_id)
    return page(
        request,
        "case.html",
        case=kit.store.case(case_id),
        result=result,
        nothing=nothing_found(result),
        cards=[(card(f), f["message"], f["suggestion"], f["severity"]) for f in numbered(result)],
        severities=SEVERITY_NAMES,
        roles=ROLE_NAMES,
        statuses=STATUS_NAMES,
    )


@router.get("/cases/{case_id}/compare", dependencies=[need(Permission.CASES_READ)])
def compare(request: Request, kit: Kit, case_id: CaseId) -> Response:
    differences = kit.store.result(case_id).get("differences")
    if not differences:
        return answer(request, 404, "这个案件没有可以互相比对的文书。")
    return page(request, "compare.html", case=kit.store.case(case_id), differences=differences)


@router.get("/cases/{case_id}/similar", dependencies=[need(Permission.CASES_READ)])
def similar(request: Request, kit: Kit, case_id: CaseId) -> Response:
    told = kit.store.result(case_id).get("similar")
    if not told:
        return answer(request, 404, "这个案件没有作类案比对。")
    spread = told["distribution"]
    chart = distribution_chart(spread) if spread else None
    return page(
        request,
        "similar.html",
        case=kit.store.case(case_id),
        similar=told,
        spread=distribution_text(spread) if spread else "",
        chart=to_svg(chart) if chart else "",
        marks=MARK_NAMES,
    )


@router.get("/checks", dependencies=[need(Permission.SIGNED_IN)])
def checks(request: Request, kit: Kit, document: str = "", state: str = "") -> HTMLResponse:
    every = catalogue.listing(kit.settings)
    shown = [
        row
        for row in every
        if (not document or document in row["documents"]) and (not state or row["state"] == state)
    ]
    used = {role for row in every for role in row["documents"]}
    return page(
        request,
        "checks.html",
        rows=shown,
        counts=catalogue.counts(shown),
        document=document,
        state=state,
        roles={role: name for role, name in ROLE_NAMES.items() if role in used},
        states=catalogue.STATE_NAMES,
        severities=SEVERITY_NAMES,
    )


@router.get("/checks/{code}", dependencies=[need(Permission.SIGNED_IN)])
def check(request: Request, kit: Kit, code: Code) -> Response:
    told = catalogue.description(code, kit.settings)
    if told is None:
        return answer(request, 404, f"没有“{code}”这项检查。")
    heading, *lines = catalogue.lines(told)
    return page(request, "check.html", code=heading[0], name=heading[1], lines=lines)


@router.post("/cases", dependencies=[need(Permission.CASES_ADD)])
def add(
    kit: Kit,
    me: Me,
    opinion: Upload = None,
    indictment: Upload = None,
    recommendation: Upload = None,
    judgment: Upload = None,
    card: Upload = None,
    model: Annotated[bool, Form()] = False,
) -> Response:
    files = chosen_files(
        opinion=opinion,
        indictment=indictment,
        recommendation=recommendation,
        judgment=judgment,
        card=card,
    )
    opened = {role: (file.filename or "", file.file) for role, file in files.items()}
    job = kit.jobs.start(opened, model=model, person=me)
    return _back(f"/jobs/{job.id}" if model else f"/cases/{job.wait()}")


@router.get("/jobs/{job_id}", dependencies=[need(Permission.CASES_READ)])
def job(request: Request, kit: Kit, me: Me, job_id: JobId) -> Response:
    """What is known so far; the browser asks again by itself, without any script."""
    found = kit.jobs.find(job_id, me)
    if found is None:
        return answer(request, 404, "这个检查任务已不在，检查完的案件在首页。")
    if found.ended.is_set() and not found.notice:
        return RedirectResponse(f"/cases/{found.wait()}", status_code=303)
    result = found.result or {"findings": []}
    return page(
        request,
        "job.html",
        job=found,
        ended=found.ended.is_set(),
        title=(result.get("case") or {}).get("title", ""),
        cards=[card(f) for f in numbered(result)],
        by_model=sum(f["source"] == "model" for f in result["findings"]),
    )


@router.post("/cases/{case_id}/findings/{number}", dependencies=[need(Permission.DECIDE)])
def decide(
    kit: Kit,
    actor: Actor,
    case_id: CaseId,
    number: Number,
    act: Annotated[Literal["confirm", "edit", "reject", "reopen"], Form()],
    version: Annotated[int, Form()],
    message: Text = "",
    suggestion: Annotated[str | None, Form(max_length=4000)] = None,
    severity: Annotated[Severity | None, Form()] = None,
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    acts: dict[str, Act] = {
        "confirm": Confirm(number),
        # Browsers send the line ends of a text field as CR LF.
        "edit": Edit(number, _lines(message), _lines(suggestion), severity, reason),
        "reject": Reject(number, reason),
        "reopen": Reopen(number, reason),
    }
    perform(kit.store, case_id, [acts[act]], actor=actor, version=version)
    return _back(f"/cases/{case_id}#f{number}")


@router.post("/cases/{case_id}/sign", dependencies=[need(Permission.SIGN)])
def sign(kit: Kit, actor: Actor, case_id: CaseId, version: Annotated[int, Form()]) -> Response:
    perform(kit.store, case_id, [Sign()], actor=actor, version=version)
    return _back(f"/cases/{case_id}")


def _lines(text: str | None) -> str | None:
    return text.replace("\r\n", "\n").strip() if text is not None else None


def _back(where: str) -> RedirectResponse:
    """To the page again, so that a reload repeats nothing."""
    return RedirectResponse(where, status_code=303)
