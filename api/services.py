"""What the routes work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Request

from assistant.jobs import Jobs, inside
from assistant.readings import Readings
from assistant.settings import Settings
from assistant.storage import Store


@dataclass
class Services:
    """One set for the process; `own_worker`: jobs are done in this process, not by others."""

    settings: Settings
    store: Store
    jobs: Jobs
    readings: Readings
    own_worker: bool

    def work(self) -> None:
        """Somebody does the jobs from now on."""
        if self.own_worker:
            inside.ensure(self.settings, self.store)

    def close(self) -> None:
        inside.release(self.store)
        self.jobs.close()
        self.store.close()


def services(request: Request) -> Services:
    found = request.app.state.services
    assert isinstance(found, Services)
    return found


Kit = Annotated[Services, Depends(services)]
BatchId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="批次编号")]
JobId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="检查任务编号")]
Number = Annotated[int, Path(ge=1, le=100_000, description="问题序号")]
