"""The store: results in, cases and findings out. Decisions are made in `assistant.review`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from assistant.settings import Settings
from assistant.storage import rows, saving
from assistant.storage.anchor import Anchor
from assistant.storage.chain import Head, head
from assistant.storage.engine import open_engine, writing
from assistant.storage.migrate import upgrade
from assistant.storage.records import CaseRecord, Change, Stage, StoredFinding
from assistant.storage.schema import AuditRow, CaseRow
from assistant.storage.validation import check_result

ANCHOR_FILE = "audit.anchor"


class Store:
    """Cases with all versions of their results. Use `open_store`; safe to share by threads."""

    def __init__(self, engine: Engine, anchor: Anchor) -> None:
        self._engine = engine
        self._writing = writing(engine)
        self.anchor = anchor

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------------ transactions

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view of the database."""
        with Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that holds the write lock: all of it happens, or nothing.

        Heads of the audit chain go to the anchor before and after the commit.
        Raises DatabaseBusy where another process does not let go of the lock, and what
        `storage.trouble` says of disk and database.
        """
        with Session(self._writing) as session:
            before = head(session)
            yield session
            after = head(session)
            if after != before:
                self.anchor.write("prepare", before, after)
            session.commit()
        if after != before:
            self.anchor.write("commit", before, after)

    @contextmanager
    def restoring(self) -> Iterator[Connection]:
        """One transaction for a backup that brings its own chain and anchor."""
        with self._writing.begin() as connection:
            yield connection

    # ------------------------------------------------------------------ writing

    def save_analysis(
        self,
        result: dict[str, Any],
        *,
        actor: str,
        office: str = "",
        also: Callable[[Session, str], None] | None = None,
    ) -> str:
        """Store a result of contract `findings/1`; returns the id of its case.

        Documents already known to this office (same roles, same SHA-256) give a new version
        of the same case, in which decisions on unchanged findings are kept; a result that says
        the same as the newest version gives none. `also` is done with the case id in the same
        transaction. Raises BadResult.
        """
        check_result(result)
        with self.writing() as session:
            case_id = saving.save(session, result, actor, office)
            if also is not None:
                also(session, case_id)
            return case_id

    # ------------------------------------------------------------------ reading

    def cases(self) -> list[CaseRecord]:
        """All cases, the newest first."""
        with self.reading() as session:
            found = session.scalars(
                select(CaseRow).order_by(CaseRow.created_at.desc(), CaseRow.id)
            ).all()
            return [rows.case_record(session, row) for row in found]

    def case(self, case_id: str) -> CaseRecord:
        """Raises NoSuchCase."""
        with self.reading() as session:
            return rows.case_record(session, rows.case_row(session, case_id))

    def findings(self, case_id: str) -> list[StoredFinding]:
        """The findings of the newest version, by number. Raises NoSuchCase."""
        with self.reading() as session:
            return rows.stored_findings(session, rows.newest(session, case_id))

    def finding(self, case_id: str, number: int) -> StoredFinding:
        """Raises NoSuchCase, NoSuchFinding."""
        with self.reading() as session:
            analysis = rows.newest(session, case_id)
            rows.finding_row(session, analysis, number)
            return rows.stored_findings(session, analysis)[number - 1]

    def result(self, case_id: str) -> dict[str, Any]:
        """The newest result with the statuses and wordings as they are now.

        Contract `findings/1`, and beside it: each finding's `number`, `decision` and
        `original` (values before a person's edit), `review` (case id, version), `signature`
        and `audit` (head of the chain). Raises NoSuchCase.
        """
        with self.reading() as session:
            return rows.current_result(session, rows.newest(session, case_id))

    def signed(self, case_id: str, stage: Stage) -> dict[str, Any] | None:
        """The newest result as it was signed at this stage; None where nobody has.

        Raises NoSuchCase.
        """
        with self.reading() as session:
            return rows.signed_result(session, rows.newest(session, case_id), stage)

    def history(self, case_id: str, number: int | None = None) -> list[Change]:
        """All events of a case, or of one finding of its newest version, oldest first."""
        with self.reading() as session:
            analysis = rows.newest(session, case_id)
            query = select(AuditRow).where(AuditRow.case_id == case_id).order_by(AuditRow.seq)
            if number is not None:
                row = rows.finding_row(session, analysis, number)
                query = query.where(AuditRow.finding_id == row.id)
            return [rows.change_record(row) for row in session.scalars(query)]

    def audit_head(self) -> Head:
        with self.reading() as session:
            return head(session)


def open_store(settings: Settings) -> Store:
    """The store of `settings.database`, brought to the newest schema.

    Raises UnsupportedDatabase, and what `storage.trouble` says of disk and database.
    """
    engine = open_engine(settings.database)
    upgrade(engine)
    return Store(engine, Anchor(settings.home / ANCHOR_FILE))
