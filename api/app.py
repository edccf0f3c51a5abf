"""The application: its store, its routes, and what guards them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api import cases, findings, health, reports, sessions
from api.access import require_declared
from api.errors import install_handlers
from api.guard import Guard
from api.jobs import Jobs
from api.pages import assets, sign_in
from api.pages import routes as pages
from api.services import Services
from assistant.settings import Settings
from assistant.storage import open_store
from assistant.versions import versions

PREFIX = "/api/v1"


def create_app(settings: Settings) -> FastAPI:
    """The application over the store of `settings`. Raises StoreError."""
    store = open_store(settings)
    services = Services(settings=settings, store=store, jobs=Jobs(settings, store))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        services.store.close()

    app = FastAPI(
        title="刑事案件文书检查与评查助手",
        version=versions()["program"] or "",
        lifespan=lifespan,
        # The usual documentation pages load scripts from the internet.
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.services = services
    for module in (health, sessions, cases, findings, reports):
        app.include_router(module.router, prefix=PREFIX)
    for pages_of in (assets, sign_in, pages):
        app.include_router(pages_of.router)
    require_declared(app)
    install_handlers(app)
    app.add_middleware(Guard)
    return app
