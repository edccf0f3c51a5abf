"""Filling the page templates; everything from documents and people is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.pages.assets import asset
from assistant.accounts import SignedIn
from assistant.reports.wording import clean, moment, shorten

FOLDER = Path(__file__).parent
# Where the navigation leads, and what the addresses below it begin with.
NAVIGATION = (
    ("/", "案件", ("/cases", "/jobs")),
    ("/batches", "批量检查", ("/batches",)),
    ("/checks", "检查目录", ("/checks",)),
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
        navigation=_navigation(request.url.path),
        **values,
    )
    return HTMLResponse(content.encode("utf-8", "replace"), status_code=status)


def _navigation(path: str) -> list[tuple[str, str, bool]]:
    """Address, name, and whether the page stands below it."""
    return [
        (href, name, path == href or path.startswith(below)) for href, name, below in NAVIGATION
    ]
