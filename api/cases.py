"""Cases: list, read, add by upload, sign, audit trail."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.concurrency import run_in_threadpool

from api.access import CaseId, Kit, Me, Permission, need
from api.jobs import case_of, wait
from api.schemas import AuditOut, CaseDetail, CaseOut, ChangeOut, Request
from api.uploads import Follows, Handed, hand_in
from assistant.accounts import cases_of
from assistant.quality.stages import sign_stage

router = APIRouter(prefix="/cases", tags=["cases"])


@router.get("", dependencies=[need(Permission.CASES_READ)])
def list_cases(kit: Kit, me: Me) -> list[CaseOut]:
    """本人可以查看的案件，新的在前。"""
    return [CaseOut.of(record) for record in cases_of(kit.store, me)]


@router.post("", status_code=201, dependencies=[need(Permission.CASES_ADD)])
async def add_case(
    kit: Kit,
    me: Me,
    given: Handed,
    model: Annotated[bool, Form()] = False,
    follows: Follows = None,
) -> CaseDetail:
    """上传一个案件的文书并检查；同样的文书形成同一案件的新一版。

    文书可按种类上传，也可以全部放在 files 里由程序按内容识别。检查期间连接断开，检查照常做完。
    要用模型而模型不能使用时，只按规则检查，结果中 model 为 null。
    """
    job = await run_in_threadpool(hand_in, kit, me, given, model=model, follows=follows)
    ended = await wait(kit.jobs, job.id, until=lambda job: job.ended)
    return await run_in_threadpool(get_case, kit, case_of(ended))


@router.get("/{case_id}", dependencies=[need(Permission.CASES_READ)])
def get_case(kit: Kit, case_id: CaseId) -> CaseDetail:
    """一个案件和它的检查结果。"""
    case = CaseOut.of(kit.store.case(case_id))
    return CaseDetail(**case.model_dump(), result=kit.store.result(case_id))


@router.post("/{case_id}/sign", dependencies=[need(Permission.SIGN)])
def sign(kit: Kit, me: Me, case_id: CaseId, body: Request) -> CaseOut:
    """签署自查（承办人）或者评查（评查员、质量管理）；签署后本环节的决定不能再改，后续环节照常。"""
    sign_stage(kit.store, case_id, by=me, version=body.version)
    return CaseOut.of(kit.store.case(case_id))


@router.get("/{case_id}/audit", dependencies=[need(Permission.CASES_READ)])
def audit(kit: Kit, case_id: CaseId) -> AuditOut:
    """案件的全部审计记录。"""
    events = [ChangeOut.of(change) for change in kit.store.history(case_id)]
    last = kit.store.audit_head()
    return AuditOut(events=events, chain_events=last.seq, head=last.hash)
