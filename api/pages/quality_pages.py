"""The quality team's pages: the queue, one finding with its history, together, and lots."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access import CASE_ID, CaseId, Kit, Me, Permission, need
from api.pages.decisions import Decision
from api.pages.templates import page
from api.quality_schemas import Code, OptionalCode, QueueFilter
from api.services import Number, Services
from assistant.accounts import Person, people, person_by_id
from assistant.findings import DIMENSION_NAMES, SEVERITY_NAMES, SOURCE_NAMES, STATUS_NAMES
from assistant.overview.monthly import check_name
from assistant.quality import bulk, lots, queue, stages, steps
from assistant.quality.consistency import practice
from assistant.quality.errors import NotAlike
from assistant.quality.queue import Item, Wanted
from assistant.reports.findings import card
from assistant.review import Reopen
from assistant.storage.outcome import finding_json

router = APIRouter(include_in_schema=False)
QUEUE = [need(Permission.QUEUE)]
Text = Annotated[str, Form(max_length=4000)]
_BACK = re.compile(r"[A-Za-z0-9=&%_.+-]{0,600}")
_POINT = re.compile(r"([a-z2-7]{8}):(\d{1,9}):(\d{1,6})")
Chosen = Annotated[str, Query(pattern=r"^([a-z2-7]{8}:\d{1,6})?$")]
NAMES: dict[str, Any] = {
    "severities": SEVERITY_NAMES,
    "dimensions": DIMENSION_NAMES,
    "statuses": STATUS_NAMES,
    "states": queue.STATE_NAMES,
    "sources": SOURCE_NAMES,
}


@router.get("/quality", dependencies=QUEUE)
def read_queue(
    request: Request, kit: Kit, me: Me, wanted: QueueFilter, chosen: Chosen = ""
) -> HTMLResponse:
    """The queue at the left, the chosen finding at the right."""
    found = queue.page(kit.store, me, wanted)
    here = [f"{item.case_id}:{item.number}" for item in found.items]
    at = here.index(chosen) if chosen in here else 0
    item = found.items[at] if found.items else None
    return page(
        request,
        "quality_queue.html",
        found=found,
        wanted=wanted,
        chosen=item,
        following=_following(found.items[at + 1 :]),
        staff=_staff(kit, me),
        departments=sorted({p.department for p in people(kit.store) if p.unit == me.unit} - {""}),
        query=_query(wanted),
        link=lambda **changes: f"/quality?{_query(wanted, **changes)}",
        size=queue.PAGE,
        **_finding(kit, me, item),
        **NAMES,
    )


def _following(items: list[Item]) -> str:
    """Where a decision leads to: the next finding that waits for one, else just the next."""
    waiting = [item for item in items if item.state == "drafted"] or items
    return f"{waiting[0].case_id}:{waiting[0].number}" if waiting else ""


def _query(wanted: Wanted, **changes: Any) -> str:
    told = {k: v for k, v in (vars(wanted) | changes).items() if v}
    return urlencode(told)


def _staff(kit: Services, me: Person) -> list[Person]:
    """Those of the unit to whom a case may be given."""
    return [
        p
        for p in people(kit.store)
        if p.unit == me.unit and not p.disabled and p.role in steps.HANDLERS
    ]


def _finding(kit: Services, me: Person, item: Item | None) -> dict[str, Any]:
    """What is shown of the chosen finding: the program's words, a person's, and the practice."""
    if item is None:
        return {"shown": None, "finding": None, "practice": None}
    finding = finding_json(kit.store.finding(item.case_id, item.number))
    return {
        "shown": card(finding),
        "finding": finding,
        "practice": practice(kit.store, me, item.code, besides=item.case_id),
    }


@router.post(
    "/quality/cases/{case_id}/findings/{number}",
    dependencies=[need(Permission.QUEUE, Permission.DECIDE)],
)
def decide(
    kit: Kit,
    me: Me,
    case_id: CaseId,
    number: Number,
    decision: Decision,
    version: Annotated[int, Form()],
    back: Annotated[str, Form()] = "",
    following: Annotated[str, Form()] = "",
) -> Response:
    """Decide, and go on to the finding that followed."""
    stages.decide(kit.store, case_id, decision, by=me, version=version)
    goal = f"{case_id}:{number}" if isinstance(decision, Reopen) else following
    return _back("/quality", back, goal)


@router.post("/quality/assign", dependencies=QUEUE)
def assign(
    kit: Kit,
    me: Me,
    cases: Annotated[list[str], Form()],
    to: Annotated[int, Form(ge=1, le=2**31 - 1)],
    due: Annotated[date | Literal[""], Form()] = "",
    back: Annotated[str, Form()] = "",
) -> Response:
    known = [case for case in cases if re.fullmatch(CASE_ID, case)]
    steps.hand(kit.store, known, person_by_id(kit.store, to), by=me, due=due or None)
    return _back("/quality", back)


@router.get("/quality/together", dependencies=QUEUE)
def together(request: Request, kit: Kit, me: Me, code: OptionalCode = "") -> HTMLResponse:
    """The checks with several equal minor points, and the points of the chosen one."""
    alike = bulk.alike(kit.store, me)
    chosen = code if code in alike else next(iter(alike), "")
    return page(
        request,
        "quality_together.html",
        alike=alike,
        code=chosen,
        items=bulk.listing(kit.store, me, chosen) if chosen else [],
        name=check_name,
    )


@router.post("/quality/together", dependencies=[need(Permission.QUEUE, Permission.DECIDE)])
def confirm_together(
    kit: Kit,
    me: Me,
    code: Annotated[Code, Form()],
    points: Annotated[list[str] | None, Form()] = None,
) -> Response:
    listed = []
    for point in points or []:
        told = _POINT.fullmatch(point)
        if told is None:
            raise NotAlike("所选内容有误，请刷新后重选。")
        listed.append(bulk.Listed(told[1], int(told[2]), int(told[3])))
    bulk.confirm_together(kit.store, code, listed, by=me)
    return RedirectResponse("/quality/together", status_code=303)


@router.get("/quality/lots", dependencies=QUEUE)
def read_lots(request: Request, kit: Kit, me: Me) -> HTMLResponse:
    return page(request, "quality_lots.html", lots=lots.lots(kit.store, me.unit))


@router.post("/quality/lots", dependencies=QUEUE)
def draw_lots(kit: Kit, me: Me, cases: Annotated[list[str], Form()]) -> Response:
    known = [case for case in cases if re.fullmatch(CASE_ID, case)]
    lots.draw_lots(kit.store, known, by=me)
    return RedirectResponse("/quality/lots", status_code=303)


def _back(path: str, query: str, chosen: str = "") -> RedirectResponse:
    """To the page again as it was filtered; nothing but a query is taken from the form."""
    told = query if _BACK.fullmatch(query) else ""
    if re.fullmatch(r"[a-z2-7]{8}:\d{1,6}", chosen):
        told = f"{told}&{urlencode({'chosen': chosen})}".strip("&")
    return RedirectResponse(f"{path}?{told}" if told else path, status_code=303)
