"""What the routes work with, and who is acting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote

from fastapi import Depends, Header, Path, Request

from api.jobs import Jobs
from assistant.review import check_actor
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


def actor(
    x_actor: Annotated[str, Header(description="操作人姓名，UTF-8 百分号编码")] = "",
) -> str:
    """The acting person's name; headers carry no Chinese, so it comes percent-encoded."""
    return check_actor(unquote(x_actor))


Kit = Annotated[Services, Depends(services)]
Actor = Annotated[str, Depends(actor)]
CaseId = Annotated[str, Path(pattern=r"^[a-z2-7]{8}$", description="案件编号")]
JobId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="检查任务编号")]
Number = Annotated[int, Path(ge=1, le=100_000, description="问题序号")]
