"""One case in quality management: feedback, objections, grade, signature, papers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access import CaseId, Kit, Me, Permission, need
from api.pages.templates import page
from api.quality_schemas import LARGEST_ID, ObjectionId, RectificationId
from api.services import Services
from assistant.accounts import Person
from assistant.findings import STATUS_NAMES
from assistant.grading import GRADE_NAMES, GradeName
from assistant.quality import grades, notices, objections, rectification, steps
from assistant.quality.objections import Outcome
from assistant.reports.findings import card, numbered
from assistant.storage.records import STAGE_NAMES
from assistant.storage.register import RegisterRow

router = APIRouter(include_in_schema=False)
QUEUE = [need(Permission.QUEUE)]
EVALUATE = [need(Permission.EVALUATE)]
OBJECT = [need(Permission.OBJECT)]
Said = Annotated[str, Form(max_length=2000, pattern=r"^[^\x00]*$")]
Version = Annotated[int, Form(ge=1, le=LARGEST_ID)]
RESULTS = ("confirmed", "edited")
MENDING: dict[str, Any] = {
    "papers": rectification.PAPER_NAMES,
    "steps_taken": rectification.STEP_NAMES,
    "mending_states": rectification.STATE_NAMES,
}
ACTIONS = {
    "analysis.saved": "检查结果入库",
    "finding.confirmed": "确认问题",
    "finding.edited": "修改问题",
    "finding.rejected": "驳回问题",
    "finding.reopened": "撤回决定",
    "finding.carried": "沿用前一版的决定",
    "quality.taken": "领办",
    "quality.handed": "批派",
    "feedback.asked": "征求承办人意见",
    "feedback.closed": "结束反馈",
    "objection.raised": "提出异议",
    "objection.answered": "答复异议",
    "grade.proposed": "拟定等次",
    "grade.settled": "审定等次",
    "case.signed": "签署",
    "case.held": "登记承办人",
    "case.assigned": "分配评查员",
    "case.withdrawn": "撤销评查分配",
    "case.viewed": "查看",
    "case.exported": "导出",
    "notice.noted": "登记通知书或者意见书发出",
    "rectification.answered": "反馈整改情况",
    "rectification.returned": "退回整改",
    "rectification.closed": "整改销号",
    "finding.added": "人工添加问题",
}
"""What the audit events are called in the history of a case."""
SHOWN = 30


def _told(kit: Services, me: Person, case_id: str) -> dict[str, Any]:
    """What both sides see of the case."""
    wanted = rectification.Wanted(case_id=case_id)
    result = kit.store.result(case_id)
    with kit.store.reading() as session:
        row = session.get_one(RegisterRow, case_id)
        asked, closed = row.asked_at, row.closed_at
    findings = numbered(result)
    return {
        "case": kit.store.case(case_id),
        "asked": asked,
        "closed": closed,
        "results": [card(f) for f in findings if f["status"] in RESULTS],
        "waiting": [f for f in findings if f["status"] == "draft"],
        "pairs": objections.objections(kit.store, case_id),
        "outcomes": objections.OUTCOME_NAMES,
        "mending": rectification.listed(kit.store, me, wanted),
        **MENDING,
        "statuses": STATUS_NAMES,
        "stages": STAGE_NAMES,
    }


@router.get("/quality/cases/{case_id}", dependencies=EVALUATE)
def read_case(request: Request, kit: Kit, me: Me, case_id: CaseId) -> HTMLResponse:
    return page(
        request,
        "quality_case.html",
        suggestion=grades.suggestion(kit.store, case_id),
        given=grades.grades(kit.store, case_id),
        grades=GRADE_NAMES,
        steps=grades.STEP_NAMES,
        history=kit.store.history(case_id)[-SHOWN:][::-1],
        actions=ACTIONS,
        today=date.today().isoformat(),
        **_told(kit, me, case_id),
    )


@router.get("/cases/{case_id}/feedback", dependencies=OBJECT)
def read_feedback(request: Request, kit: Kit, me: Me, case_id: CaseId) -> HTMLResponse:
    """The officer's side: what was confirmed, and what he says to it."""
    return page(request, "quality_feedback.html", **_told(kit, me, case_id))


