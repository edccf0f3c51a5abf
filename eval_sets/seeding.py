"""A workspace with something on every page: cases of an officer, one of them to be evaluated."""

from __future__ import annotations

import time
from collections.abc import Mapping

from assistant.accounts import assign, person_named
from assistant.settings import Settings
from assistant.storage import open_store
from eval_sets.visitor import Files, NotFinished, Visitor
from eval_sets.workspace import Account, Workspace

BATCH_SECONDS = 120


def seeded(
    workspace: Workspace,
    accounts: Mapping[str, Account],
    case: Files,
    batch: list[tuple[str, bytes]],
) -> dict[str, str]:
    """The values of the pages' parameters. Raises NotFinished.

    `case`: the files of the officer's case, which the evaluator is assigned to; the job that is
    shown is the last of the `batch`.
    """
    with Visitor(workspace.url, accounts["officer"]) as officer:
        officer.sign_in()
        case_id = officer.case_of(officer.upload(case), BATCH_SECONDS)
        answered = officer.send("/batches", {}, [("files", one) for one in batch])
        batch_id = answered.headers["location"].rsplit("/", 1)[-1]
        job_id = _ended(officer, batch_id)
    with open_store(Settings(home=workspace.home)) as store:
        evaluator = person_named(store, accounts["evaluator"].name)
        with store.writing() as session:
            assign(session, case_id, evaluator, by=accounts["quality"].name)
    return {
        "case_id": case_id,
        "batch_id": batch_id,
        "job_id": job_id,
        "code": "LAW-004",
        "role": "indictment",
        "number": "1",
    }


def _ended(officer: Visitor, batch_id: str) -> str:
    """The id of the batch's last job, when all have ended."""
    deadline = time.monotonic() + BATCH_SECONDS
    while time.monotonic() < deadline:
        told = officer.page(f"/api/v1/batches/{batch_id}", name="batch").json()
        if told["ended"]:
            return str(told["jobs"][-1]["id"])
        time.sleep(0.5)
    raise NotFinished(batch_id)
