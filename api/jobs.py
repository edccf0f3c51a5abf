"""Analyses under way: rule findings at once, the model's as they come, then a stored case.

An analysis runs in a thread of its own. Whoever asked waits for the rules only; while the
model works, the job tells what is known so far. Jobs live as long as the process: what is
lasting is the case.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from assistant.accounts import Person, save_held
from assistant.cards import read_card
from assistant.model import ModelUnavailable
from assistant.settings import Settings
from assistant.storage import Store, uploads
from ingestion.errors import InputError
from ingestion.model import Role

CARD: Role = "card"
MOST_KEPT = 50
Files = Mapping[Role, tuple[str, BinaryIO]]


class Job:
    """One analysis. `result` is what is known so far; `case_id` is set when it is stored.

    `error` says why there is no case; `notice` why the stored one is by rules alone, though
    the model was asked for.
    """

    def __init__(self, person: Person) -> None:
        self.person = person
        self.id = secrets.token_hex(8)
        self.step = "读取文书"
        self.result: dict[str, Any] | None = None
        self.error: Exception | None = None
        self.notice = ""
        self.case_id: str | None = None
        self.ruled = threading.Event()
        self.ended = threading.Event()

    def wait(self) -> str:
        """The id of the stored case. Raises what stopped the analysis."""
        self.ended.wait()
        if self.error is not None:
            raise self.error
        assert self.case_id is not None
        return self.case_id


@dataclass(frozen=True)
class _Input:
    """What one analysis is made of; `folder` holds the staged files until it ends."""

    folder: ExitStack
    staged: Mapping[Role, Path]
    card: dict[str, Any] | None
    model: bool
    person: Person


class Jobs:
    """The analyses of one process. By rules one at a time, as each uses all cores; the model
    is asked for one case at a time, and keeps nobody's rules waiting."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._reading = threading.Lock()
        self._asking = threading.Lock()
        self._kept: dict[str, Job] = {}

    def find(self, job_id: str, person: Person) -> Job | None:
        """The person's own job of this id."""
        job = self._kept.get(job_id)
        return job if job is not None and job.person.id == person.id else None

    def start(self, files: Files, *, model: bool, person: Person) -> Job:
        """Stage the files given by role as (name, stream), and analyse them.

        Returns when the rules have spoken. Raises InputError and UploadTooLarge where the
        input is refused; nothing is kept then.
        """
        given = self._staged(files, model, person)
        job = Job(person)
        for old in list(self._kept)[: 1 - MOST_KEPT]:
            del self._kept[old]
        self._kept[job.id] = job
        threading.Thread(target=self._work, args=(job, given), daemon=True).start()
        job.ruled.wait()
        if job.error is not None:
            raise job.error
        return job

    def _staged(self, files: Files, model: bool, person: Person) -> _Input:
        with ExitStack() as opened:
            folder = opened.enter_context(uploads.staging(self._settings))
            staged: dict[Role, Path] = {
                role: uploads.stage(folder / role, name, stream)
                for role, (name, stream) in files.items()
            }
            card_path = staged.pop(CARD, None)
            card = read_card(card_path) if card_path else None
            if not staged:
                raise InputError("请至少上传一份文书。")
            return _Input(opened.pop_all(), staged, card, model, person)

    def _work(self, job: Job, given: _Input) -> None:
        try:
            with given.folder:
                result = self._analyse(job, given)
                case_id = save_held(self._store, result, given.person)
                for path in given.staged.values():
                    uploads.keep(self._settings, path)
                job.case_id = case_id
        # Whatever went wrong is told to the one who asked, in the thread that asks.
        except Exception as error:
            job.error = error
        finally:
            job.ended.set()
            job.ruled.set()

    def _analyse(self, job: Job, given: _Input) -> dict[str, Any]:
        # The analysis brings OCR libraries along: not before it is needed.
        from assistant.analysis import analyse

        def progress(what: str, done: int, total: int) -> None:
            job.step = f"{what}（{done}/{total}）" if total else what

        with ExitStack() as turn:
            turn.enter_context(self._reading)

            def show(result: dict[str, Any]) -> None:
                first, job.result = job.result is None, result
                if first and given.model:
                    turn.close()
                    job.step = "等待本地模型"
                    job.ruled.set()
                    turn.enter_context(self._asking)

            try:
                return analyse(
                    given.staged,
                    card=given.card,
                    model=given.model,
                    settings=self._settings,
                    progress=progress,
                    show=show,
                )
            except ModelUnavailable as error:
                if job.result is None:
                    raise
                job.notice = str(error)
                return job.result
