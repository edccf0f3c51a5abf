"""The overview's pages: numbers that lead down to cases and sentences."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.access import Kit, Me, Permission, need
from api.pages.templates import page
from api.quality_schemas import OverviewScope, Place
from assistant.findings import DIMENSION_NAMES, SEVERITY_NAMES, SEVERITY_ORDER, SOURCE_NAMES
from assistant.overview.counts import counts
from assistant.overview.drill import sentences
from assistant.overview.monthly import check_name, deviation_text
from assistant.overview.outcomes import adoptions, inconsistencies
from assistant.overview.precision import precisions
from assistant.overview.scope import Scope
from assistant.phrasing import place as place_of
from assistant.quality.notices import repeats

router = APIRouter(include_in_schema=False)
SHOWN = 12
GROUPS = (
    ("dimension", "评查维度"),
    ("severity", "轻重"),
    ("code", "检查项"),
    ("charge", "罪名"),
    ("department", "部门"),
    ("month", "月份"),
)


def _query(scope: Scope, **changes: Any) -> str:
    return urlencode({k: v for k, v in (vars(scope) | changes).items() if v})


def _name(group: str, key: str) -> str:
    """A key of a group as it is read."""
    match group:
        case "dimension":
            return DIMENSION_NAMES[key]  # type: ignore[index]
        case "severity":
            return SEVERITY_NAMES[key]  # type: ignore[index]
        case "code":
            return f"{key} {check_name(key)}"
    return key


def _ordered(group: str, numbers: dict[str, int]) -> list[tuple[str, int]]:
    """The most frequent first; but departments by name (no ranking), weights the gravest first."""
    if group == "department":
        return sorted(numbers.items())
    if group == "severity":
        return [(key, numbers[key]) for key in SEVERITY_ORDER if key in numbers]
    return list(numbers.items())


def _shared(scope: Scope) -> dict[str, Any]:
    return {
        "scope": scope,
        "query": _query(scope),
        "severities": SEVERITY_NAMES,
        "narrowed": {
            label: _name(group, value)
            for group, label in GROUPS
            if (value := getattr(scope, group))
        },
        "name": check_name,
    }


@router.get("/overview", dependencies=[need(Permission.OVERVIEW)])
def read_overview(request: Request, kit: Kit, me: Me, scope: OverviewScope) -> HTMLResponse:
    told = counts(kit.store, me, scope)
    groups = []
    for group, label in GROUPS:
        numbers: dict[str, int] = getattr(told, group)
        ordered = _ordered(group, numbers)
        rows = [
            (_name(group, key), number, f"/overview/findings?{_query(scope, **{group: key})}")
            for key, number in ordered[:SHOWN]
        ]
        most = max(numbers.values(), default=1)
        groups.append((label, rows, most, len(ordered) - len(rows)))
    return page(request, "overview.html", told=told, groups=groups, **_shared(scope))


@router.get("/overview/findings", dependencies=[need(Permission.OVERVIEW)])
def read_findings(
    request: Request, kit: Kit, me: Me, scope: OverviewScope, place: Place = 0
) -> HTMLResponse:
    found = sentences(kit.store, me, scope, place=place)
    return page(request, "overview_findings.html", found=found, place_of=place_of, **_shared(scope))


@router.get("/overview/outcomes", dependencies=[need(Permission.OVERVIEW)])
def read_outcomes(request: Request, kit: Kit, me: Me, scope: OverviewScope) -> HTMLResponse:
    return page(
        request,
        "overview_outcomes.html",
        unlike=inconsistencies(kit.store, me, scope),
        adoptions=adoptions(kit.store, me, scope),
        deviation=deviation_text,
        repeats=repeats(kit.store, me.unit),
        **_shared(scope),
    )


@router.get("/overview/precision", dependencies=[need(Permission.OVERVIEW)])
def read_precision(request: Request, kit: Kit, me: Me, scope: OverviewScope) -> HTMLResponse:
    return page(
        request,
        "overview_precision.html",
        rows=precisions(kit.store, me, scope),
        sources=SOURCE_NAMES,
        **_shared(scope),
    )
