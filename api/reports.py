"""Reports for download, and to read in the browser."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from api.access import CaseId, Kit, Permission, need
from api.guard import POLICY
from assistant.quality.errors import NotSigned
from assistant.reports import render, render_notice, render_selfcheck
from assistant.reports.html import style_hash

router = APIRouter(prefix="/cases/{case_id}", tags=["reports"])
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Format(StrEnum):
    docx = "docx"
    html = "html"
    pdf = "pdf"
    json = "json"


MEDIA_TYPES = {
    Format.docx: WORD,
    Format.html: "text/html; charset=utf-8",
    Format.pdf: "application/pdf",
    Format.json: "application/json",
}


@router.get(
    "/report.{suffix}", response_class=Response, dependencies=[need(Permission.CASES_EXPORT)]
)
def report(kit: Kit, case_id: CaseId, suffix: Format) -> Response:
    """评查意见书；HTML 在浏览器中打开，其余为下载。"""
    content = render(kit.store.result(case_id), f".{suffix.value}")
    return sent(content, f"案件质量评查意见书_{case_id}", suffix)


@router.get(
    "/selfcheck.{suffix}", response_class=Response, dependencies=[need(Permission.CASES_EXPORT)]
)
def selfcheck(kit: Kit, case_id: CaseId, suffix: Format) -> Response:
    """自查记录，签署后为签署时的副本；HTML 在浏览器中打开，其余为下载。"""
    result = kit.store.signed(case_id, "selfcheck") or kit.store.result(case_id)
    content = render_selfcheck(result, f".{suffix.value}")
    return sent(content, f"文书自查记录_{case_id}", suffix)


@router.get(
    "/evaluation.{suffix}", response_class=Response, dependencies=[need(Permission.CASES_EXPORT)]
)
def evaluation(kit: Kit, case_id: CaseId, suffix: Format) -> Response:
    """评查员签署的评查报告，为签署时的副本。"""
    result = kit.store.signed(case_id, "evaluation")
    if result is None:
        raise NotSigned("评查尚未签署，没有签署的评查报告；可以导出草稿。")
    return sent(render(result, f".{suffix.value}"), f"评查报告_签署_{case_id}", suffix)


@router.get(
    "/notice.{suffix}", response_class=Response, dependencies=[need(Permission.CASES_EXPORT)]
)
def notice(kit: Kit, case_id: CaseId, suffix: Format) -> Response:
    """流程监控通知书草稿；HTML 在浏览器中打开，其余为下载。"""
    content = render_notice(kit.store.result(case_id), f".{suffix.value}")
    return sent(content, f"流程监控通知书_{case_id}", suffix)


def sent(content: bytes, title: str, suffix: Format) -> Response:
    """A report as a download of this title; HTML is opened in the browser."""
    name = quote(f"{title}.{suffix.value}")
    shown = "inline" if suffix is Format.html else "attachment"
    headers = {"content-disposition": f"{shown}; filename*=UTF-8''{name}"}
    if suffix is Format.html:
        headers["content-security-policy"] = POLICY.replace(
            "style-src 'self'", f"style-src '{style_hash()}'"
        )
    return Response(content, media_type=MEDIA_TYPES[suffix], headers=headers)
