"""The evaluator's pages: documents in columns, similar cases, the judgment's reasoning."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access import CaseId, Kit, Permission, need
from api.errors import answer
from api.pages.templates import page
from assistant.comparison.columns import column_names, roles_of, side_by_side
from assistant.comparison.report import RELATION_NAMES
from assistant.comparison.telling import Relation
from assistant.reports.chart_svg import to_svg
from assistant.reports.reasoning import DECIDED_NAMES
from assistant.reports.similar import distribution_chart
from assistant.similar.table import MARK_NAMES
from assistant.similar.telling import distribution_text
from knowledge_base.rubric import criteria

router = APIRouter(prefix="/cases/{case_id}", include_in_schema=False)


@router.get("/compare", dependencies=[need(Permission.CASES_READ)])
def compare(
    request: Request,
    kit: Kit,
    case_id: CaseId,
    show: Annotated[list[Relation] | None, Query()] = None,
    person: str = "",
) -> Response:
    """The documents side by side; `show`: only matters of these classes, all without it."""
    differences = kit.store.result(case_id).get("differences")
    if not differences:
        return answer(request, 404, "这个案件没有可以互相比对的文书。")
    lines = side_by_side(differences)
    counts = {name: sum(line.relation == name for line in lines) for name in RELATION_NAMES}
    wanted = set(show or RELATION_NAMES)
    roles = roles_of(differences)
    return page(
        request,
        "compare.html",
        case=kit.store.case(case_id),
        differences=differences,
        roles=roles,
        names=column_names(roles),
        lines=[
            line
            for line in lines
            if line.relation in wanted and (not person or line.person in ("", person))
        ],
        total=len(lines),
        counts=counts,
        wanted=wanted,
        relations=RELATION_NAMES,
        person=person,
        people=list(dict.fromkeys(line.person for line in lines if line.person)),
    )


@router.get("/similar", dependencies=[need(Permission.CASES_READ)])
def similar(request: Request, kit: Kit, case_id: CaseId) -> Response:
    told = kit.store.result(case_id).get("similar")
    if not told:
        return answer(request, 404, "这个案件没有作类案比对。")
    spread = told["distribution"]
    chart = distribution_chart(spread) if spread else None
    return page(
        request,
        "similar.html",
        case=kit.store.case(case_id),
        similar=told,
        spread=distribution_text(spread) if spread else "",
        chart=to_svg(chart) if chart else "",
        marks=MARK_NAMES,
    )


@router.get("/reasoning", dependencies=[need(Permission.CASES_READ)])
def reasoning(request: Request, kit: Kit, case_id: CaseId) -> Response:
    """The scorecard: what the court had to answer, and its words."""
    told = kit.store.result(case_id).get("reasoning")
    if not told:
        return answer(request, 404, "这个案件没有作释法说理评查。")
    return page(
        request,
        "reasoning.html",
        case=kit.store.case(case_id),
        told=told,
        names={kind: row.name for kind, row in criteria().items()},
        deciders=DECIDED_NAMES,
    )
