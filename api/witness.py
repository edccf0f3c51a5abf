"""Who saw and who took away a case is on record before a word of it leaves the server."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.services import services
from assistant.accounts import Person, exported, saw
from assistant.storage import Store


@dataclass(frozen=True)
class Sight:
    """What a request asks to see: a case, or a file of it (`export`, its name) to take away."""

    person: Person
    case_id: str
    export: str | None = None


class Witness:
    """ASGI middleware; a route's `CaseId` leaves what is asked for in `request.state.sight`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)

        async def witnessed(message: Message) -> None:
            sight: Sight | None = getattr(request.state, "sight", None)
            if message["type"] == "http.response.start" and message["status"] == 200 and sight:
                await run_in_threadpool(_record, services(request).store, sight)
            await send(message)

        await self.app(scope, receive, witnessed)


def _record(store: Store, sight: Sight) -> None:
    if sight.export is None:
        saw(store, sight.person, sight.case_id)
    else:
        exported(store, sight.person, sight.case_id, sight.export)
