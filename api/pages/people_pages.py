"""The accounts of the office, for its administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from api.access import Kit, Me, Permission, need
from api.pages.templates import page
from api.services import Services
from assistant.accounts import (
    ROLE_TITLES,
    AccountError,
    BadAccount,
    Person,
    UserRole,
    add,
    change_password,
    disable,
    enable,
    move,
    people,
    person_by_id,
)

router = APIRouter(include_in_schema=False)
USERS = [need(Permission.USERS)]
Field = Annotated[str, Form(max_length=256)]
PersonId = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/people", dependencies=USERS)
def listed(request: Request, kit: Kit, done: str = "") -> Response:
    return _page(request, kit, done=DONE.get(done, ""))


@router.post("/people", dependencies=USERS)
def added(
    request: Request,
    kit: Kit,
    me: Me,
    role: Annotated[UserRole, Form()],
    name: Field = "",
    unit: Field = "",
    department: Field = "",
    password: Field = "",
) -> Response:
    try:
        add(kit.store, name, password, role, unit=unit, department=department, by=me.name)
    except AccountError as error:
        return _page(request, kit, refusal=str(error), status=422)
    return _back("added")


@router.post("/people/{person_id}/move", dependencies=USERS)
def moved(
    kit: Kit,
    me: Me,
    person_id: PersonId,
    role: Annotated[UserRole, Form()],
    unit: Field = "",
    department: Field = "",
) -> Response:
    person = _other(kit, me, person_id)
    move(kit.store, person.name, role, unit=unit, department=department, by=me.name)
    return _back("moved")


@router.post("/people/{person_id}/disable", dependencies=USERS)
def disabled(kit: Kit, me: Me, person_id: PersonId) -> Response:
    disable(kit.store, _other(kit, me, person_id).name, by=me.name)
    return _back("disabled")


@router.post("/people/{person_id}/enable", dependencies=USERS)
def enabled(kit: Kit, me: Me, person_id: PersonId) -> Response:
    enable(kit.store, _other(kit, me, person_id).name, by=me.name)
    return _back("enabled")


@router.post("/people/{person_id}/password", dependencies=USERS)
def renewed(
    request: Request, kit: Kit, me: Me, person_id: PersonId, password: Field = ""
) -> Response:
    person = _other(kit, me, person_id)
    try:
        change_password(kit.store, person.name, password, by=me.name)
    except BadAccount as error:
        return _page(request, kit, refusal=str(error), status=422)
    return _back("renewed")


DONE = {
    "added": "账号已添加。请当面告知初始密码，并请本人登录后修改。",
    "moved": "账号已修改。",
    "disabled": "账号已停用，正在使用的登录立即失效。",
    "enabled": "账号已启用。",
    "renewed": "密码已重设，该账号的登录已全部退出。",
}


def _other(kit: Services, me: Person, person_id: int) -> Person:
    """Nobody locks himself out, or gives himself another role. Raises BadAccount, NoSuchUser."""
    if person_id == me.id:
        raise BadAccount("不能在这里改动自己的账号，请由另一名管理员操作。")
    return person_by_id(kit.store, person_id)


def _page(
    request: Request, kit: Services, *, done: str = "", refusal: str = "", status: int = 200
) -> Response:
    return page(
        request,
        "people.html",
        status=status,
        people=people(kit.store),
        roles=ROLE_TITLES,
        done=done,
        refusal=refusal,
    )


def _back(done: str) -> Response:
    return RedirectResponse(f"/people?done={done}", status_code=303)
