"""Cases: list, read, add by upload, sign, audit trail."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile

from api.access import Actor, CaseId, Kit, Me, Permission, need
from api.schemas import AuditOut, CaseDetail, CaseOut, ChangeOut, Request
from assistant.accounts import cases_of
from assistant.review import Sign, perform
from ingestion.model import Role

router = APIRouter(prefix="/cases", tags=["cases"])
Upload = Annotated[UploadFile | None, File()]


@router.get("", dependencies=[need(Permission.CASES_READ)])
def list_cases(kit: Kit, me: Me) -> list[CaseOut]:
    """本人可以查看的案件，新的在前。"""
    return [CaseOut.of(record) for record in cases_of(kit.store, me)]


@router.post("", status_code=201, dependencies=[need(Permission.CASES_ADD)])
def add_case(
    kit: Kit,
    me: Me,
    opinion: Upload = None,
    indictment: Upload = None,
    recommendation: Upload = None,
    judgment: Upload = None,
    card: Upload = None,
    model: Annotated[bool, Form()] = False,
) -> CaseDetail:
    """上传一个案件的文书并检查；同样的文书形成同一案件的新一版。

    要用模型而模型不能使用时，只按规则检查，结果中 model 为 null。
    """
    files = chosen_files(
        opinion=opinion,
        indictment=indictment,
        recommendation=recommendation,
        judgment=judgment,
        card=card,
    )
    opened = {role: (file.filename or "", file.file) for role, file in files.items()}
    return get_case(kit, kit.jobs.start(opened, model=model, person=me).wait())


def chosen_files(
    *,
    opinion: UploadFile | None,
    indictment: UploadFile | None,
    recommendation: UploadFile | None,
    judgment: UploadFile | None,
    card: UploadFile | None,
) -> dict[Role, UploadFile]:
    """The files that were chosen: a form sends an empty, nameless one for the others."""
    given: dict[Role, UploadFile | None] = {
        "opinion": opinion,
        "indictment": indictment,
        "recommendation": recommendation,
        "judgment": judgment,
        "card": card,
    }
    return {role: file for role, file in given.items() if file is not None and file.filename}


@router.get("/{case_id}", dependencies=[need(Permission.CASES_READ)])
def get_case(kit: Kit, case_id: CaseId) -> CaseDetail:
    """一个案件和它的检查结果。"""
    case = CaseOut.of(kit.store.case(case_id))
    return CaseDetail(**case.model_dump(), result=kit.store.result(case_id))


@router.post("/{case_id}/sign", dependencies=[need(Permission.SIGN)])
def sign(kit: Kit, actor: Actor, case_id: CaseId, body: Request) -> CaseOut:
    """签署；签署后决定不能再改。"""
    perform(kit.store, case_id, [Sign()], actor=actor, version=body.version)
    return CaseOut.of(kit.store.case(case_id))


@router.get("/{case_id}/audit", dependencies=[need(Permission.CASES_READ)])
def audit(kit: Kit, case_id: CaseId) -> AuditOut:
    """案件的全部审计记录。"""
    events = [ChangeOut.of(change) for change in kit.store.history(case_id)]
    last = kit.store.audit_head()
    return AuditOut(events=events, chain_events=last.seq, head=last.hash)
