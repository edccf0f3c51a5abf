"""Filling the page templates; everything from documents and people is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.access import Permission, granted
from api.pages.assets import asset
from assistant.accounts import SignedIn
from assistant.reports.wording import clean, moment, shorten

FOLDER = Path(__file__).parent
# Where the navigation leads, for whom, and what the addresses below it begin with.
NAVIGATION = (
    ("/", "案件", ("/cases", "/jobs"), Permission.CASES_READ),
    ("/batches", "批量检查", ("/batches",), Permission.CASES_ADD),
    ("/feedback", "待反馈", ("/feedback",), Permission.OBJECT),
    ("/quality", "质量队列", ("/quality",), Permission.QUEUE),
    ("/overview", "总览", ("/overview",), Permission.OVERVIEW),
    ("/people", "账号", ("/people",), Permission.USERS),
    ("/checks", "检查目录", ("/checks",), Permission.SIGNED_IN),
)

_environment = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=lambda value: clean(value) if type(value) is str else value,
)
_environment.globals["asset"] = asset
_environment.filters["moment"] = moment
_environment.filters["brief"] = shorten


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page `template`; `me` is who is signed in, and `csrf()` a field for each form."""
    signed: SignedIn | None = getattr(request.state, "signed", None)
    token = signed.csrf if signed else ""
    content = _environment.get_template(template).render(
        me=signed.person if signed else None,
        token=token,
        csrf=lambda: Markup('<input type="hidden" name="csrf" value="{}">').format(token),
        navigation=_navigation(request.url.path, signed),
        **values,
    )
    return HTMLResponse(content.encode("utf-8", "replace"), status_code=status)


def _navigation(path: str, signed: SignedIn | None) -> list[tuple[str, str, bool]]:
    """Address, name, and whether the page stands below it, of what this person may open."""
    may = granted(signed.person.role) if signed else frozenset()
    return [
        (href, name, path == href or path.startswith(below))
        for href, name, below, needed in NAVIGATION
        if needed in may
    ]
