"""What the steps of a job do. Each can be done twice, and the second time does no harm.

What a step made is kept in the job's folder under the stamp of what it was made from (files,
program, rules, prompts): a step that is repeated finds it, and one after an upgrade makes it
anew. A step that ends the job says so by OVER and never raises, but for a database or disk in
trouble: that is tried again.
"""

from __future__ import annotations

import json
import logging
import shutil
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from assistant.accounts import bring, person_by_id
from assistant.files import to_json, write_atomic
from assistant.jobs import book, staging
from assistant.jobs.errors import JobOver
from assistant.jobs.records import UNFINISHED
from assistant.jobs.schema import JobResultRow, JobRow
from assistant.settings import Settings
from assistant.storage import BadResult, Store, StoreError, readings, uploads
from assistant.storage.redraft import link
from assistant.storage.trouble import disk_trouble
from assistant.versions import stamp
from ingestion.errors import InputError, TooLarge

log = logging.getLogger(__name__)
ON, ASK, OVER = "on", "ask", "over"
BROKEN = "程序内部出错，检查没有完成；可以重试，再次失败请把时间告诉管理员。"


class Work:
    """The steps over one store; a worker has one."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store

    def read(self, job_id: str) -> str:
        """Read and recognise the files. ON or OVER."""
        return self._step(job_id, self._read)

    def rules(self, job_id: str) -> str:
        """What needs no model; from now on the job has a result. ON, ASK (the model) or OVER."""
        return self._step(job_id, self._rules)

    def model(self, job_id: str) -> str:
        """The model's share; where there is no model the result of the rules stands. ON or OVER."""
        return self._step(job_id, self._model)

    def save(self, job_id: str) -> str:
        """Store the case and end the job, in one transaction. OVER."""
        return self._step(job_id, self._save)

    # ------------------------------------------------------------------ around each step

    def _step(self, job_id: str, act: Callable[[JobRow], str]) -> str:
        try:
            with self._store.reading() as session:
                row = book.working(session, job_id)
            return act(row)
        except JobOver:
            self._cancelled(job_id)
        except InputError as error:
            kind = "too_large" if isinstance(error, TooLarge) else ""
            self._end(job_id, "refused", str(error), kind)
            staging.discard(self._settings, job_id)
        except BadResult:
            log.error("a result that does not follow the contract")
            self._end(job_id, "failed", BROKEN)
        except StoreError:
            raise
        except Exception as error:
            trouble = disk_trouble(error) if isinstance(error, OSError) else None
            if trouble is not None:
                raise trouble from error
            # The message of an unknown error may quote a document: kind and place are logged.
            place = traceback.extract_tb(error.__traceback__)[-1]
            log.error("%s at %s:%s", type(error).__name__, place.filename, place.lineno)
            self._end(job_id, "failed", BROKEN)
        return OVER

    def _cancelled(self, job_id: str) -> None:
        with self._store.writing() as session:
            row = book.job_row(session, job_id)
            if row.cancel_asked:
                book.end(session, row, "cancelled", message="已按要求取消。")

    def _end(self, job_id: str, state: Any, message: str, kind: str = "") -> None:
        with self._store.writing() as session:
            row = book.job_row(session, job_id)
            if row.state in UNFINISHED:
                book.end(session, row, state, message=message, kind=kind)

    def _note(self, job_id: str, text: str) -> None:
        """Tell where the job is. Raises JobOver where nobody waits for it any more."""
        with self._store.writing() as session:
            book.note(session, book.working(session, job_id), text)

    def _progress(self, job_id: str) -> Callable[[str, int, int], None]:
        def progress(what: str, done: int, total: int) -> None:
            self._note(job_id, f"{what}（{done}/{total}）" if total else what)

        return progress

    def _show(self, job_id: str, result: dict[str, Any]) -> None:
        with self._store.writing() as session:
            book.found(session, book.working(session, job_id), result)

    # ------------------------------------------------------------------ the steps

    def _read(self, row: JobRow) -> str:
        self._note(row.id, "读取文书")
        self._case(row)
        return ON

    def _rules(self, row: JobRow) -> str:
        from assistant.analysis import conclude

        case = self._case(row)
        judged = self._judged(row, case)
        result = conclude(case, judged, model=False, settings=self._settings)
        self._show(row.id, result)
        if not row.options.get("model"):
            return ON
        self._note(row.id, "等待本地模型")
        return ASK

    def _model(self, row: JobRow) -> str:
        from assistant.analysis import conclude
        from assistant.model import ModelUnavailable

        case = self._case(row)
        judged = self._judged(row, case)
        try:
            result = conclude(
                case,
                judged,
                model=True,
                settings=self._settings,
                progress=self._progress(row.id),
                show=lambda result: self._show(row.id, result),
            )
        except ModelUnavailable as error:
            with self._store.writing() as session:
                book.working(session, row.id).message = str(error)
        else:
            self._show(row.id, result)
        return ON

    def _save(self, row: JobRow) -> str:
        self._note(row.id, "存为案件")
        with self._store.reading() as session:
            held = session.get(JobResultRow, row.id)
            if held is None:
                raise JobOver(row.id)
            result = held.result
        for _, path in self._files(row):
            if not _is_card(path):
                # A copy, as keeping takes the file away and a job that fails here is tried again.
                copy = self._folder(row) / path.name
                shutil.copyfile(path, copy)
                uploads.keep(self._settings, copy)

        person = person_by_id(self._store, row.person_id) if row.person_id else None
        documents = self._documents(row)["documents"]
        signed = {s["name"] for d in documents.values() for s in d["signatories"] if s["name"]}
        read = readings.packed(self._settings, documents)

        def done(session: Session, case_id: str) -> None:
            mine = book.working(session, row.id)
            if person is not None:
                bring(session, case_id, person, signed, by=mine.actor)
            if follows := mine.options.get("follows"):
                link(session, case_id, follows, actor=mine.actor)
            readings.put(session, case_id, read)
            book.end(
                session,
                mine,
                "done",
                message=mine.message,
                case_id=case_id,
                severities=book.counts(result),
            )

        office = person.unit if person else ""
        self._store.save_analysis(result, actor=row.actor, office=office, also=done)
        staging.discard(self._settings, row.id)
        return OVER

    # ------------------------------------------------------------------ what steps share

    def _files(self, row: JobRow) -> list[tuple[Any, Path]]:
        return staging.paths(self._settings, row.id, row.files)

    def _folder(self, row: JobRow) -> Path:
        return staging.folder_of(self._settings, row.id) / staging.WORK

    def _documents(self, row: JobRow) -> dict[str, Any]:
        """The documents by role and the case card, as JSON."""
        from assistant.intake import read_files

        def make() -> dict[str, Any]:
            case = read_files(self._files(row), self._progress(row.id))
            documents = {r: d.model_dump(mode="json") for r, d in case.documents.items()}
            return {"documents": documents, "card": case.card}

        return self._once(row, "read", make)

    def _case(self, row: JobRow) -> Any:
        from assistant.casefile import CaseFile
        from ingestion.model import CaseDocument

        kept = self._documents(row)
        documents = {r: CaseDocument.model_validate(d) for r, d in kept["documents"].items()}
        return CaseFile(documents=documents, card=kept["card"])

    def _judged(self, row: JobRow, case: Any) -> Any:
        from assistant.analysis import Judged, judge

        def make() -> dict[str, Any]:
            judged = judge(case, settings=self._settings, progress=self._progress(row.id))
            return judged.model_dump(mode="json")

        return Judged.model_validate(self._once(row, "judged", make))

    def _once(self, row: JobRow, step: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What `make` gives, made at most once for the same files, program and rules."""
        mark = stamp([path for _, path in self._files(row)])
        path = self._folder(row) / f"{step}-{mark[:32]}.json"
        try:
            return dict(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            made = make()
        write_atomic(path, to_json(made).encode())
        return made


def _is_card(path: Path) -> bool:
    from assistant.cards import SUFFIXES

    return path.suffix.lower() in SUFFIXES
