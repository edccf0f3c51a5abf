"""Signing in and out, and one's own account."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.access import Kit, Me, Permission, Session, need
from api.entrance import COOKIE
from api.pages.templates import page
from api.sessions import address_of, give_cookie
from assistant.accounts import (
    ROLE_TITLES,
    AccountError,
    BadAccount,
    SignInRefused,
    change_password,
    is_empty,
    open_session,
    prove,
    sign_in,
    sign_out,
)

router = APIRouter(include_in_schema=False)
Field = Annotated[str, Form(max_length=256)]


@router.get("/sign-in", dependencies=[need(Permission.OPEN)])
def ask(request: Request, kit: Kit, next: str = "/") -> Response:
    if request.state.signed is not None:
        return RedirectResponse(_inside(next), status_code=303)
    return _asked(request, kit, next)


@router.post("/sign-in", dependencies=[need(Permission.OPEN)])
def enter(
    request: Request, kit: Kit, name: Field = "", password: Field = "", next: Field = "/"
) -> Response:
    try:
        signed = sign_in(kit.store, name, password, address=address_of(request))
    except SignInRefused as error:
        return _asked(request, kit, next, name=name, refusal=str(error), status=401)
    response = RedirectResponse(_inside(next), status_code=303)
    give_cookie(response, signed, kit.settings)
    return response


@router.post("/sign-out", dependencies=[need(Permission.SIGNED_IN)])
def leave(kit: Kit, signed: Session) -> Response:
    sign_out(kit.store, signed)
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(COOKIE)
    return response


@router.get("/account", dependencies=[need(Permission.SIGNED_IN)])
def account(request: Request, me: Me, changed: bool = False) -> Response:
    return page(request, "account.html", role=ROLE_TITLES[me.role], changed=changed, refusal="")


@router.post("/account/password", dependencies=[need(Permission.SIGNED_IN)])
def password(
    request: Request, kit: Kit, me: Me, old: Field = "", new: Field = "", again: Field = ""
) -> Response:
    try:
        if new != again:
            raise BadAccount("两次输入的新密码不一致。")
        prove(kit.store, me.name, old, address=address_of(request))
        change_password(kit.store, me.name, new, by=me.name)
    except AccountError as error:
        refusal = "原密码不对。" if type(error) is SignInRefused else str(error)
        role = ROLE_TITLES[me.role]
        return page(request, "account.html", status=422, role=role, changed=False, refusal=refusal)
    response = RedirectResponse("/account?changed=true", status_code=303)
    # All sessions ended with the old password; this browser goes on with a new one.
    give_cookie(response, open_session(kit.store, me), kit.settings)
    return response


def _asked(
    request: Request, kit: Kit, next: str, *, name: str = "", refusal: str = "", status: int = 200
) -> Response:
    return page(
        request,
        "sign_in.html",
        status=status,
        next=_inside(next),
        name=name,
        refusal=refusal,
        nobody=is_empty(kit.store),
    )


def _inside(where: str) -> str:
    """A path of this server, whatever an address asked for."""
    parts = urlsplit(where)
    own = where.startswith("/") and not where.startswith("//") and "\\" not in where
    return where if own and not parts.netloc and where.isprintable() else "/"
