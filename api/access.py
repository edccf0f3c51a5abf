"""Who is asking, and whether he may. Each route declares its permission: `need(…)`.

    router.get("/queue", dependencies=[need(Permission.QUEUE)])

- The person comes from the session's cookie, never from a form or header.
- A change carries the session's CSRF token, in the header X-CSRF-Token or the field `csrf`.
- The role must have the permission (403), and who evaluates has not handled the case (403).
- `CaseId` asks whether the person may see the case; a strange one is as if it were none (404).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.concurrency import run_in_threadpool

from api.services import Services, services
from api.witness import Sight
from assistant.accounts import (
    EVALUATING,
    Person,
    SignedIn,
    UserRole,
    refuse_holder,
    require_sight,
)

CSRF_HEADER = "x-csrf-token"
CSRF_FIELD = "csrf"
CASE_ID = r"^[a-z2-7]{8}$"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Permission(StrEnum):
    """What a route is for. OPEN asks for nobody, SIGNED_IN for anybody who is signed in."""

    OPEN = "open"
    SIGNED_IN = "signed_in"
    CASES_READ = "cases.read"
    CASES_ADD = "cases.add"
    CASES_EXPORT = "cases.export"
    DECIDE = "decide"
    SIGN = "sign"
    EVALUATE = "evaluate"
    OBJECT = "object"
    QUEUE = "queue"
    OVERVIEW = "overview"
    USERS = "users"


_HANDLING = frozenset(
    {Permission.CASES_READ, Permission.CASES_ADD, Permission.CASES_EXPORT}
    | {Permission.DECIDE, Permission.SIGN}
)
GRANTED: dict[UserRole, frozenset[Permission]] = {
    UserRole.officer: _HANDLING | {Permission.OBJECT},
    UserRole.evaluator: _HANDLING | {Permission.EVALUATE},
    UserRole.quality: _HANDLING | {Permission.EVALUATE, Permission.QUEUE, Permission.OVERVIEW},
    UserRole.admin: frozenset({Permission.USERS}),
}
# An officer decides on his own case for himself (自查); who evaluates answers for others' cases.
RECUSED = frozenset({Permission.DECIDE, Permission.SIGN, Permission.EVALUATE})


class NotSignedIn(Exception):
    """There is no session, or it has run out."""


class NotAllowed(Exception):
    """This person's role has no part in this act; `str(error)` is shown to him."""


class NotFromOurPage(NotAllowed):
    """A change without the session's CSRF token."""


async def own_session(request: Request) -> SignedIn:
    """The session that the entrance has found. Raises NotSignedIn."""
    signed: SignedIn | None = request.state.signed
    if signed is None:
        raise NotSignedIn
    return signed


async def person(signed: Annotated[SignedIn, Depends(own_session)]) -> Person:
    """Who is asking. Raises NotSignedIn."""
    return signed.person


class Need:
    """The dependency that `need` makes; the start of the application looks for it."""

    def __init__(self, permissions: frozenset[Permission]) -> None:
        self.permissions = permissions

    async def __call__(self, request: Request) -> None:
        request.state.permissions = self.permissions
        if Permission.OPEN in self.permissions:
            return
        signed = await own_session(request)
        if request.method not in SAFE_METHODS:
            await _require_token(request, signed)
        if not self.permissions <= granted(signed.person.role):
            raise NotAllowed("您的角色不能进行这项操作。")
        if self.permissions & RECUSED and "case_id" in request.path_params:
            await run_in_threadpool(_refuse_own, request, signed.person)


def need(*permissions: Permission) -> Any:
    """For `dependencies=[…]` of a route: all of these permissions are asked for."""
    return Depends(Need(frozenset(permissions)))


def granted(role: UserRole) -> frozenset[Permission]:
    """What a role may do."""
    return GRANTED[role] | {Permission.OPEN, Permission.SIGNED_IN}


async def _require_token(request: Request, signed: SignedIn) -> None:
    given = request.headers.get(CSRF_HEADER)
    if given is None and "form" in request.headers.get("content-type", ""):
        field = (await request.form()).get(CSRF_FIELD)
        given = field if isinstance(field, str) else None
    if given is None or not signed.sent(given):
        raise NotFromOurPage("页面已过期，请返回原页面刷新后再试。")


def _refuse_own(request: Request, me: Person) -> None:
    if me.role in EVALUATING:
        with services(request).store.reading() as session:
            refuse_holder(session, str(request.path_params["case_id"]), me)


async def seen_case(
    request: Request,
    me: Annotated[Person, Depends(person)],
    case_id: Annotated[str, Path(pattern=CASE_ID, description="案件编号")],
) -> str:
    """The id of a case this person may see. Raises NoSuchCase."""
    await run_in_threadpool(require_sight, services(request).store, case_id, me)
    if request.method in SAFE_METHODS:
        taken = Permission.CASES_EXPORT in request.state.permissions
        name = request.url.path.rsplit("/", 1)[-1] if taken else None
        request.state.sight = Sight(me, case_id, name)
    return case_id


Kit = Annotated[Services, Depends(services)]
Session = Annotated[SignedIn, Depends(own_session)]
Me = Annotated[Person, Depends(person)]
CaseId = Annotated[str, Depends(seen_case)]


def declared_routes(app: FastAPI) -> Iterator[RouteContext]:
    """Every route there is, those of included routers too (`app.routes` does not list them)."""
    for route in iter_route_contexts(app.routes):
        if not isinstance(route.original_route, APIRoute):
            raise RuntimeError(f"{route.path} is no route that could declare a permission")
        yield route


def permissions_of(route: RouteContext) -> frozenset[Permission]:
    """What a route declares; none where it declares nothing."""
    found = [d.call.permissions for d in route.dependant.dependencies if isinstance(d.call, Need)]
    return frozenset().union(*found)


def require_declared(app: FastAPI) -> None:
    """Raises RuntimeError for a route without a permission, or with an unguarded case id."""
    for route in declared_routes(app):
        if not permissions_of(route):
            raise RuntimeError(f"{route.path} declares no permission (api.access.need)")
        calls = [d.call for d in _all(route.dependant)]
        if "{case_id}" in (route.path or "") and seen_case not in calls:
            raise RuntimeError(f"{route.path} takes a case id that is not a CaseId")


def _all(dependant: Dependant) -> Iterator[Dependant]:
    for inner in dependant.dependencies:
        yield inner
        yield from _all(inner)
