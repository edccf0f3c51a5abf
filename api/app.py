"""The application: its store, its routes, and what guards them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api import batches as batch_routes
from api import cases, findings, health, jobs, overview, quality, reports, sessions, words
from api.access import require_declared
from api.description import describe
from api.entrance import Entrance
from api.errors import install_handlers
from api.guard import Guard
from api.pages import (
    assets,
    batches,
    overview_pages,
    people_pages,
    quality_case_pages,
    quality_pages,
    rectification_pages,
    sign_in,
)
from api.pages import jobs as job_pages
from api.pages import routes as pages
from api.services import Services
from api.witness import Witness
from assistant.jobs import Jobs
from assistant.readings import Readings
from assistant.settings import Settings
from assistant.storage import open_store
from assistant.versions import versions

PREFIX = "/api/v1"


def create_app(settings: Settings, *, own_worker: bool = True) -> FastAPI:
    """The application over the store of `settings`; its jobs are done in this process, or by
    workers of their own. Raises StoreError.
    """
    store = open_store(settings)
    services = Services(
        settings, store, Jobs(settings, store), Readings(settings, store), own_worker
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if services.jobs.unfinished():
            services.work()
        yield
        services.close()

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
    areas = (cases, words, jobs, batch_routes, findings, reports, quality, overview)
    for module in (health, sessions, *areas):
        app.include_router(module.router, prefix=PREFIX)
    team = (quality_pages, quality_case_pages, rectification_pages, overview_pages)
    for pages_of in (assets, sign_in, people_pages, job_pages, batches, pages, *team):
        app.include_router(pages_of.router)
    require_declared(app)
    describe(app)
    install_handlers(app)
    app.add_middleware(Witness)
    app.add_middleware(Entrance)
    app.add_middleware(Guard, names=settings.server_names)
    return app
