"""Is the service there?"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from api.access import Permission, need
from api.schemas import Health
from assistant.versions import versions

router = APIRouter(tags=["health"])


@router.get("/health", dependencies=[need(Permission.OPEN)])
def health() -> Health:
    """服务状态和版本。"""
    return Health(status="ok", versions=versions())


@router.get("/openapi.json", include_in_schema=False, dependencies=[need(Permission.OPEN)])
def description(request: Request) -> dict[str, Any]:
    """The description of this interface; it says nothing of any case."""
    told: dict[str, Any] = request.app.openapi()
    return told
