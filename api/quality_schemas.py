"""Requests of quality management and of the overview, and how filters are given."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.access import CASE_ID
from assistant.findings import Dimension
from assistant.grading import GradeName
from assistant.overview.scope import Scope
from assistant.quality import rectification
from assistant.quality.bulk import MOST
from assistant.quality.objections import Outcome
from assistant.quality.queue import State, Wanted
from assistant.quality.rectification import Paper

LARGEST_ID = 2**31 - 1
_WORD = StringConstraints(max_length=64, pattern=r"^[^\x00-\x1f]*$")
_TEXT = StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00]*$")
_CODE = r"^[A-Z]{2,5}-[0-9]{3}$"
Word = Annotated[str, _WORD, Query()]
Said = Annotated[str, _TEXT]
Code = Annotated[str, StringConstraints(pattern=_CODE)]
OptionalCode = Annotated[str, StringConstraints(pattern=rf"{_CODE}|^$"), Query()]
CodePath = Annotated[str, Path(pattern=_CODE, description="检查码")]
Day = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"), Query()]
Month = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$"), Query()]
Place = Annotated[int, Query(ge=0, le=10**6)]
# A form sends an empty value for "all".
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,9}$"), Query()]
Choice = Annotated[Literal["", "minor", "moderate", "serious"], Query()]
DimensionChoice = Annotated[Dimension | Literal[""], Query()]
StateChoice = Annotated[State | Literal[""], Query()]
RectificationChoice = Annotated[rectification.State | Literal[""], Query()]
RectificationId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="整改编号")]
ObjectionId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="异议编号")]
CaseIds = Annotated[
    list[Annotated[str, StringConstraints(pattern=CASE_ID)]], Field(min_length=1, max_length=500)
]
Numbers = Annotated[
    list[Annotated[int, Field(ge=1, le=100_000)]], Field(min_length=1, max_length=500)
]


def _wanted(
    severity: Choice = "",
    dimension: DimensionChoice = "",
    code: OptionalCode = "",
    department: Word = "",
    holder: Number = "",
    handler: Number = "",
    state: StateChoice = "",
    due: Day = "",
    place: Place = 0,
) -> Wanted:
    return Wanted(
        severity=severity or None,
        dimension=dimension,
        code=code,
        department=department,
        holder=int(holder or 0) or None,
        handler=int(handler or 0) or None,
        state=state or None,
        due=due,
        place=place,
    )


def _scope(
    since: Day = "",
    until: Day = "",
    dimension: DimensionChoice = "",
    code: OptionalCode = "",
    severity: Choice = "",
    charge: Word = "",
    department: Word = "",
    month: Month = "",
) -> Scope:
    return Scope(since, until, dimension, code, severity, charge, department, month)


QueueFilter = Annotated[Wanted, Depends(_wanted)]
OverviewScope = Annotated[Scope, Depends(_scope)]


def _rectifications(state: RectificationChoice = "", department: Word = "") -> rectification.Wanted:
    return rectification.Wanted(state=state, department=department)


RectificationFilter = Annotated[rectification.Wanted, Depends(_rectifications)]


class Request(BaseModel):
    """Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class AssignRequest(Request):
    """Whom the cases are given to (the name of an account), and by when they are due."""

    cases: CaseIds
    to: Annotated[str, _WORD]
    due: date | None = None


class CasesRequest(Request):
    """The cases that lots are drawn for."""

    cases: CaseIds


class Point(Request):
    """One finding as it stood in the list that was seen."""

    case_id: Annotated[str, StringConstraints(pattern=CASE_ID)]
    version: Annotated[int, Field(ge=1, le=LARGEST_ID)]
    number: Annotated[int, Field(ge=1, le=100_000)]


class TogetherRequest(Request):
    """The listed points that are confirmed together."""

    points: Annotated[list[Point], Field(min_length=1, max_length=MOST)]


class CloseRequest(Request):
    """Why feedback is closed without the officer; he himself needs no reason."""

    reason: Said = ""


class ObjectionRequest(Request):
    """What the officer has against one finding."""

    number: Annotated[int, Field(ge=1, le=100_000)]
    text: Said


class AnswerRequest(Request):
    """An answer to an objection."""

    outcome: Outcome
    text: Said


class GradeRequest(Request):
    """A grade given by a person, on the version that he saw."""

    grade: GradeName
    reason: Said = ""
    version: Annotated[int, Field(ge=1, le=LARGEST_ID)]


class SignOffRequest(Request):
    """The version that is signed."""

    version: Annotated[int, Field(ge=1, le=LARGEST_ID)]


class NoticeRequest(Request):
    """The findings of a paper that people have sent, and the day."""

    numbers: Numbers
    sent_on: date
    paper: Paper = "monitoring"


class MendedRequest(Request):
    """What the officer did about a problem."""

    text: Said


class StrikeRequest(Request):
    """Struck off, or sent back with a reason."""

    outcome: rectification.Outcome
    text: Said = ""


def month_of(month: Annotated[str, Path(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")]) -> str:
    """A month of a path; the year 0 is none."""
    if month.startswith("0000"):
        raise HTTPException(404)
    return month


MonthPath = Annotated[str, Depends(month_of)]
