"""Batches: many cases handed in at once, each a job of its own (每案必检)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile

from api.access import Kit, Me, Permission, need
from api.jobs import OwnBatch
from api.schemas import BatchOut
from assistant.accounts import Person
from assistant.jobs import Batch, Upload
from assistant.jobs.parcels import parted

router = APIRouter(prefix="/batches", tags=["jobs"])
Files = Annotated[
    list[UploadFile], File(description="文书、文件夹中的文件（文件名带路径）或者 ZIP 压缩包")
]


def hand_in_many(kit: Kit, me: Person, files: list[UploadFile], *, model: bool) -> Batch:
    """Accept the files as a batch of this person. Raises as `parted` and `Jobs.submit_batch`."""
    given = [Upload(file.filename, file.file) for file in files if file.filename]
    with parted(given) as cases:
        title = f"{cases[0][0]} 等 {len(cases)} 件" if len(cases) > 1 else "批量检查"
        batch = kit.jobs.submit_batch(title, cases, model=model, by=me)
    kit.work()
    return batch


@router.post("", status_code=201, dependencies=[need(Permission.CASES_ADD)])
def add_batch(kit: Kit, me: Me, files: Files, model: Annotated[bool, Form()] = False) -> BatchOut:
    """批量检查：每个子文件夹一件，单独的文件每份一件；立即返回，检查在后台逐件进行。"""
    return BatchOut.of(hand_in_many(kit, me, files, model=model))


@router.get("/{batch_id}", dependencies=[need(Permission.CASES_READ)])
def get_batch(batch: OwnBatch) -> BatchOut:
    """批次中每一件的进度和结果。"""
    return BatchOut.of(batch)