@router.get("/feedback", dependencies=OBJECT)
def waiting(request: Request, kit: Kit, me: Me) -> HTMLResponse:
    """The officer's cases that wait for his opinion."""
    cases = [kit.store.case(case_id) for case_id in objections.waiting_for(kit.store, me)]
    ids = rectification.waiting_for(kit.store, me)
    mending = [kit.store.case(case_id) for case_id in ids]
    return page(request, "quality_waiting.html", cases=cases, mending=mending)


@router.post("/cases/{case_id}/feedback/agree", dependencies=OBJECT)
def agree(kit: Kit, me: Me, case_id: CaseId) -> Response:
    steps.close(kit.store, case_id, by=me)
    return RedirectResponse(f"/cases/{case_id}/feedback", status_code=303)


@router.post("/cases/{case_id}/feedback/objections", dependencies=OBJECT)
def object_to(
    kit: Kit, me: Me, case_id: CaseId, number: Annotated[int, Form(ge=1)], text: Said = ""
) -> Response:
    objections.raise_objection(kit.store, case_id, number, text, by=me)
    return RedirectResponse(f"/cases/{case_id}/feedback", status_code=303)


@router.post("/cases/{case_id}/feedback/rectifications/{rectification_id}", dependencies=OBJECT)
def mended(
    kit: Kit, me: Me, case_id: CaseId, rectification_id: RectificationId, text: Said = ""
) -> Response:
    rectification.answer(kit.store, case_id, rectification_id, text, by=me)
    return RedirectResponse(f"/cases/{case_id}/feedback", status_code=303)


@router.post("/quality/cases/{case_id}/ask", dependencies=EVALUATE)
def ask(kit: Kit, me: Me, case_id: CaseId) -> Response:
    steps.ask(kit.store, case_id, by=me)
    return _again(case_id)


@router.post("/quality/cases/{case_id}/close", dependencies=QUEUE)
def close(kit: Kit, me: Me, case_id: CaseId, reason: Said = "") -> Response:
    steps.close(kit.store, case_id, by=me, reason=reason)
    return _again(case_id)


@router.post("/quality/cases/{case_id}/objections/{objection_id}", dependencies=QUEUE)
def answer(
    kit: Kit,
    me: Me,
    case_id: CaseId,
    objection_id: ObjectionId,
    outcome: Annotated[Outcome, Form()],
    text: Said = "",
) -> Response:
    objections.answer(kit.store, case_id, objection_id, outcome, text, by=me)
    return _again(case_id)


@router.post("/quality/cases/{case_id}/grade/propose", dependencies=EVALUATE)
def propose(
    kit: Kit,
    me: Me,
    case_id: CaseId,
    grade: Annotated[GradeName, Form()],
    version: Version,
    reason: Said = "",
) -> Response:
    grades.propose(kit.store, case_id, grade, by=me, reason=reason, version=version)
    return _again(case_id)


@router.post("/quality/cases/{case_id}/grade/settle", dependencies=QUEUE)
def settle(
    kit: Kit,
    me: Me,
    case_id: CaseId,
    grade: Annotated[GradeName, Form()],
    version: Version,
    reason: Said = "",
) -> Response:
    grades.settle(kit.store, case_id, grade, by=me, reason=reason, version=version)
    return _again(case_id)


@router.post(
    "/quality/cases/{case_id}/sign", dependencies=[need(Permission.QUEUE, Permission.SIGN)]
)
def sign(kit: Kit, me: Me, case_id: CaseId, version: Version) -> Response:
    grades.sign_off(kit.store, case_id, by=me, version=version)
    return _again(case_id)


@router.post("/quality/cases/{case_id}/notices", dependencies=QUEUE)
def note_notice(
    kit: Kit,
    me: Me,
    case_id: CaseId,
    sent_on: Annotated[date, Form()],
    numbers: Annotated[list[int] | None, Form()] = None,
    paper: Annotated[rectification.Paper, Form()] = "monitoring",
) -> Response:
    notices.note_sent(kit.store, case_id, numbers or [], sent_on, by=me, paper=paper)
    return _again(case_id)


def _again(case_id: str) -> RedirectResponse:
    return RedirectResponse(f"/quality/cases/{case_id}", status_code=303)
