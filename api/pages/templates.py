"""Filling the page templates; everything from documents and people is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages.assets import asset
from assistant.reports.wording import clean, moment, shorten

FOLDER = Path(__file__).parent
# Where the navigation leads, and what the addresses below it begin with.
NAVIGATION = (
    ("/", "案件", ("/cases", "/jobs")),
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
    """The page `template`, with the name that was last used on this browser."""
    actor = unquote(request.cookies.get("actor", ""))
    content = _environment.get_template(template).render(
        actor=actor, navigation=_navigation(request.url.path), **values
    )
    return HTMLResponse(content.encode("utf-8", "replace"), status_code=status)


def _navigation(path: str) -> list[tuple[str, str, bool]]:
    """Address, name, and whether the page stands below it."""
    return [
        (href, name, path == href or path.startswith(below)) for href, name, below in NAVIGATION
    ]
