"""A case's documents on the screen: a page's picture with its marks, or the text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api.access import CaseId, Kit, Permission, need
from api.errors import answer
from api.pages.templates import page
from api.pages.viewer import Mark, boxes, row_of, view
from assistant.storage.uploads import content
from ingestion.highlight import draw_page
from ingestion.model import Role

router = APIRouter(prefix="/cases/{case_id}/documents", include_in_schema=False)
DPI = 110
Finding = Annotated[int | None, Query(ge=1, le=100_000)]
Offset = Annotated[int | None, Query(ge=0, le=100_000_000)]
PageNumber = Annotated[int | None, Query(ge=1, le=100_000)]


@router.get("/{role}", dependencies=[need(Permission.CASES_READ)])
def document(
    request: Request,
    kit: Kit,
    case_id: CaseId,
    role: Role,
    finding: Finding = None,
    start: Offset = None,
    end: Offset = None,
    number: PageNumber = None,
    part: bool = False,
) -> Response:
    """The document on a page of its own; `part`: only what stands beside the findings."""
    result = kit.store.result(case_id)
    shown = view(kit.readings, case_id, result, role, Mark(finding, start, end), number)
    if shown is None:
        return answer(request, 404, "这个案件没有这份文书或者这一页。")
    template = "view.html" if part else "document.html"
    return page(request, template, case=kit.store.case(case_id), view=shown, alone=not part)


@router.get("/{role}/pages/{number}.png", dependencies=[need(Permission.CASES_READ)])
def picture(
    request: Request,
    kit: Kit,
    case_id: CaseId,
    role: Role,
    number: Annotated[int, Path(ge=1, le=100_000)],
    finding: Finding = None,
    start: Offset = None,
    end: Offset = None,
) -> Response:
    """One page as PNG, what is looked at marked."""
    result = kit.store.result(case_id)
    row = row_of(result, role)
    sizes = (row or {}).get("sizes") or []
    kept = content(kit.settings, row["sha256"]) if row and number <= len(sizes) else None
    if kept is None or not sizes[number - 1][0]:
        return answer(request, 404, "没有这一页的图像：原件没有保存，或者已按期限删除。")
    marked = boxes(result, role, Mark(finding, start, end), number)
    try:
        drawn = draw_page(kept, number, sizes[number - 1][0], marked, DPI)
    except ValueError:
        return answer(request, 404, "这一页的图像画不出来，请打开原件查看。")
    return Response(drawn, media_type="image/png")
