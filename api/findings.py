"""Findings: read them, and a person's decisions on them."""

from __future__ import annotations

from fastapi import APIRouter

from api.access import CaseId, Kit, Me, Permission, need
from api.adding import AddRequest, add_written
from api.schemas import ConfirmRequest, EditRequest, FindingOut, ReasonRequest
from api.services import Number, Services
from assistant.accounts import Person
from assistant.quality.stages import decide
from assistant.review import Act, Confirm, Edit, Reject, Reopen

router = APIRouter(prefix="/cases/{case_id}/findings", tags=["findings"])


def _done(
    kit: Services, case_id: str, number: int, act: Act, me: Person, version: int | None
) -> FindingOut:
    decide(kit.store, case_id, act, by=me, version=version)
    return FindingOut.of(kit.store.finding(case_id, number))


@router.get("", dependencies=[need(Permission.CASES_READ)])
def list_findings(kit: Kit, case_id: CaseId) -> list[FindingOut]:
    """案件当前一版的全部问题。"""
    return [FindingOut.of(finding) for finding in kit.store.findings(case_id)]


@router.post("", status_code=201, dependencies=[need(Permission.DECIDE)])
def add(kit: Kit, me: Me, case_id: CaseId, body: AddRequest) -> FindingOut:
    """人工添加程序没有发现的问题，即为添加人确认；quote 为所指的原文，可以不填。"""
    return FindingOut.of(kit.store.finding(case_id, add_written(kit, me, case_id, body)))


@router.post("/{number}/confirm", dependencies=[need(Permission.DECIDE)])
def confirm(kit: Kit, me: Me, case_id: CaseId, number: Number, body: ConfirmRequest) -> FindingOut:
    """确认。"""
    return _done(kit, case_id, number, Confirm(number), me, body.version)


@router.post("/{number}/edit", dependencies=[need(Permission.DECIDE)])
def edit(kit: Kit, me: Me, case_id: CaseId, number: Number, body: EditRequest) -> FindingOut:
    """修改后确认。"""
    act = Edit(number, body.message, body.suggestion, body.severity, body.reason)
    return _done(kit, case_id, number, act, me, body.version)


@router.post("/{number}/reject", dependencies=[need(Permission.DECIDE)])
def reject(kit: Kit, me: Me, case_id: CaseId, number: Number, body: ReasonRequest) -> FindingOut:
    """驳回，须写明理由。"""
    return _done(kit, case_id, number, Reject(number, body.reason), me, body.version)


@router.post("/{number}/reopen", dependencies=[need(Permission.DECIDE)])
def reopen(kit: Kit, me: Me, case_id: CaseId, number: Number, body: ReasonRequest) -> FindingOut:
    """撤回决定，须写明理由。"""
    return _done(kit, case_id, number, Reopen(number, body.reason), me, body.version)
