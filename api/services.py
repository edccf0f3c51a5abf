"""What the routes work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Request

from api.jobs import Jobs
from assistant.settings import Settings
from assistant.storage import Store


@dataclass
class Services:
    """One set for the process."""

    settings: Settings
    store: Store
    jobs: Jobs


def services(request: Request) -> Services:
    found = request.app.state.services
    assert isinstance(found, Services)
    return found


Kit = Annotated[Services, Depends(services)]
JobId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="检查任务编号")]
Number = Annotated[int, Path(ge=1, le=100_000, description="问题序号")]
