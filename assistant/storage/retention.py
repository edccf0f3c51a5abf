"""What has been kept long enough, and deleting it: by the office's own periods only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from assistant.settings import Settings, SettingsError
from assistant.storage import originals
from assistant.storage.erasing import erase
from assistant.storage.schema import AnalysisRow, AuditRow, CaseRow, SignatureRow, SignedCopyRow
from assistant.storage.store import Store
from assistant.storage.trouble import told
from knowledge_base import retention
from knowledge_base.loader import TableError
from knowledge_base.retention import Kind, Period

LOOKING = ("case.viewed", "case.exported")
"""Acts that change nothing: they do not make a period begin anew."""
SETTLED_AFTER = timedelta(days=1)
"""An original that no result names may belong to an upload under way until it is so old."""


@dataclass(frozen=True)
class Expired:
    """A case whose period has run out: kept since `since`, to be kept until `until`."""

    case_id: str
    title: str
    period: Period
    since: date
    until: date


@dataclass(frozen=True)
class Cleared:
    """What was deleted: cases, and originals that no case names any more."""

    cases: list[Expired]
    originals: int


def periods(settings: Settings) -> dict[Kind, Period]:
    """Raises SettingsError where the office's file cannot be used."""
    try:
        return retention.read(settings.retention)
    except TableError as error:
        raise SettingsError(str(error)) from error


def expired(store: Store, settings: Settings, today: date) -> list[Expired]:
    """The cases whose period has run out by `today`, the oldest first."""
    with store.reading() as session:
        return sorted(_expired(session, periods(settings), today), key=lambda e: e.until)


def clear(store: Store, settings: Settings, *, actor: str, today: date) -> Cleared:
    """Delete what has run out by a verified period; the audit events stay and tell of it.

    Each case is one transaction, that asks again before it deletes.
    """
    held = {kind: period for kind, period in periods(settings).items() if period.verified}
    done = []
    for found in expired(store, settings, today):
        with store.writing() as session:
            again = {e.case_id: e for e in _expired(session, held, today, found.case_id)}
            if found.case_id in again:
                _delete(session, again[found.case_id], actor)
                done.append(found)
    return Cleared(done, _drop_unnamed(store, settings))


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), first_of_next - timedelta(1))


def _expired(
    session: Session, held: dict[Kind, Period], today: date, case_id: str | None = None
) -> Iterator[Expired]:
    given = union_all(
        select(SignatureRow.analysis_id, SignatureRow.at),
        select(SignedCopyRow.analysis_id, SignedCopyRow.at),
    ).subquery()
    signed = (
        select(AnalysisRow.case_id, func.max(given.c.at).label("at"))
        .join(given, given.c.analysis_id == AnalysisRow.id)
        .group_by(AnalysisRow.case_id)
        .subquery()
    )
    changed = (
        select(AuditRow.case_id, func.max(AuditRow.at).label("at"))
        .where(AuditRow.action.not_in(LOOKING))
        .group_by(AuditRow.case_id)
        .subquery()
    )
    query = (
        select(CaseRow.id, CaseRow.title, CaseRow.created_at, changed.c.at, signed.c.at)
        .outerjoin(changed, changed.c.case_id == CaseRow.id)
        .outerjoin(signed, signed.c.case_id == CaseRow.id)
    )
    if case_id is not None:
        query = query.where(CaseRow.id == case_id)
    for found_id, title, created, change, signature in session.execute(query):
        period = held.get("signed" if signature else "unsigned")
        if period is None:
            continue
        since = _local_day(max(change or created, signature or ""))
        until = add_months(since, period.months)
        if until < today:
            yield Expired(found_id, title, period, since, until)


def _local_day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone().date()


def _delete(session: Session, found: Expired, actor: str) -> None:
    query = select(AnalysisRow.result, AnalysisRow.result_sha256).where(
        AnalysisRow.case_id == found.case_id
    )
    versions = session.execute(query.order_by(AnalysisRow.version)).all()
    files = {d["sha256"] for result, _ in versions for d in result["documents"]}
    erase(
        session,
        found.case_id,
        actor=actor,
        reason=f"{found.period.name}保存期满（{found.period.months}个月，{found.period.source}）",
        after={
            "since": found.since.isoformat(),
            "until": found.until.isoformat(),
            "results": [sha256 for _, sha256 in versions],
            "files": sorted(files),
        },
    )


def _drop_unnamed(store: Store, settings: Settings) -> int:
    """Remove the originals that no stored result names; returns how many."""
    named = named_files(store)
    before = (datetime.now(UTC) - SETTLED_AFTER).timestamp()
    gone = [
        path
        for path in originals.every(settings)
        if _sha256(path) not in named and path.stat().st_mtime < before
    ]
    with told():
        for path in gone:
            path.unlink(missing_ok=True)
    return len(gone)


def named_files(store: Store) -> set[str]:
    """SHA-256 of every file that a stored result was made from."""
    with store.reading() as session:
        query = select(AnalysisRow.result).execution_options(yield_per=100)
        return {
            document["sha256"]
            for result in session.scalars(query)
            for document in result["documents"]
        }


def _sha256(path: Path) -> str:
    return path.name.split(".", 1)[0]
