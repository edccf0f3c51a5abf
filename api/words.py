"""The words of a page that a person has drawn a box round."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from api.access import CaseId, Kit, Permission, need
from api.pages.viewer import row_of
from assistant.review.quoting import words_in
from assistant.storage import NoSuchOriginal
from ingestion.model import Role

router = APIRouter(prefix="/cases/{case_id}/documents", tags=["cases"])
Point = Annotated[float, Field(ge=-1e5, le=1e5, allow_inf_nan=False)]


class WordsOut(BaseModel):
    """The words, and where in the document's text they begin; blank and None for none."""

    quote: str
    start: int | None


@router.get("/{role}/pages/{number}/words", dependencies=[need(Permission.CASES_READ)])
def words(
    kit: Kit,
    case_id: CaseId,
    role: Role,
    number: Annotated[int, Path(ge=1, le=100_000, description="页码")],
    box: Annotated[
        list[Point], Query(min_length=4, max_length=4, description="左、上、右、下，单位为点")
    ],
) -> WordsOut:
    """一页上框内的文字，用于人工添加问题时选取原文。"""
    row = row_of(kit.store.result(case_id), role)
    document = kit.readings.of(case_id, row) if row else None
    if document is None:
        raise NoSuchOriginal("原件没有保存，不能选取原文。")
    x0, y0, x1, y1 = box
    span = words_in(document, role, number, (x0, y0, x1, y1))
    return WordsOut(quote=span.quote if span else "", start=span.start if span else None)
