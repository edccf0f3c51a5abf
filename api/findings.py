"""Findings: read them, and a person's decisions on them."""

from __future__ import annotations

from fastapi import APIRouter

from api.access import Actor, CaseId, Kit, Permission, need
from api.schemas import ConfirmRequest, EditRequest, FindingOut, ReasonRequest
from api.services import Number, Services
from assistant.review import Act, Confirm, Edit, Reject, Reopen, perform

router = APIRouter(prefix="/cases/{case_id}/findings", tags=["findings"])


def _done(
    kit: Services, case_id: str, number: int, act: Act, actor: str, version: int | None
) -> FindingOut:
    perform(kit.store, case_id, [act], actor=actor, version=version)
    return FindingOut.of(kit.store.finding(case_id, number))


@router.get("", dependencies=[need(Permission.CASES_READ)])
def list_findings(kit: Kit, case_id: CaseId) -> list[FindingOut]:
    """案件当前一版的全部问题。"""
    return [FindingOut.of(finding) for finding in kit.store.findings(case_id)]


@router.post("/{number}/confirm", dependencies=[need(Permission.DECIDE)])
def confirm(
    kit: Kit, actor: Actor, case_id: CaseId, number: Number, body: ConfirmRequest
) -> FindingOut:
    """确认。"""
    return _done(kit, case_id, number, Confirm(number), actor, body.version)


@router.post("/{number}/edit", dependencies=[need(Permission.DECIDE)])
def edit(kit: Kit, actor: Actor, case_id: CaseId, number: Number, body: EditRequest) -> FindingOut:
    """修改后确认。"""
    act = Edit(number, body.message, body.suggestion, body.severity, body.reason)
    return _done(kit, case_id, number, act, actor, body.version)


@router.post("/{number}/reject", dependencies=[need(Permission.DECIDE)])
def reject(
    kit: Kit, actor: Actor, case_id: CaseId, number: Number, body: ReasonRequest
) -> FindingOut:
    """驳回，须写明理由。"""
    return _done(kit, case_id, number, Reject(number, body.reason), actor, body.version)


@router.post("/{number}/reopen", dependencies=[need(Permission.DECIDE)])
def reopen(
    kit: Kit, actor: Actor, case_id: CaseId, number: Number, body: ReasonRequest
) -> FindingOut:
    """撤回决定，须写明理由。"""
    return _done(kit, case_id, number, Reopen(number, body.reason), actor, body.version)
