"""All pages of cases and checks, each area in a module of its own."""

from __future__ import annotations

from fastapi import APIRouter

from api.pages import (
    case_pages,
    check_pages,
    document_pages,
    evaluation_pages,
    opinion_pages,
    sentencing_pages,
)

AREAS = (
    case_pages,
    check_pages,
    document_pages,
    evaluation_pages,
    opinion_pages,
    sentencing_pages,
)
router = APIRouter()
for area in AREAS:
    router.include_router(area.router)
