"""The catalogue of checks: what is looked for, how sure it is, where it stands."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, Response

from api.access import Kit, Permission, need
from api.errors import answer
from api.pages.templates import page
from assistant.casefile import ROLE_NAMES
from assistant.checks import catalogue
from assistant.findings import SEVERITY_NAMES

router = APIRouter(prefix="/checks", include_in_schema=False)
Code = Annotated[str, Path(pattern=r"^[A-Z]{2,5}-[0-9]{3}$")]


@router.get("", dependencies=[need(Permission.SIGNED_IN)])
def checks(request: Request, kit: Kit, document: str = "", state: str = "") -> HTMLResponse:
    every = catalogue.listing(kit.settings)
    shown = [
        row
        for row in every
        if (not document or document in row["documents"]) and (not state or row["state"] == state)
    ]
    used = {role for row in every for role in row["documents"]}
    return page(
        request,
        "checks.html",
        rows=shown,
        counts=catalogue.counts(shown),
        document=document,
        state=state,
        roles={role: name for role, name in ROLE_NAMES.items() if role in used},
        states=catalogue.STATE_NAMES,
        severities=SEVERITY_NAMES,
    )


@router.get("/{code}", dependencies=[need(Permission.SIGNED_IN)])
def check(request: Request, kit: Kit, code: Code) -> Response:
    told = catalogue.description(code, kit.settings)
    if told is None:
        return answer(request, 404, f"没有“{code}”这项检查。")
    heading, *lines = catalogue.lines(told)
    return page(request, "check.html", code=heading[0], name=heading[1], lines=lines)
