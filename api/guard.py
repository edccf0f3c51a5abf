"""What every request and response must keep to, before any route is asked.

- only hosts that are this machine or a name it is known by (a web page elsewhere may point
  its own name here),
- no changes asked for by pages of another site,
- no body over the limit, whatever its header says,
- no word of a document in an error log,
- headers that keep document text from ever running as code.
"""

from __future__ import annotations

import logging
import traceback
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.entrance import limited
from api.errors import DETAILS, answer, problem, refusal
from assistant.settings import is_loopback
from assistant.storage.uploads import MAX_UPLOAD_BYTES

log = logging.getLogger(__name__)
MAX_BODY_BYTES = 5 * MAX_UPLOAD_BYTES
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """ASGI middleware; refuses in problem+json."""

    def __init__(self, app: ASGIApp, names: frozenset[str] = frozenset()) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        started = False

        async def guarded_send(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        if not self._is_here(headers) or _is_cross_site(scope["method"], headers):
            await problem(403, DETAILS[403])(scope, receive, guarded_send)
            return
        if _length(headers.get("content-length")) > MAX_BODY_BYTES:
            await problem(413, DETAILS[413])(scope, receive, guarded_send)
            return
        try:
            await self.app(scope, limited(receive, MAX_BODY_BYTES, 413), guarded_send)
        except Exception as error:
            known = refusal(Request(scope), error)
            if known is not None and not started:
                await known(scope, receive, guarded_send)
                return
            # The message of an unknown error may quote a document: kind and place are logged.
            place = traceback.extract_tb(error.__traceback__)[-1]
            log.error("%s at %s:%s", type(error).__name__, place.filename, place.lineno)
            if not started:
                unknown = answer(Request(scope), 500, DETAILS[500])
                await unknown(scope, receive, guarded_send)

    def _is_here(self, headers: Headers) -> bool:
        host = _host(headers.get("host", ""))
        return is_loopback(host) or host in self.names


def _length(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() else 0


def _host(value: str) -> str:
    return (urlsplit(f"//{value}").hostname or "").lower()


def _is_cross_site(method: str, headers: Headers) -> bool:
    if method in SAFE_METHODS:
        return False
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
    return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
