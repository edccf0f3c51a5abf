"""Signing in and out, for programs; the pages' own way is `api.pages.sign_in`."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.access import Kit, Permission, Session, need
from api.entrance import COOKIE
from api.schemas import SessionOut, SignInRequest
from assistant.accounts import SignedIn, sign_in, sign_out
from assistant.settings import Settings

router = APIRouter(prefix="/session", tags=["session"])


def address_of(request: Request) -> str:
    """Where the request comes from, as the server sees it."""
    return request.client.host if request.client else ""


def give_cookie(response: Response, signed: SignedIn, settings: Settings) -> None:
    """The browser keeps the token until it is closed; the server ends the session."""
    response.set_cookie(
        COOKIE, signed.token, httponly=True, samesite="strict", secure=settings.server_tls
    )


@router.post("", status_code=201, dependencies=[need(Permission.OPEN)])
def begin(request: Request, response: Response, kit: Kit, body: SignInRequest) -> SessionOut:
    """登录；此后的改动请求都要带 X-CSRF-Token。"""
    signed = sign_in(kit.store, body.name, body.password, address=address_of(request))
    give_cookie(response, signed, kit.settings)
    return SessionOut.of(signed)


@router.get("", dependencies=[need(Permission.SIGNED_IN)])
def current(signed: Session) -> SessionOut:
    """当前登录的人。"""
    return SessionOut.of(signed)


@router.delete("", status_code=204, dependencies=[need(Permission.SIGNED_IN)])
def end(response: Response, kit: Kit, signed: Session) -> None:
    """退出登录。"""
    sign_out(kit.store, signed)
    response.delete_cookie(COOKIE)
