"""Quality management: queue, assignment, feedback and objection, grades, lots, notices."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.access import CaseId, Kit, Me, Permission, need
from api.quality_schemas import (
    AnswerRequest,
    AssignRequest,
    CasesRequest,
    CloseRequest,
    CodePath,
    GradeRequest,
    MendedRequest,
    NoticeRequest,
    ObjectionId,
    ObjectionRequest,
    QueueFilter,
    RectificationFilter,
    RectificationId,
    SignOffRequest,
    StrikeRequest,
    TogetherRequest,
)
from api.reports import Format, sent
from assistant.accounts import person_named
from assistant.quality import (
    bulk,
    exports,
    grades,
    lots,
    notices,
    objections,
    queue,
    rectification,
    steps,
)
from assistant.quality.consistency import practice

router = APIRouter(tags=["quality"])
QUEUE = [need(Permission.QUEUE)]
EVALUATE = [need(Permission.EVALUATE)]


@router.get("/quality/queue", dependencies=QUEUE)
def read_queue(kit: Kit, me: Me, wanted: QueueFilter) -> dict[str, Any]:
    """本单位案件的问题队列：严重的、期限近的在前。"""
    found = queue.page(kit.store, me, wanted)
    return asdict(found) | {"next_place": found.next_place}


@router.get("/quality/practice/{code}", dependencies=QUEUE)
def read_practice(kit: Kit, me: Me, code: CodePath) -> dict[str, Any]:
    """同一检查项历次如何决定。"""
    return asdict(practice(kit.store, me, code))


@router.post("/quality/assignments", status_code=204, dependencies=QUEUE)
def assign(kit: Kit, me: Me, body: AssignRequest) -> None:
    """领办（本人）或者批派（他人）。"""
    steps.hand(kit.store, body.cases, person_named(kit.store, body.to), by=me, due=body.due)


@router.get("/quality/alike", dependencies=QUEUE)
def list_alike(kit: Kit, me: Me) -> dict[str, int]:
    """可以批量确认的检查项和待确认的轻微问题数。"""
    return bulk.alike(kit.store, me)


@router.get("/quality/alike/{code}", dependencies=QUEUE)
def read_alike(kit: Kit, me: Me, code: CodePath) -> list[dict[str, Any]]:
    """一个检查项待确认的轻微问题，逐条列出。"""
    return [asdict(item) for item in bulk.listing(kit.store, me, code)]


@router.post("/quality/alike/{code}", dependencies=[need(Permission.QUEUE, Permission.DECIDE)])
def confirm_alike(kit: Kit, me: Me, code: CodePath, body: TogetherRequest) -> dict[str, int]:
    """确认所列的同类轻微问题：全部确认，或者一项也不确认。"""
    listed = [bulk.Listed(p.case_id, p.version, p.number) for p in body.points]
    return {"confirmed": bulk.confirm_together(kit.store, code, listed, by=me)}


@router.get("/quality/lots", dependencies=QUEUE)
def list_lots(kit: Kit, me: Me) -> list[dict[str, Any]]:
    """交叉评查的抽签记录；again 为按记录重抽的结果。"""
    return [asdict(lot) | {"again": lot.again()} for lot in lots.lots(kit.store, me.unit)]


@router.post("/quality/lots", status_code=201, dependencies=QUEUE)
def draw_lots(kit: Kit, me: Me, body: CasesRequest) -> dict[str, Any]:
    """抽签分配评查员，排除承办部门。"""
    return asdict(lots.draw_lots(kit.store, body.cases, by=me))


@router.post("/cases/{case_id}/feedback", status_code=204, dependencies=EVALUATE)
def ask_feedback(kit: Kit, me: Me, case_id: CaseId) -> None:
    """请承办人反馈意见；程序不发送任何通知。"""
    steps.ask(kit.store, case_id, by=me)


@router.post(
    "/cases/{case_id}/feedback/agree", status_code=204, dependencies=[need(Permission.OBJECT)]
)
def agree(kit: Kit, me: Me, case_id: CaseId) -> None:
    """承办人没有（其他）异议。"""
    steps.close(kit.store, case_id, by=me)


@router.post("/cases/{case_id}/feedback/close", status_code=204, dependencies=QUEUE)
def close_feedback(kit: Kit, me: Me, case_id: CaseId, body: CloseRequest) -> None:
    """结束反馈，须写明理由。"""
    steps.close(kit.store, case_id, by=me, reason=body.reason)


@router.get("/cases/{case_id}/objections", dependencies=[need(Permission.CASES_READ)])
def list_objections(kit: Kit, case_id: CaseId) -> list[dict[str, Any]]:
    """异议和答复，成对。"""
    return [asdict(pair) for pair in objections.objections(kit.store, case_id)]


@router.post("/cases/{case_id}/objections", status_code=201, dependencies=[need(Permission.OBJECT)])
def object_to(kit: Kit, me: Me, case_id: CaseId, body: ObjectionRequest) -> dict[str, int]:
    """承办人对一项问题提出异议。"""
    number = objections.raise_objection(kit.store, case_id, body.number, body.text, by=me)
    return {"id": number}


@router.post(
    "/cases/{case_id}/objections/{objection_id}/answers", status_code=204, dependencies=QUEUE
)
def answer(
    kit: Kit, me: Me, case_id: CaseId, objection_id: ObjectionId, body: AnswerRequest
) -> None:
    """答复异议；采纳的，原决定撤回，由人重新决定。"""
    objections.answer(kit.store, case_id, objection_id, body.outcome, body.text, by=me)


@router.get("/cases/{case_id}/grade", dependencies=EVALUATE)
def read_grade(kit: Kit, case_id: CaseId) -> dict[str, Any]:
    """参考等次及理由，人拟定和审定的等次。"""
    told = grades.suggestion(kit.store, case_id)
    return asdict(told) | {"given": [asdict(g) for g in grades.grades(kit.store, case_id)]}


@router.post("/cases/{case_id}/grade/propose", status_code=204, dependencies=EVALUATE)
def propose_grade(kit: Kit, me: Me, case_id: CaseId, body: GradeRequest) -> None:
    """拟定等次；与参考等次不同的须写明理由。"""
    grades.propose(kit.store, case_id, body.grade, by=me, reason=body.reason, version=body.version)


@router.post("/cases/{case_id}/grade/settle", status_code=204, dependencies=QUEUE)
def settle_grade(kit: Kit, me: Me, case_id: CaseId, body: GradeRequest) -> None:
    """登记审定的等次和依据。"""
    grades.settle(kit.store, case_id, body.grade, by=me, reason=body.reason, version=body.version)


@router.post(
    "/cases/{case_id}/sign-off",
    status_code=204,
    dependencies=[need(Permission.QUEUE, Permission.SIGN)],
)
def sign_off(kit: Kit, me: Me, case_id: CaseId, body: SignOffRequest) -> None:
    """等次审定后签署。"""
    grades.sign_off(kit.store, case_id, by=me, version=body.version)


@router.post("/cases/{case_id}/notices", status_code=204, dependencies=QUEUE)
def note_notice(kit: Kit, me: Me, case_id: CaseId, body: NoticeRequest) -> None:
    """登记通知书或者评查意见书已由人发出，所列问题待整改；程序不发送。"""
    notices.note_sent(kit.store, case_id, body.numbers, body.sent_on, by=me, paper=body.paper)


@router.get("/quality/rectifications", dependencies=QUEUE)
def list_rectifications(kit: Kit, me: Me, wanted: RectificationFilter) -> list[dict[str, Any]]:
    """整改销号：待整改、已反馈、已销号。"""
    return [
        asdict(one) | {"state": one.state} for one in rectification.listed(kit.store, me, wanted)
    ]


@router.post(
    "/cases/{case_id}/rectifications/{rectification_id}/answer",
    status_code=204,
    dependencies=[need(Permission.OBJECT)],
)
def answer_rectification(
    kit: Kit, me: Me, case_id: CaseId, rectification_id: RectificationId, body: MendedRequest
) -> None:
    """承办人反馈整改情况。"""
    rectification.answer(kit.store, case_id, rectification_id, body.text, by=me)


@router.post(
    "/cases/{case_id}/rectifications/{rectification_id}/decision",
    status_code=204,
    dependencies=QUEUE,
)
def decide_rectification(
    kit: Kit, me: Me, case_id: CaseId, rectification_id: RectificationId, body: StrikeRequest
) -> None:
    """销号，或者退回整改（须写明理由）。"""
    rectification.decide(kit.store, case_id, rectification_id, body.outcome, body.text, by=me)


EXPORT = [need(Permission.EVALUATE, Permission.CASES_EXPORT)]


@router.get("/cases/{case_id}/opinion.{suffix}", response_class=Response, dependencies=EXPORT)
def opinion(
    kit: Kit, case_id: CaseId, suffix: Format, version: exports.Version = "internal"
) -> Response:
    """已签署的评查意见书：只含经人确认的问题；内部版或者脱密版。"""
    content = exports.opinion(kit.store, case_id, f".{suffix.value}", version)
    return sent(content, _titled("案件质量评查意见书", case_id, version), suffix)


@router.get("/cases/{case_id}/monitoring.{suffix}", response_class=Response, dependencies=EXPORT)
def monitoring(
    kit: Kit, case_id: CaseId, suffix: Format, version: exports.Version = "internal"
) -> Response:
    """流程监控通知书草稿：只含经人确认的问题；内部版或者脱密版。"""
    content = exports.notice(kit.store, case_id, f".{suffix.value}", version)
    return sent(content, _titled("流程监控通知书", case_id, version), suffix)


def _titled(title: str, case_id: str, version: exports.Version) -> str:
    return f"{title}_{exports.VERSION_NAMES[version]}_{case_id}"
