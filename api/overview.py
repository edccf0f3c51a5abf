"""The overview: numbers of confirmed findings, down to the sentence; never of a person."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from api.access import Kit, Me, Permission, need
from api.quality_schemas import MonthPath, OverviewScope, Place
from api.reports import Format, sent
from assistant.overview.counts import counts
from assistant.overview.drill import sentences
from assistant.overview.monthly import build_monthly
from assistant.overview.outcomes import adoptions, inconsistencies
from assistant.overview.precision import precisions
from assistant.overview.problems import problem_list
from assistant.quality.exports import Version
from assistant.quality.notices import repeats
from assistant.reports import drawn
from assistant.storage.chain import Event, append

router = APIRouter(prefix="/overview", tags=["overview"])
READ = [need(Permission.OVERVIEW)]
EXPORT = [need(Permission.OVERVIEW, Permission.CASES_EXPORT)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Drawn(StrEnum):
    docx = "docx"
    html = "html"
    pdf = "pdf"


@router.get("", dependencies=READ)
def read_counts(kit: Kit, me: Me, scope: OverviewScope) -> dict[str, Any]:
    """经人确认的问题，按维度、轻重、检查项、罪名、部门、月份。"""
    return asdict(counts(kit.store, me, scope))


@router.get("/findings", dependencies=READ)
def read_findings(kit: Kit, me: Me, scope: OverviewScope, place: Place = 0) -> dict[str, Any]:
    """一个数字背后的问题：案件和原文。"""
    found = sentences(kit.store, me, scope, place=place)
    return asdict(found) | {"next_place": found.next_place}


@router.get("/outcomes", dependencies=READ)
def read_outcomes(kit: Kit, me: Me, scope: OverviewScope) -> dict[str, Any]:
    """诉判不一（经人确认）和量刑建议采纳（已签署案件）。"""
    return {
        "inconsistencies": asdict(inconsistencies(kit.store, me, scope)),
        "adoptions": [asdict(row) | {"rate": row.rate} for row in adoptions(kit.store, me, scope)],
    }


@router.get("/repeats", dependencies=READ)
def read_repeats(kit: Kit, me: Me) -> list[dict[str, Any]]:
    """通知书发出后在同一部门再次确认的同类问题（回头看）。"""
    return [asdict(row) for row in repeats(kit.store, me.unit)]


@router.get("/precision", dependencies=READ)
def read_precision(kit: Kit, me: Me, scope: OverviewScope) -> list[dict[str, Any]]:
    """各检查项和模型所提问题有多少经人确认。"""
    return [
        asdict(row) | {"right": row.right, "interval": row.interval}
        for row in precisions(kit.store, me, scope)
    ]


@router.get("/problems.xlsx", response_class=Response, dependencies=EXPORT)
def read_problems(
    kit: Kit, me: Me, scope: OverviewScope, version: Version = "internal"
) -> Response:
    """问题台账（XLSX）：只列经人确认的问题；内部版或者脱密版。"""
    content = problem_list(kit.store, me, scope, version)
    disposition = f"attachment; filename*=UTF-8''{quote('问题台账.xlsx')}"
    return Response(content, media_type=XLSX, headers={"content-disposition": disposition})


@router.get("/monthly/{month}.{suffix}", response_class=Response, dependencies=EXPORT)
def read_monthly(kit: Kit, me: Me, month: MonthPath, suffix: Drawn) -> Response:
    """质效分析月报草稿。"""
    content = drawn(build_monthly(kit.store, me, month), f".{suffix.value}")
    with kit.store.writing() as session:
        after = {"month": month, "format": suffix.value}
        append(session, Event("monthly.exported", me.name, after=after))
    return sent(content, f"案件质量分析月报_{month}", Format(suffix.value))
