"""The files of one case as a form sends them: by kind, or all together."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, File, Form, UploadFile

from api.access import CASE_ID, Kit
from assistant.accounts import Person, require_sight
from assistant.jobs import Job, Upload
from ingestion.model import Role

One = Annotated[UploadFile | None, File()]
Many = Annotated[list[UploadFile], File(description="由程序按内容识别种类的文书")]


def handed(
    opinion: One = None,
    indictment: One = None,
    recommendation: One = None,
    judgment: One = None,
    card: One = None,
    files: Many = [],  # noqa: B006  (FastAPI copies it)
) -> list[Upload]:
    """The files that were chosen: a form sends an empty, nameless one for the others."""
    by_kind: list[tuple[Role | None, UploadFile | None]] = [
        ("opinion", opinion),
        ("indictment", indictment),
        ("recommendation", recommendation),
        ("judgment", judgment),
        ("card", card),
    ]
    every = by_kind + [(None, file) for file in files]
    return [
        Upload(file.filename, file.file, role)
        for role, file in every
        if file is not None and file.filename
    ]


Handed = Annotated[list[Upload], Depends(handed)]
Follows = Annotated[str | None, Form(pattern=rf"{CASE_ID}|^$", description="改稿所接续的案件编号")]


def hand_in(kit: Kit, me: Person, given: list[Upload], *, model: bool, follows: str | None) -> Job:
    """Accept the files as a job of this person.

    Raises NoSuchCase for a case to go on from that he may not see, and as `Jobs.submit`.
    """
    if follows:
        require_sight(kit.store, follows, me)
    job = kit.jobs.submit(given, model=model, by=me, follows=follows or None)
    kit.work()
    return job
