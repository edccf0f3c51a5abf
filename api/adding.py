"""A problem that a person adds, as the case page and programs send it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from pydantic import Field, StringConstraints, field_validator

from api.pages.viewer import row_of
from api.schemas import Reason, Request, Text
from api.services import Services
from assistant.accounts import Person
from assistant.findings import Dimension, Severity
from assistant.quality.stages import deciding
from assistant.review import NotInDocument
from assistant.review.added import Written, add_finding
from assistant.review.quoting import locate
from ingestion.model import Role, Span


class AddRequest(Request):
    """`code`: one of the catalogue, or OTH-000 for none of them. `quote` are the words of the
    document `role` it is about (blank: none), `start` where about in its text they stand.
    """

    dimension: Dimension
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}-[0-9]{3}$")]
    severity: Severity
    message: Text
    suggestion: Text = ""
    role: Role | None = None
    quote: Reason = ""
    start: Annotated[int, Field(ge=0, le=10**8)] | None = None


class AddInForm(AddRequest):
    """As a browser sends it: an empty field is none, and the token stands beside."""

    csrf: str = ""

    @field_validator("role", "start", mode="before")
    @classmethod
    def _blank_is_none(cls, value: object) -> object:
        return None if value == "" else value


AddForm = Annotated[AddInForm, Form()]


def add_written(kit: Services, me: Person, case_id: str, body: AddRequest) -> int:
    """Add it at this person's stage; its number. Raises as `add_finding` and `locate`."""
    written = Written(
        dimension=body.dimension,
        code=body.code,
        severity=body.severity,
        message=body.message,
        suggestion=body.suggestion,
        place=_place(kit, case_id, body),
    )
    version, stage = body.version, deciding(me)
    return add_finding(kit.store, case_id, written, actor=me.name, version=version, stage=stage)


def _place(kit: Services, case_id: str, body: AddRequest) -> Span | None:
    if not body.quote:
        return None
    row = row_of(kit.store.result(case_id), body.role) if body.role else None
    if row is None or body.role is None:
        raise NotInDocument("请选择所指文字在哪份文书中。")
    return locate(kit.readings.of(case_id, row), body.role, body.quote, body.start)
