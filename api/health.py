"""Is the service there?"""

from __future__ import annotations

from fastapi import APIRouter

from api.schemas import Health
from assistant.versions import versions

router = APIRouter(tags=["health"])


@router.get("/health")
def health() -> Health:
    """服务状态和版本。"""
    return Health(status="ok", versions=versions())
