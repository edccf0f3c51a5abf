"""Whose session it is, asked before a body is read: a stranger sends no more than a sign-in."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.services import services
from assistant.accounts import SignedIn, find

COOKIE = "session"
STRANGERS_BODY_BYTES = 64 * 2**10


class Entrance:
    """ASGI middleware; the session stands in `request.state.signed`, None for a stranger."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            request.state.signed = await _session(request)
            if request.state.signed is None:
                receive = limited(receive, STRANGERS_BODY_BYTES, 401)
        await self.app(scope, receive, send)


async def _session(request: Request) -> SignedIn | None:
    token = request.cookies.get(COOKIE)
    if not token or request.url.path.startswith("/static/"):
        return None
    kit = services(request)
    return await run_in_threadpool(find, kit.store, kit.settings, token)


def limited(receive: Receive, most: int, status: int) -> Receive:
    """The same body, refused with `status` where it grows beyond `most` bytes."""
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > most:
            # The one kind of error that a framework reading a body lets through.
            raise HTTPException(status)
        return message

    return counted
